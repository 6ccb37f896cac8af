import { describe, expect, test } from 'vitest';
import { Retry } from '../../connectors/errors.ts';
import { newId } from '../id.ts';
import { cloneDatabase } from '../start/cloneDatabase.ts';
import { member } from '../test/build.ts';
import { testDesk, text, twoDesks } from '../test/desk.ts';
import { push, testPlatform, words } from '../test/platform.ts';
import { accept } from './accept.ts';
import { reply } from './reply.ts';
import { tick } from './tick.ts';

async function account() {
  const platform = testPlatform();
  const desk = await testDesk();
  const channel = await platform.channel(desk.org, 'acc-1');
  const row = async () =>
    await desk.org.select('channels').selectAll().where('id', '=', channel.id).executeTakeFirstOrThrow();
  const due = (ms: number) =>
    desk.org
      .update('channels')
      .set({ upkeep_at: new Date(desk.hub.now() + ms) })
      .where('id', '=', channel.id)
      .execute();
  return { ...desk, platform, channel, row, due };
}
const point = (ok: boolean) => ({ code: 'token', ok, what: { zh: '令牌', en: 'Token' } });

describe('an account is looked after', () => {
  test('when its time has come, and what is found is its state', async () => {
    const run = await account();
    let asked = 0;
    const end = run.hub.now() + 5 * 86_400_000;
    run.platform.state.upkeep = async (_config, tools) => {
      asked++;
      return { next: tools.now() + 86_400_000, expiresAt: end, points: [point(false)], config: { verified: 'yes' } };
    };
    await run.due(1000);
    await tick(run.hub);
    expect(asked).toBe(0);
    run.clock.pass(2000);
    await Promise.all([tick(run.hub), tick(run.hub)]);
    expect(asked).toBe(1);
    expect(await run.row()).toMatchObject({
      health: 'attention',
      health_code: 'token',
      expires_at: new Date(end),
      config: { account: 'acc-1', verified: 'yes' },
      points: [point(false)],
    });
    expect((await run.alerts()).filter((alert) => alert.kind === 'channel')).toHaveLength(1);
    run.platform.state.upkeep = async () => ({ next: null, points: [point(true)] });
    await run.due(0);
    await tick(run.hub);
    expect(await run.row()).toMatchObject({ health: 'ok', health_code: null, upkeep_at: null });
  });

  test('a platform that does not answer is asked again soon, without alarm', async () => {
    const run = await account();
    run.platform.state.upkeep = async () => {
      throw new Retry('away');
    };
    await run.due(0);
    await tick(run.hub);
    const row = await run.row();
    expect(row.health).toBe('new');
    expect(row.upkeep_at!.getTime() - run.hub.now()).toBe(300_000);
  });
});

test('a platform that is down is left alone for a while; other accounts go on; then all arrives in order', async () => {
  const run = await account();
  const { hub, org } = run;
  const agent = await member(hub, org, { role: 'supervisor', cap: 50 });
  await push(run, `testing/${run.channel.key}`, [words(hub, 'hi')]);
  await push(run, `testing/${run.channel.key}`, [words(hub, 'hi', { from: 'another' })]);
  await run.says('hello from LINE');
  const [mine, other, line] = await run.sessions();
  for (const session of [mine!, other!, line!]) await accept(hub, org, agent, session.id);
  const { send } = run.platform.state;
  let calls = 0;
  run.platform.state.send = async () => {
    calls++;
    return await run.platform.down();
  };
  await reply(hub, org, agent, mine!.id, { id: newId(), content: text('one') });
  await reply(hub, org, agent, mine!.id, { id: newId(), content: text('two') });
  for (let n = 0; n < 40 && calls < 5; n++) {
    await run.settled();
    run.clock.pass(1000);
    await tick(hub);
  }
  await run.settled();
  expect(calls).toBe(5);
  await reply(hub, org, agent, other!.id, { id: newId(), content: text('three') });
  for (let n = 0; n < 5; n++) {
    run.clock.pass(1000);
    await tick(hub);
    await run.settled();
  }
  expect(calls).toBe(5);
  expect(await run.row()).toMatchObject({ health: 'attention', health_code: 'platform_down' });
  const waiting = (await run.messages(other!.id)).at(-1)!;
  expect(waiting).toMatchObject({ delivery: 'pending', error_code: 'platform_down', attempts: 0 });
  // Meanwhile another account speaks.
  await reply(hub, org, agent, line!.id, { id: newId(), content: text('over there') });
  await run.settled();
  expect(run.line.texts()).toContain('over there');
  run.platform.state.send = send;
  for (let n = 0; n < 40 && run.platform.state.sent.length < 3; n++) {
    run.clock.pass(2000);
    await run.jobs.runLater();
    await tick(hub);
    await run.settled();
  }
  const sent = run.platform.state.sent.flatMap((batch) =>
    batch.messages.map((one) => (one.content as { text: string }).text),
  );
  expect(sent.filter((one) => one !== 'three')).toEqual(['one', 'two']);
  expect(sent).toContain('three');
  await expect.poll(async () => (await run.row()).health).toBe('ok');
});

test('fifty sends at the moment a token ends, over two hubs: one renewal, none fails', async () => {
  const platform = testPlatform();
  const { a, b } = await twoDesks(await cloneDatabase());
  platform.state.can = { text: 100 };
  const channel = await platform.channel(a.org, 'acc-1');
  const agent = await member(a.hub, a.org, { role: 'supervisor', cap: 99 });
  const people = Array.from({ length: 50 }, (_, n) => words(a.hub, 'hi', { from: `p${n}` }));
  await push(a, `testing/${channel.key}`, people);
  const open = (await a.sessions()).filter((row) => row.channel_id === channel.id);
  for (const session of open) await accept(a.hub, a.org, agent, session.id);
  platform.state.tokens = 0;
  await Promise.all(
    open.map(async (session, n) => {
      const { hub, org } = n % 2 ? a : b;
      await reply(hub, org, agent, session.id, { id: newId(), content: text('answer') });
    }),
  );
  await Promise.all([a.settled(), b.settled()]);
  expect(platform.state.sent).toHaveLength(50);
  expect(platform.state.tokens).toBe(1);
  expect((await a.messages()).filter((row) => row.author_type === 'agent').map((row) => row.delivery)).toEqual(
    Array(50).fill('sent'),
  );
});
