import { describe, expect, test } from 'vitest';
import { Refused } from '../../connectors/errors.ts';
import { organisation } from '../test/build.ts';
import { testDesk } from '../test/desk.ts';
import { testHub } from '../test/hub.ts';
import { person, told } from '../test/people.ts';
import { event, push, testPlatform, words } from '../test/platform.ts';

async function house() {
  const platform = testPlatform();
  const desk = await testDesk();
  const app = await platform.app(desk.org);
  const admin = await person(desk, desk.org, 'admin');
  const begin = async (body: object = {}) => (await told(admin.ask('POST', `/apps/${app.id}/authorise`, body))).body;
  const comeBack = async (state: string, cookie?: string, query = 'code=1') =>
    await desk.app.request(`/connect/${state}?${query}`, { headers: cookie ? { cookie } : {} });
  const channels = async () =>
    await desk.org
      .select('channels')
      .selectAll()
      .where('connector', '=', 'testing')
      .where('deleted_at', 'is', null)
      .execute();
  return { ...desk, platform, appRow: app, admin, begin, comeBack, channels };
}

describe('a consent', () => {
  test('makes a channel, once, for the admin who began it', async () => {
    const run = await house();
    const { state, url } = await run.begin();
    expect(url).toContain(state);
    expect((await told(run.admin.ask('GET', `/authorisations/${state}`))).body.status).toBe('waiting');
    const back = await run.comeBack(state, run.admin.cookie);
    const [channel] = await run.channels();
    expect([back.status, back.headers.get('location')]).toEqual([
      303,
      `${run.hub.publicUrl}/settings/channels/${channel!.id}?connected=1`,
    ]);
    expect(channel).toMatchObject({ account: 'acc-1', app_id: run.appRow.id, health: 'ok', name: 'One' });
    expect((await told(run.admin.ask('GET', `/authorisations/${state}`))).body).toMatchObject({
      status: 'done',
      channelIds: [channel!.id],
    });
    await run.comeBack(state, run.admin.cookie);
    // The same account again renews it; two at once make one.
    const again = await run.begin();
    await Promise.all([run.comeBack(again.state, run.admin.cookie), run.comeBack(again.state, run.admin.cookie)]);
    expect(await run.channels()).toHaveLength(1);
  });

  test('belongs to whoever began it; a phone that is not signed in may finish it', async () => {
    const run = await house();
    const { state } = await run.begin();
    const other = await person(run, run.org, 'admin');
    expect((await run.comeBack(state, other.cookie)).headers.get('location')).toContain('failed=not_allowed');
    expect((await told(other.ask('GET', `/authorisations/${state}`))).body.status).toBe('expired');
    expect(await run.channels()).toHaveLength(0);
    const phone = await run.comeBack(state);
    expect([phone.status, await phone.text()]).toEqual([200, expect.stringContaining('授权成功')]);
    expect(await run.channels()).toHaveLength(1);
    expect((await run.comeBack('made-up', run.admin.cookie)).headers.get('location')).toContain('failed=expired');
  });

  test('that the platform refuses is told in its words', async () => {
    const run = await house();
    run.platform.state.finish = async () => {
      throw new Refused('61010', 'code is expired');
    };
    const { state } = await run.begin();
    expect((await run.comeBack(state, run.admin.cookie)).headers.get('location')).toContain('failed=platform_refused');
    expect((await told(run.admin.ask('GET', `/authorisations/${state}`))).body).toMatchObject({
      status: 'failed',
      code: 'platform_refused',
      text: 'code is expired',
    });
  });

  test('does not connect an account twice: not by fields and by consent, not in two organisations', async () => {
    const run = await house();
    await run.platform.channel(run.org, 'acc-1');
    const { state } = await run.begin();
    expect((await run.comeBack(state, run.admin.cookie)).headers.get('location')).toContain('failed=already_connected');
    const elsewhere = await organisation(run.hub, 'Elsewhere');
    const admin = await person(run, elsewhere, 'admin');
    expect(
      await told(admin.ask('POST', '/channels', { connector: 'testing', name: 'x', config: { account: 'acc-1' } })),
    ).toMatchObject({
      status: 409,
      body: { code: 'already_connected' },
    });
  });

  test('of another account does not renew this channel', async () => {
    const run = await house();
    await run.comeBack((await run.begin()).state, run.admin.cookie);
    const [channel] = await run.channels();
    run.platform.state.finish = async () => [{ connector: 'testing', account: 'acc-2', name: 'Two', config: {} }];
    const { state } = await run.begin({ channelId: channel!.id });
    expect((await run.comeBack(state, run.admin.cookie)).headers.get('location')).toContain('failed=wrong_account');
    expect(await run.channels()).toHaveLength(1);
  });
});

describe('pushes to an app', () => {
  test('reach the channel of their account; forged ones and strangers reach nobody', async () => {
    const run = await house();
    await run.comeBack((await run.begin()).state, run.admin.cookie);
    const at = `testing-app/${run.appRow.key}/events`;
    expect(
      await push(run, at, {
        events: [words(run.hub, 'hi', { account: 'acc-1' }), words(run.hub, 'no', { account: 'acc-9' })],
      }),
    ).toMatchObject({ status: 200 });
    expect((await run.messages()).map((row) => row.content)).toEqual([{ type: 'text', text: 'hi' }]);
    expect((await push(run, at, { events: [words(run.hub, 'x', { account: 'acc-1' })] }, 'no')).status).toBe(401);
    expect(await run.messages()).toHaveLength(1);
    expect((await push(run, `testing/${run.appRow.key}`, {})).status).toBe(404);
  });

  test('connect, and take back: then nothing is sent, and what was said stays', async () => {
    const run = await house();
    const at = `testing-app/${run.appRow.key}/events`;
    await push(run, at, { changes: [{ do: 'authorise', grant: { code: '1' } }] });
    await expect.poll(run.channels).toHaveLength(1);
    const [channel] = await run.channels();
    await push(run, at, { events: [words(run.hub, 'hi', { account: 'acc-1' })] });
    await push(run, at, { changes: [{ do: 'revoke', account: 'acc-1', why: { zh: '授权已取消', en: 'Taken back' } }] });
    expect((await run.channels())[0]).toMatchObject({ health: 'attention', health_code: 'revoked' });
    await push(run, at, { events: [event(run.hub, { kind: 'wish', wish: 'human', account: 'acc-1' } as never)] });
    expect((await run.messages()).at(-1)).toMatchObject({ delivery: 'failed', error_code: 'channel_disconnected' });
    // The consent again makes it whole.
    await run.comeBack((await run.begin({ channelId: channel!.id })).state, run.admin.cookie);
    expect((await run.channels())[0]).toMatchObject({ health: 'ok', health_code: null });
  });

  test('keep the newest of what they bring', async () => {
    const run = await house();
    const at = `testing-app/${run.appRow.key}/events`;
    for (const [value, time] of [
      ['new', 2],
      ['old', 1],
    ] as const)
      await push(run, at, { changes: [{ do: 'keep', key: 'ticket', value, at: time }] });
    const { appTools } = await import('./tools.ts');
    const app = (await run.hub.rulebook.appById(run.org.id, run.appRow.id))!;
    expect(await appTools(run.hub, app).vault.get('ticket')).toBe('new');
    const row = await run.hub.db.everywhere
      .selectFrom('keep')
      .select('value')
      .where('key', 'like', '%vault:ticket')
      .executeTakeFirstOrThrow();
    expect(row.value.toString()).not.toContain('new');
  });
});

test('one push for two accounts of one organisation is sorted; an unknown account is kept by name', async () => {
  const run = await house();
  const a = await run.platform.channel(run.org, 'acc-a');
  const b = await run.platform.channel(run.org, 'acc-b');
  await push(run, `testing/${a.key}`, [
    words(run.hub, 'for a', { account: 'acc-a' }),
    words(run.hub, 'for b', { account: 'acc-b' }),
    words(run.hub, 'for nobody', { account: 'acc-c' }),
    event(run.hub, { kind: 'notice', what: 'x', account: 'acc-b' } as never),
  ]);
  const said = (await run.messages()).map((row) => [row.channel_id, (row.content as { text: string }).text]);
  expect(said.sort()).toEqual(
    [
      [a.id, 'for a'],
      [b.id, 'for b'],
    ].sort(),
  );
  expect(
    await run.org.select('channel_events').select(['what', 'channel_id']).where('what', '=', 'other-account').execute(),
  ).toEqual([{ what: 'other-account', channel_id: a.id }]);
});

test('the demo of an app needs its sandbox', async () => {
  testPlatform();
  const run = await testHub();
  const org = await organisation(run.hub);
  const admin = await person(run, org, 'admin');
  expect((await told(admin.ask('POST', '/apps/demo', { kind: 'testing-app' }))).status).toBe(400);
});
