import { createHash, createHmac } from 'node:crypto';
import { CompactEncrypt, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { newId } from '../id.ts';
import type { Hello } from '../shapes/visitor.ts';
import { group, member } from '../test/build.ts';
import { type TestDesk, testDesk } from '../test/desk.ts';

const IDENTITY = 'identity secret of a test, long enough';
const LINK = 'link secret of a test, long enough too';

async function site(config: Record<string, string> = {}) {
  const desk = await testDesk();
  const row = await desk.org.select('channels').selectAll().where('id', '=', desk.web.id).executeTakeFirstOrThrow();
  const secrets = JSON.parse(desk.hub.secrets.open(row.secrets!, row.id)) as object;
  const sealed = desk.hub.secrets.seal(
    JSON.stringify({ ...secrets, identitySecret: IDENTITY, linkSecret: LINK }),
    row.id,
  );
  await desk.org
    .update('channels')
    .set({ secrets: sealed, config: JSON.stringify(config) } as never)
    .where('id', '=', row.id)
    .execute();
  desk.hub.live.publish(desk.org.id, [{ kind: 'changed', area: 'channels' }]);
  const hello = async (wish: object = {}) => {
    const answer = await desk.app.request(`/visitor/${desk.web.key}/hello`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wish),
    });
    return { status: answer.status, body: (await answer.json()) as Hello & { code?: string } };
  };
  return { ...desk, hello };
}
const jwt = (claims: Record<string, unknown>, secret = IDENTITY, end = 600) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(Math.floor(Date.now() / 1000) + end)
    .sign(new TextEncoder().encode(secret));
const seal = (claims: object, secret = LINK) =>
  new CompactEncrypt(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(createHash('sha256').update(secret).digest());
const contact = async (desk: TestDesk) => (await desk.org.select('contacts').selectAll().execute())[0];

describe('a signed identity', () => {
  test('is the same visitor everywhere, with his facts on the card', async () => {
    const run = await site();
    const token = await jwt({ sub: 'user-7', name: 'Seven', company: 'Seven Ltd', 'field.level': 'gold' });
    const first = await run.hello({ identity: { jwt: token } });
    expect(await run.visitor({ id: '', token: first.body.token }).says('hi')).toBe(200);
    const elsewhere = await run.hello({
      identity: { userId: 'user-7', userHash: createHmac('sha256', IDENTITY).update('user-7').digest('hex') },
    });
    expect(elsewhere.body.token).toBe(first.body.token);
    expect(elsewhere.body.messages).toHaveLength(1);
    expect(await contact(run)).toMatchObject({ name: 'Seven', company: 'Seven Ltd', fields: { level: 'gold' } });
    // Later facts fill what is empty and never undo what a member wrote.
    await run.org.update('contacts').set({ name: 'Renamed' }).execute();
    await run.hello({
      identity: { jwt: await jwt({ sub: 'user-7', name: 'Other', phone: '123', 'field.city': 'X' }) },
    });
    expect(await contact(run)).toMatchObject({ name: 'Renamed', phone: '123', fields: { level: 'gold', city: 'X' } });
  });

  test('A-19: its name is the real one, whenever it comes; a link’s is only what somebody calls himself', async () => {
    const run = await site();
    const here = async (wish: object) => {
      const { body } = await run.hello(wish);
      await run.visitor({ id: '', token: body.token }).says('hi');
      const row = await run.org
        .select('contacts')
        .select(['name', 'nickname'])
        .orderBy('id', 'desc')
        .executeTakeFirst();
      return row!;
    };
    const made = expect.stringMatching(/^访客 [0-9A-F]{4}$/);
    expect(await here({ identity: { jwt: await jwt({ sub: 'a', name: 'Anna' }) } })).toEqual({
      name: 'Anna',
      nickname: made,
    });
    expect(await here({ visit: { name: 'Ann' } })).toEqual({ name: 'Ann', nickname: null });
    expect(await here({ identity: { jwt: await jwt({ sub: 'b' }) }, visit: { name: 'B' } })).toEqual({
      name: 'B',
      nickname: null,
    });
    for (const name of ['Berta', 'Bertha'])
      expect(await here({ identity: { jwt: await jwt({ sub: 'b', name }) } })).toEqual({
        name: 'Berta',
        nickname: 'B',
      });
  });

  test('is refused when forged, over, unsigned, or of another channel’s secret', async () => {
    const run = await site();
    const none = new SignJWT({ sub: 'x' })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(IDENTITY));
    for (const identity of [
      { jwt: await jwt({ sub: 'x' }, 'another secret of a test, long enough') },
      { jwt: await jwt({ sub: 'x' }, IDENTITY, -120) },
      { jwt: await none },
      { jwt: await jwt({}) },
      {
        jwt: `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"x","exp":9999999999}').toString('base64url')}.`,
      },
      { jwt: 'rubbish' },
      { userId: 'x' },
      { userId: 'x', userHash: 'f'.repeat(64) },
    ])
      expect((await run.hello({ identity })).body.code, JSON.stringify(identity).slice(0, 60)).toBe('bad_signature');
  });

  test('once signed out, the browser’s token alone opens nothing of his', async () => {
    const run = await site();
    const { body } = await run.hello({ identity: { jwt: await jwt({ sub: 'user-7' }) } });
    await run.visitor({ id: '', token: body.token }).says('private');
    const next = await run.hello({ token: body.token });
    expect(next.body.messages).toEqual([]);
    expect(next.body.token).not.toBe(body.token);
  });

  test('where it is required, no call of anybody else is let in', async () => {
    const run = await site();
    const anybody = (await run.hello()).body.token;
    const required = await site({ identity: 'required' });
    expect((await required.hello()).status).toBe(401);
    const stranger = required.web.visitor();
    expect(await required.visitor(stranger).says('hi')).toBe(401);
    expect((await required.hello({ token: stranger.token })).status).toBe(401);
    const read = await required.app.request(`/visitor/${required.web.key}/messages`, {
      headers: { authorization: `Visitor ${stranger.token}` },
    });
    expect(read.status).toBe(401);
    const known = await required.hello({ identity: { jwt: await jwt({ sub: 'a' }) } });
    expect(await required.visitor({ id: '', token: known.body.token }).says('hi')).toBe(200);
    expect(anybody).toBeTruthy();
  });
});

describe('the parameters of a chat link', () => {
  test('go onto the session, the card and into routing; what is not ours or not understood is left out', async () => {
    const run = await site();
    const vip = await group(run.org, 'VIP');
    await member(run.hub, run.org, { groupIds: [vip] });
    const visit = {
      source: '10',
      group: vip,
      agent: newId(),
      mode: 'human',
      company: 'Acme',
      'field.order': '42',
      useWxjs: 'true',
      evil: 'x',
    };
    const { body } = await run.hello({ visit });
    await run.visitor({ id: '', token: body.token }).says('hello');
    const [session] = await run.sessions();
    expect(session).toMatchObject({ state: 'serving', group_id: vip });
    expect(session!.entry).toEqual({ source: 'mini-program', group: vip, mode: 'human', useWxjs: 'true' });
    expect(await contact(run)).toMatchObject({ company: 'Acme', fields: { order: '42' } });
  });

  test('a mode that is nobody’s, a group of another house: as if they were not there', async () => {
    const run = await site();
    const { body } = await run.hello({ visit: { mode: 'psychic', group: newId() } });
    await run.visitor({ id: '', token: body.token }).says('hello');
    expect((await run.sessions())[0]).toMatchObject({ state: 'bot', entry: null });
  });

  test('may have to be sealed; older SDKs may still come unsealed', async () => {
    const run = await site({ link: 'encrypted', linkPlainBelow: '4.1.0' });
    expect((await run.hello({ visit: { source: '2' } })).body.code).toBe('bad_signature');
    expect((await run.hello({ visit: { source: '2', sdk: '4.1.0' } })).body.code).toBe('bad_signature');
    expect((await run.hello({ visit: { source: '2', sdk: '4.0.12' } })).status).toBe(200);
    expect((await run.hello({ sealed: await seal({ source: '2' }, 'not the secret of this channel') })).body.code).toBe(
      'bad_signature',
    );
    expect((await run.hello({ sealed: await seal({ exp: Math.floor(run.hub.now() / 1000) - 3600 }) })).body.code).toBe(
      'link_over',
    );
    const { body, status } = await run.hello({ sealed: await seal({ source: '2', name: 'Sealed' }) });
    expect(status).toBe(200);
    await run.visitor({ id: '', token: body.token }).says('hello');
    expect((await run.sessions())[0]!.entry).toEqual({ source: 'app' });
    expect((await contact(run))!.name).toBe('Sealed');
    // Who is here already needs no new link.
    expect((await run.hello({ token: body.token })).status).toBe(200);
  });
});
