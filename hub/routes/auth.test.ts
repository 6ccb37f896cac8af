import { describe, expect, test } from 'vitest';
import { organisation } from '../test/build.ts';
import { testHub } from '../test/hub.ts';
import { asking, PASSWORD, person, signIn, staff, told } from '../test/people.ts';

describe('signing in', () => {
  test('by name or by address, in either field, however it is spelled', async () => {
    const run = await testHub();
    const org = await organisation(run.hub);
    await person(run, org, 'agent', { username: '客服一号', email: 'One@Example.com' });
    const ask = asking(run.app);
    for (const [path, body] of [
      ['username', { username: '客服一号' }],
      ['username', { username: ' 客服一号 ' }],
      ['username', { username: 'one@example.com' }],
      ['email', { email: 'ONE@example.com' }],
      ['email', { email: '客服一号' }],
    ] as const) {
      const answer = await ask('POST', `/api/auth/sign-in/${path}`, { ...body, password: PASSWORD });
      expect(answer.status, JSON.stringify(body)).toBe(200);
      expect(await answer.json()).toEqual({ ok: true });
      const cookie = answer.headers.getSetCookie()[0]!;
      expect(cookie).toMatch(/HttpOnly/i);
      expect(cookie).toMatch(/SameSite=Lax/i);
      expect(cookie).not.toMatch(/Secure/i);
      expect((await asking(run.app, cookie.split(';')[0])('GET', '/me')).status).toBe(200);
    }
  });

  test('over https the cookie is for https only', async () => {
    const run = await testHub({ vars: { PUBLIC_URL: 'https://chat.example.com' } });
    const { cookie } = await person(run, await organisation(run.hub), 'agent');
    expect(cookie).toMatch(/^__Secure-haina/);
  });

  test('a wrong name and a wrong password get the same answer', async () => {
    const run = await testHub();
    const { agent } = await staff(run);
    const ask = asking(run.app);
    const wrongName = await told(
      ask('POST', '/api/auth/sign-in/username', { username: 'nobody-here', password: PASSWORD }),
    );
    const wrongPassword = await told(
      ask('POST', '/api/auth/sign-in/username', { username: agent.username, password: 'wrong' }),
    );
    expect(wrongName).toEqual(wrongPassword);
    expect(wrongName).toMatchObject({ status: 401, body: { code: 'wrong_credentials' } });
  });

  test('guessing is slowed down for one account, and a right password still counts afterwards elsewhere', async () => {
    const run = await testHub();
    const { agent, admin } = await staff(run);
    const ask = asking(run.app);
    const guess = () => ask('POST', '/api/auth/sign-in/username', { username: agent.username, password: 'wrong' });
    for (let i = 0; i < 8; i++) expect((await guess()).status).toBe(401);
    const stopped = await guess();
    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await stopped.json()).toMatchObject({ code: 'too_many_tries' });
    expect(
      (await ask('POST', '/api/auth/sign-in/username', { username: agent.username, password: PASSWORD })).status,
    ).toBe(429);
    await signIn(run.app, admin.username);
  });

  test('signing out ends it; nobody can sign up; other doors of the library are shut', async () => {
    const run = await testHub();
    const { agent } = await staff(run);
    expect((await agent.ask('POST', '/api/auth/sign-out', {})).status).toBe(200);
    expect(await told(agent.ask('GET', '/me'))).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
    for (const path of [
      'sign-up/email',
      'update-user',
      'change-password',
      'delete-user',
      'is-username-available',
      'forget-password',
    ]) {
      expect(
        (
          await asking(run.app)('POST', `/api/auth/${path}`, {
            email: 'a@b.cc',
            password: 'x'.repeat(10),
            name: 'x',
            username: 'abc',
          })
        ).status,
        path,
      ).toBe(404);
    }
    expect((await asking(run.app)('GET', '/api/auth/list-sessions')).status).toBe(404);
  });

  test('who was disabled is out at once and cannot come back', async () => {
    const run = await testHub();
    const { admin, agent } = await staff(run);
    expect((await admin.ask('PATCH', `/members/${agent.id}`, { disabled: true })).status).toBe(200);
    expect((await agent.ask('GET', '/me')).status).toBe(401);
    const again = await told(
      asking(run.app)('POST', '/api/auth/sign-in/username', { username: agent.username, password: PASSWORD }),
    );
    expect(again).toMatchObject({ status: 403, body: { code: 'member_disabled' } });
    expect((await admin.ask('PATCH', `/members/${agent.id}`, { disabled: false })).status).toBe(200);
    await signIn(run.app, agent.username);
  });

  test('a forged or changed cookie is nobody', async () => {
    const run = await testHub();
    const { agent } = await staff(run);
    const [name, value] = agent.cookie.split('=') as [string, string];
    const forged = decodeURIComponent(value).replace(/^./, (char) => (char === 'a' ? 'b' : 'a'));
    expect((await asking(run.app, `${name}=${encodeURIComponent(forged)}`)('GET', '/me')).status).toBe(401);
    expect((await asking(run.app, `${name}=${value.split('.')[0]}`)('GET', '/me')).status).toBe(401);
  });
});

describe('requests that other sites cause', () => {
  test.each([
    [{ origin: 'https://evil.example' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'null' }],
  ])('%o are refused', async (headers) => {
    const run = await testHub();
    const { agent } = await staff(run);
    expect(
      await told(agent.ask('PATCH', '/me', { status: 'busy' }, headers as unknown as Record<string, string>)),
    ).toMatchObject({ status: 403, body: { code: 'cross_site' } });
    expect((await agent.ask('GET', '/me', undefined, headers as unknown as Record<string, string>)).status).toBe(200);
  });

  test('our own pages and programs are let in', async () => {
    const run = await testHub();
    const { agent } = await staff(run);
    const good: Record<string, string>[] = [
      {},
      { origin: run.hub.publicUrl },
      { origin: 'http://127.0.0.1:5173', host: '127.0.0.1:5173' },
      { 'sec-fetch-site': 'same-origin' },
    ];
    for (const headers of good) {
      expect((await agent.ask('PATCH', '/me', { status: 'busy' }, headers)).status).toBe(200);
    }
  });
});
