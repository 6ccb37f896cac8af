import { describe, expect, test } from 'vitest';
import type { Settings } from '../../core/settings/index.ts';
import { newId } from '../id.ts';
import type { Frame, Session } from '../shapes/desk.ts';
import type { Contact } from '../shapes/house.ts';
import type { Hello } from '../shapes/visitor.ts';
import { customer, type TestDesk, testDesk, wallClock } from '../test/desk.ts';
import { fakeLine } from '../test/line.ts';
import { type Person, person, told } from '../test/people.ts';
import { dial, serve } from '../test/serve.ts';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
/** Where these are used, the data says: Shanghai over Telecom, Guangzhou over Telecom. */
const [SHANGHAI, GUANGZHOU] = ['202.96.209.5', '202.96.128.86'];

const PROXIED = { TRUSTED_PROXIES: 'loopback' };

/** A page says hello through the proxy that runs beside the hub. */
async function hello(desk: TestDesk, from: string, wish: object = {}): Promise<Hello> {
  const answer = await desk.app.request(`/visitor/${desk.web.key}/hello`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from, 'user-agent': CHROME },
    body: JSON.stringify(wish),
  });
  return (await answer.json()) as Hello;
}
async function put(admin: Person, change: (desk: Settings['desk']) => Partial<Settings['desk']>): Promise<void> {
  const { version, document } = (await told(admin.ask('GET', '/settings/desk'))).body;
  const answer = await admin.ask('PUT', '/settings/desk', { version, document: { ...document, ...change(document) } });
  expect(answer.status).toBe(200);
}
const show = (admin: Person, ...parts: ('region' | 'network' | 'date')[]) =>
  put(admin, () => ({
    nickname: { region: parts.includes('region'), network: parts.includes('network'), date: parts.includes('date') },
  }));
const preferReal = (admin: Person, realName: boolean) => put(admin, () => ({ realName }));

const listed = async (who: Person, q = ''): Promise<Session[]> =>
  (await told(who.ask('GET', `/sessions?view=all&q=${encodeURIComponent(q)}`))).body.items;
const card = async (who: Person, id: string): Promise<Contact> => (await told(who.ask('GET', `/contacts/${id}`))).body;

/** A visitor of the web chat who has said something, as a supervisor sees him. */
async function visited(from: string, desk?: TestDesk) {
  const run = desk ?? (await testDesk({ vars: PROXIED }));
  const [admin, boss] = [await person(run, run.org, 'admin'), await person(run, run.org, 'supervisor')];
  const { token } = await hello(run, from);
  const visitor = run.visitor({ id: '', token });
  expect(await visitor.says('在吗')).toBe(200);
  const [session] = await listed(boss);
  return { desk: run, admin, boss, token, visitor, session: session!, made: session!.contact.name };
}

describe('SS-16: what a web visitor is called', () => {
  test('is put together from where he writes, in the list, the head and over his words', async () => {
    const { admin, boss, session, made } = await visited(SHANGHAI);
    expect(made).toMatch(/^访客 [0-9A-F]{4}$/);
    const names = async () => {
      const [row] = await listed(boss);
      const head = (await told(boss.ask('GET', `/sessions/${session.id}`))).body;
      const { messages } = (await told(boss.ask('GET', `/sessions/${session.id}/messages`))).body;
      return [...new Set([row!.contact.name, head.contact.name, messages[0].author.name])];
    };
    await show(admin, 'region');
    expect(await names()).toEqual([`上海市${made}`]);
    await show(admin, 'network');
    expect(await names()).toEqual([`电信${made}`]);
    await show(admin, 'date');
    expect(await names()).toEqual([`${made} 20260105`]);
    await show(admin, 'region', 'network', 'date');
    expect(await names()).toEqual(['上海市电信客户20260105']);
    await show(admin);
    expect(await names()).toEqual([made]);
  });

  test('leaves out what is not known: at home, in the house, nobody knows a region', async () => {
    const { admin, boss, session, made } = await visited('192.168.7.7');
    await show(admin, 'region', 'network');
    expect((await listed(boss))[0]!.contact.name).toBe(made);
    expect((await card(boss, session.contact.id)).identities[0]).toMatchObject({
      ip: '192.168.7.7',
      region: null,
      network: null,
    });
  });

  test('messages left and alerts call him the same', async () => {
    const { desk, admin, boss, visitor, made } = await visited(SHANGHAI);
    await show(admin, 'region');
    await visitor.post({ type: 'leave-message', form: {}, text: '请回电' });
    const left = (await told(boss.ask('GET', '/leave-messages'))).body.items;
    expect(left[0].contact.name).toBe(`上海市${made}`);
    const [row] = await desk.sessions();
    await desk.org
      .insert('alerts', {
        id: newId(),
        kind: 'sensitive',
        session_id: row!.id,
        channel_id: row!.channel_id,
        member_id: null,
        text: '…',
        words: [],
        at: new Date(desk.hub.now()),
      })
      .execute();
    expect((await told(boss.ask('GET', '/alerts'))).body.items[0].contact).toBe(`上海市${made}`);
  });
});

describe('A-19: a real name and what the channel calls somebody', () => {
  test('what a member writes on the card is the real name; off shows the other; writing that again takes it back', async () => {
    const { admin, boss, session, made } = await visited(SHANGHAI);
    const { id } = session.contact;
    const name = async () => (await listed(boss))[0]!.contact.name;
    expect((await boss.ask('PATCH', `/contacts/${id}`, { name: '顾客甲' })).status).toBe(200);
    expect(await card(boss, id)).toMatchObject({ name: '顾客甲', nickname: made });
    expect(await name()).toBe('顾客甲');
    await show(admin, 'network');
    expect(await name()).toBe('电信顾客甲');
    await preferReal(admin, false);
    expect(await name()).toBe(`电信${made}`);
    await boss.ask('PATCH', `/contacts/${id}`, { name: '王大明' });
    expect(await card(boss, id)).toMatchObject({ name: '王大明', nickname: made });
    // Found by either name, whichever is shown.
    expect([await listed(boss, '王大明'), await listed(boss, made), await listed(boss, '顾客甲')]).toMatchObject([
      [{ id: session.id }],
      [{ id: session.id }],
      [],
    ]);
    await boss.ask('PATCH', `/contacts/${id}`, { name: made });
    expect(await card(boss, id)).toMatchObject({ name: made, nickname: null });
    await preferReal(admin, true);
    expect(await name()).toBe(`电信${made}`);
  });

  test('of a platform the nickname is what its profile says, also when it comes after the real name', async () => {
    let away = true;
    const platform = fakeLine();
    const line = {
      ...platform,
      fetch: (async (input: string | URL | Request, init?: RequestInit) =>
        String(input instanceof Request ? input.url : input).includes('/profile/')
          ? away
            ? new Response('{}', { status: 500 })
            : Response.json({ userId: customer(1), displayName: '妮妮' })
          : await platform.fetch(input, init)) as typeof globalThis.fetch,
    };
    const desk = await testDesk({ line });
    const [admin, boss] = [await person(desk, desk.org, 'admin'), await person(desk, desk.org, 'supervisor')];
    await desk.says('hi');
    const [{ contact }] = (await listed(boss)) as [Session];
    expect(contact.name).toMatch(/^访客 /);
    await boss.ask('PATCH', `/contacts/${contact.id}`, { name: '顾客甲' });
    away = false;
    const identity = await desk.org.select('identities').select('id').executeTakeFirstOrThrow();
    desk.hub.jobs.add('profile', { organisationId: desk.org.id, identityIds: [identity.id] });
    await desk.settled();
    expect(await card(boss, contact.id)).toMatchObject({ name: '顾客甲', nickname: '妮妮' });
    await preferReal(admin, false);
    expect((await listed(boss))[0]!.contact.name).toBe('妮妮');
    // Nobody knows where he writes from: the day alone is put to it.
    await show(admin, 'region', 'network', 'date');
    expect((await listed(boss))[0]!.contact.name).toBe('客户20260105');
  });
});

describe('CT-10, A-60: where somebody writes from', () => {
  test('stands on the card from the first word, and follows him', async () => {
    const { desk, boss, token, session } = await visited(SHANGHAI);
    const from = async () => (await card(boss, session.contact.id)).identities[0];
    const terminal = { device: 'desktop', os: 'Linux', browser: 'Chrome 130' };
    expect(await from()).toMatchObject({ ip: SHANGHAI, region: '上海市', network: '电信', terminal });
    await hello(desk, GUANGZHOU, { token });
    expect(await from()).toMatchObject({ ip: GUANGZHOU, region: '广东省广州市', network: '电信', terminal });
    // Written by whoever sent the request, and by no proxy of ours: the last address counts.
    await hello(desk, `8.8.8.8, ${SHANGHAI}`, { token });
    expect(await from()).toMatchObject({ ip: SHANGHAI });
  });

  test('a screen hears of a new name, and of a new place', async () => {
    const run = await testDesk({ vars: PROXIED, clock: wallClock });
    const { url } = await serve(run);
    const { admin, boss, token, session, made } = await visited(SHANGHAI, run);
    await show(admin, 'region');
    const line = await dial<Frame>(`${url}/live`, { cookie: boss.cookie });
    await line.next((frame) => frame.type === 'ready');
    const called = (name: string) =>
      line.next(
        (frame) =>
          // Nothing happened in it: nobody is called to it.
          frame.type === 'session' &&
          frame.again === true &&
          frame.session.id === session.id &&
          frame.session.contact.name === name,
      );
    await hello(run, GUANGZHOU, { token });
    await called(`广东省广州市${made}`);
    await admin.ask('PATCH', `/contacts/${session.contact.id}`, { name: '顾客甲' });
    await called('广东省广州市顾客甲');
  });

  test('the visitor’s own page is told nothing of it', async () => {
    const { desk, admin, boss, token, visitor, session } = await visited(SHANGHAI);
    await show(admin, 'region', 'network');
    await boss.ask('PATCH', `/contacts/${session.contact.id}`, { name: '顾客甲' });
    await visitor.says('还在吗');
    const history = await desk.app.request(`/visitor/${desk.web.key}/messages`, {
      headers: { authorization: `Visitor ${token}` },
    });
    const seen = JSON.stringify(await hello(desk, SHANGHAI, { token })) + (await history.text());
    expect(seen).toContain('还在吗');
    for (const secret of [SHANGHAI, '上海', '电信', 'Chrome', '顾客甲', session.contact.name])
      expect(seen).not.toContain(secret);
  });
});
