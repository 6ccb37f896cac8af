import { expect, test } from 'vitest';
import { accept } from '../desk/accept.ts';
import { reply } from '../desk/reply.ts';
import { newId } from '../id.ts';
import type { Session, SessionDetail } from '../shapes/desk.ts';
import { setting } from '../test/build.ts';
import { testDesk, text } from '../test/desk.ts';
import { crew, type Person, told } from '../test/people.ts';

/** An agent with a session he serves, a colleague of each role, and who may do what with it. */
async function served() {
  const desk = await testDesk();
  const { hub, org } = desk;
  const { me, colleague, boss } = await crew(desk, org);
  const visitor = desk.visitor();
  await visitor.post({ type: 'human' });
  const { id, contact_id: contactId } = (await desk.sessions())[0]!;
  await accept(hub, org, me.id, id);
  const detail = async (who: Person): Promise<SessionDetail> => (await told(who.ask('GET', `/sessions/${id}`))).body;
  return { ...desk, me, colleague, boss, visitor, id, contactId, detail };
}

test('TR-07: agents hand on and block only where they may; the screen is told; who leads always may', async () => {
  const { hub, org, me, colleague, boss, id, contactId, detail, session } = await served();
  const hand = (who: Person) => told(who.ask('POST', `/sessions/${id}/transfer`, { memberId: colleague.id }));
  const block = (who: Person, on: boolean) => told(who.ask('PUT', `/contacts/${contactId}/block`, { on }));
  expect((await detail(me)).may).toMatchObject({ transfer: true, block: true });

  await setting(hub, org, 'desk', { mayTransfer: false, mayBlock: false });
  expect((await detail(me)).may).toMatchObject({ transfer: false, block: false, end: true });
  expect((await detail(boss)).may).toMatchObject({ transfer: true, block: true });
  for (const on of [true, false])
    expect(await block(me, on)).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
  expect(await hand(me)).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
  expect(await session(id)).toMatchObject({ state: 'serving', agent_id: me.id });
  expect(await org.select('contact_activities').select('id').execute()).toEqual([]);

  // One right without the other.
  await setting(hub, org, 'desk', { mayTransfer: true, mayBlock: false });
  expect((await detail(me)).may).toMatchObject({ transfer: true, block: false });
  await setting(hub, org, 'desk', { mayTransfer: false, mayBlock: false });
  expect((await hand(boss)).status).toBe(200);
  expect(await session(id)).toMatchObject({ agent_id: colleague.id });
  expect(await block(boss, true)).toMatchObject({ status: 200, body: { blocked: { by: boss.id } } });
  expect((await session(id)).end_reason).toBe('blacklisted');
  expect((await block(boss, false)).status).toBe(200);
});

test('SS-24: every session tells what grades are counted by, in the list and alone', async () => {
  const { hub, org, me, id, visitor, detail } = await served();
  const spoken = async () => {
    const list = (await told(me.ask('GET', '/sessions?view=mine'))).body.items as Session[];
    const one = (await detail(me)).spoken;
    expect(list.find((row) => row.id === id)?.spoken).toEqual(one);
    return one;
  };
  expect(await spoken()).toEqual({ visitor: 0, agent: 0 });
  await visitor.says('one');
  await visitor.says('two');
  await reply(hub, org, me.id, id, { id: newId(), content: text('three') });
  expect(await spoken()).toEqual({ visitor: 2, agent: 1 });
});
