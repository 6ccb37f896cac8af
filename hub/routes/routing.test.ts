import { expect, test } from 'vitest';
import { accept } from '../desk/accept.ts';
import { close } from '../desk/close.ts';
import { reply } from '../desk/reply.ts';
import { newId } from '../id.ts';
import { member, organisation, setting, webChannel } from '../test/build.ts';
import { testDesk } from '../test/desk.ts';
import { person, told } from '../test/people.ts';

const VIP = { id: '01900000-0000-7000-8000-0000000000a1', name: 'VIP' };
const KIND = '01900000-0000-7000-8000-0000000000a0';

/** A visitor of the web chat whom one agent has served and closed; another is there too. What would happen to him next? */
async function shop(settings: { matching?: object; reception?: object } = {}) {
  const desk = await testDesk();
  const { hub, org, web } = desk;
  await setting(hub, org, 'contact-tags', { groups: [{ id: KIND, name: 'Kind', tags: [VIP] }] });
  await setting(hub, org, 'matching', settings.matching ?? {});
  await setting(hub, org, 'reception', settings.reception ?? {});
  const admin = await person(desk, org, 'admin');
  const agent = { id: await member(hub, org, { name: 'Ann', cap: 20 }), role: 'agent' as const };
  const other = await member(hub, org, { name: 'Bob', cap: 20 });
  await org.update('members').set({ status: 'busy' }).execute();
  const guest = desk.visitor();
  /** He is served by this agent, who ends it. */
  const served = async (by = agent) => {
    await guest.post({ type: 'human' });
    const { id } = (await desk.sessions()).at(-1)!;
    await accept(hub, org, by.id, id);
    await reply(hub, org, by.id, id, { id: newId(), content: { type: 'text', text: '您好' } });
    await guest.says('谢谢');
    await close(hub, org, by, id);
  };
  await served();
  await org.update('members').set({ status: 'online' }).execute();
  const { id: contactId } = await org.select('contacts').select('id').executeTakeFirstOrThrow();
  const ask = async (wish: object = {}) => {
    return await told(admin.ask('POST', '/routing/what-if', { channelId: web.id, text: '在吗', ...wish }));
  };
  return { ...desk, admin, agent, other, guest, served, contactId, ask };
}
const first = (body: { agents: { name: string; would: boolean }[] }) => body.agents.find(({ would }) => would)?.name;

test('RT-19: without a contact he is a stranger: nothing is known of him', async () => {
  const { ask } = await shop({ reception: { back: { on: true }, mode: 'human' } });
  const { status, body } = await ask();
  expect(status).toBe(200);
  expect(body).toMatchObject({ contact: null, asked: 'mode', offHours: null });
  expect(body.reasons.map(({ kind }: { kind: string }) => kind)).not.toContain('back');
});

test('AR-23: a contact goes back to the agent who closed, within its time and only on that channel', async () => {
  const { ask, contactId, agent, hub, org, clock } = await shop({ reception: { back: { on: true, within: 3600 } } });
  const { body } = await ask({ contactId });
  expect(body).toMatchObject({
    asked: 'back',
    contact: { id: contactId, closedBy: { agentId: agent.id }, blocked: false, openSession: null },
    decision: { by: { kind: 'back' }, outcome: { to: 'wait', agentId: agent.id } },
  });
  expect(first(body)).toBe('Ann');
  // Nobody is asked for before he speaks (CH-09).
  expect((await ask({ contactId, text: '' })).body.asked).toBeNull();
  const late = await ask({ contactId, at: new Date(clock.now() + 7_200_000).toISOString() });
  expect(late.body.asked).toBeNull();
  expect(late.body.reasons).toContainEqual(expect.objectContaining({ kind: 'back', code: 'back-late' }));
  const elsewhere = await webChannel(hub, org);
  expect((await ask({ contactId, channelId: elsewhere.id })).body).toMatchObject({
    asked: null,
    contact: { closedBy: null },
  });
});

test.each([
  ['off', 'Bob', null],
  ['last', 'Ann', 'agent'],
  ['most', 'Bob', 'other'],
] as const)('RT-16: regular agents set to %s: %s would get him', async (regular, name, who) => {
  const run = await shop({ matching: { regular }, reception: { mode: 'human' } });
  const { org, agent, other, served, ask, contactId, clock } = run;
  await org.update('members').set({ status: 'busy' }).execute();
  for (const by of [other, other, agent.id]) {
    clock.pass(1000);
    await served({ id: by, role: 'agent' });
  }
  if (regular === 'most') await served({ id: other, role: 'agent' });
  // Whoever has had none for longest goes before, unless he is the regular one.
  await org.update('members').set({ status: 'online' }).execute();
  await org
    .update('members')
    .set({ last_assigned_at: new Date(clock.now()) })
    .where('id', '=', agent.id)
    .execute();
  const { body } = await ask({ contactId });
  expect(body.contact.regularAgentId).toBe(who && { agent: agent.id, other }[who]);
  expect(first(body)).toBe(name);
});

test('his tags count, with those that are supposed', async () => {
  const plan = { id: newId(), name: 'For VIPs', when: { tags: { any: [VIP.id] } }, mode: 'human' };
  const { ask, contactId, org } = await shop({ reception: { plans: [plan] } });
  expect((await ask({ contactId })).body).toMatchObject({ plan: null, contact: { tagIds: [] } });
  expect((await ask({ contactId, tags: [VIP.id] })).body).toMatchObject({ plan: { name: 'For VIPs' } });
  await org
    .update('contacts')
    .set({ tag_ids: JSON.stringify([VIP.id]) } as never)
    .execute();
  expect((await ask({ contactId })).body).toMatchObject({ plan: { name: 'For VIPs' }, contact: { tagIds: [VIP.id] } });
});

test('CT-05: who is blocked opens no session: nothing is decided, and nothing happens', async () => {
  const { ask, contactId, org, sessions } = await shop({ reception: { mode: 'human' } });
  await org.update('contacts').set({ blocked_at: new Date() }).execute();
  const { status, body } = await ask({ contactId });
  expect(status).toBe(200);
  expect(body).toMatchObject({ contact: { blocked: true }, asked: null, decision: null, reasons: [], agents: [] });
  expect(await sessions()).toHaveLength(1);
});

test('one he is in goes on', async () => {
  const { ask, contactId, guest, sessions } = await shop({ reception: { back: { on: true } } });
  await guest.says('在吗');
  const open = (await sessions()).find(({ state }) => state !== 'closed')!;
  expect((await ask({ contactId })).body.contact).toMatchObject({
    openSession: { id: open.id, state: open.state },
    closedBy: null,
  });
});

test('V-39: the channel’s own way after hours is told, and counts', async () => {
  const { ask, org, hub, web } = await shop();
  const NIGHT = { id: newId(), name: 'Night', week: Array.from({ length: 7 }, () => []) };
  await setting(hub, org, 'hours', { zone: 'UTC', plans: [NIGHT], standard: NIGHT.id });
  const style = async (offHours: string) => {
    await org
      .update('channels')
      .set({ style: JSON.stringify({ offHours }) } as never)
      .where('id', '=', web.id)
      .execute();
    hub.live.publish(org.id, [{ kind: 'changed', area: 'channels' }]);
    return (await ask()).body;
  };
  expect(await style('house')).toMatchObject({ offHours: null, decision: { outcome: { to: 'leave' } } });
  expect(await style('text')).toMatchObject({ offHours: 'text', decision: { outcome: { to: 'hours' } } });
  expect(await style('chat')).toMatchObject({ offHours: 'chat', decision: { outcome: { to: 'wait' } } });
});

test('a contact of another organisation, or of nobody, is not known', async () => {
  const { ask, hub, contactId } = await shop();
  const theirs = await organisation(hub, 'Theirs');
  const id = newId();
  await theirs
    .insert('contacts', {
      id,
      name: 'x',
      avatar: null,
      phone: null,
      email: null,
      company: null,
      remark: null,
      fields: '{}',
    } as never)
    .execute();
  for (const unknown of [id, newId()]) {
    const { status, body } = await ask({ contactId: unknown });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'invalid_input', errors: [{ path: 'contactId', code: 'unknown' }] });
    expect(JSON.stringify(body)).not.toContain('"x"');
  }
  expect((await ask({ contactId })).status).toBe(200);
});
