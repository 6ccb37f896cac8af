import { describe, expect, test } from 'vitest';
import { newId } from '../id.ts';
import { decidedEvents } from '../store/conversations.ts';
import { group, member, setting, word } from '../test/build.ts';
import { customer, refusal, testDesk } from '../test/desk.ts';
import { accept } from './accept.ts';
import { invite, join, part, tag } from './care.ts';
import { close } from './close.ts';
import { block, tagContacts } from './contact.ts';
import { decisions } from './decisions.ts';
import { reply } from './reply.ts';
import { answerOffer, transfer, withdrawOffer } from './transfer.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const said = (text: string) => ({ id: newId(), content: { type: 'text' as const, text } });

/** A LINE customer served by an agent, and a colleague beside him. */
async function served(ratings: object = {}) {
  const desk = await testDesk();
  const { hub, org } = desk;
  await setting(hub, org, 'ratings', ratings);
  const agent = { id: await member(hub, org), role: 'agent' as const };
  const other = { id: await member(hub, org), role: 'agent' as const };
  await word(hub, org, 'forced-human', '人工', 'equals');
  await org.update('members').set({ status: 'busy' }).execute();
  await desk.says('人工');
  const [row] = await desk.sessions();
  await accept(hub, org, agent.id, row!.id);
  return { ...desk, desk, agent, other, session: row!.id };
}

describe('ratings', () => {
  test('CS-01: at the end he is asked; a number answers it after the end, and opens no new session', async () => {
    const { desk, hub, org, agent, session, line, says } = await served({ resolved: { on: false } });
    await reply(hub, org, agent.id, session, said('您好'));
    await says('谢谢');
    await close(hub, org, agent, session);
    await desk.settled();
    expect(line.texts().at(-1)).toMatch(/5\. /);
    await says('4');
    expect(await org.select('ratings').select(['stars', 'counts', 'agent_ids', 'session_id']).execute()).toEqual([
      { stars: 4, counts: true, agent_ids: [agent.id], session_id: session },
    ]);
    expect(await desk.sessions()).toHaveLength(1);
    expect((await desk.session(session)).marks.rated).toBe(true);
    // CS-05, and answered once: the same number now is a word like any other.
    await says('4');
    expect(await org.select('ratings').selectAll().execute()).toHaveLength(1);
  });

  test('CS-04: after its time the answer is no rating', async () => {
    const { desk, hub, org, agent, session, says } = await served({ valid: 60 });
    await reply(hub, org, agent.id, session, said('您好'));
    await says('谢谢');
    await close(hub, org, agent, session);
    desk.clock.pass(61_000);
    await says('1');
    expect(await org.select('ratings').selectAll().execute()).toEqual([]);
  });

  test('CS-07, CS-09: the last counts, for all who served', async () => {
    const { desk, hub, org, agent, other, session, says } = await served({ firstOnly: false });
    await transfer(hub, org, agent, session, { memberId: other.id });
    expect((await invite(hub, org, other, session)).state).toBe('sent');
    await says('5');
    await says('1');
    await desk.settled();
    const rows = await org.select('ratings').select(['stars', 'counts', 'agent_ids']).orderBy('id').execute();
    expect(rows.map((row) => [row.stars, row.counts])).toEqual([
      [5, false],
      [1, true],
    ]);
    expect(rows[1]!.agent_ids.toSorted()).toEqual([agent.id, other.id].toSorted());
  });

  test('an earlier session’s card is answered while a new one is open, and counts for the earlier', async () => {
    const desk = await testDesk();
    const { hub, org } = desk;
    await word(hub, org, 'forced-human', '人工', 'equals');
    const agent = { id: await member(hub, org), role: 'agent' as const };
    const guest = desk.visitor();
    await guest.says('人工');
    const [first] = await desk.sessions();
    await reply(hub, org, agent.id, first!.id, said('您好'));
    await guest.says('谢谢');
    await close(hub, org, agent, first!.id);
    const { id: invitationId } = (await desk.session(first!.id)).marks.invited!;
    await guest.says('还有一个问题');
    expect(await desk.sessions()).toHaveLength(2);
    const rating = { type: 'rate', invitationId, stars: 5, tags: [], resolved: null, comment: null };
    expect(await guest.post(rating)).toBe(200);
    expect(await org.select('ratings').select(['session_id', 'stars']).execute()).toEqual([
      { session_id: first!.id, stars: 5 },
    ]);
    // Somebody else's card is nobody's answer.
    expect(await desk.visitor(desk.web.visitor()).post(rating)).toBe(200);
    expect(await org.select('ratings').select('id').execute()).toHaveLength(1);
  });

  test('CS-13: several clicks are one invitation', async () => {
    const { hub, org, agent, session } = await served();
    expect((await invite(hub, org, agent, session)).state).toBe('sent');
    expect((await invite(hub, org, agent, session)).state).toBe('open');
    expect(await org.select('invitations').select('by').execute()).toEqual([{ by: 'agent' }]);
  });
});

describe('transfer with consent (TR-02)', () => {
  async function asked() {
    const desk = await served();
    await setting(desk.hub, desk.org, 'transfers', { confirm: true, answerWithin: 30 });
    await transfer(desk.hub, desk.org, desk.agent, desk.session, { memberId: desk.other.id });
    expect(await desk.desk.session(desk.session)).toMatchObject({ agent_id: desk.agent.id, offered_to: desk.other.id });
    return desk;
  }
  const outcomes = async (org: Awaited<ReturnType<typeof asked>>['org']) =>
    await org.select('transfers').select(['outcome', 'taken_by']).orderBy('id').execute();

  test('accepted: it moves, and is one transfer', async () => {
    const { desk, hub, org, other, session } = await asked();
    await answerOffer(hub, org, other.id, session, true);
    expect(await desk.session(session)).toMatchObject({ agent_id: other.id, offered_to: null });
    expect(await outcomes(org)).toEqual([{ outcome: 'taken', taken_by: other.id }]);
  });
  test('refused: it stays, and whoever asked is told', async () => {
    const { desk, hub, org, agent, other, session, alerts } = await asked();
    await answerOffer(hub, org, other.id, session, false);
    expect((await desk.session(session)).agent_id).toBe(agent.id);
    expect(await outcomes(org)).toEqual([{ outcome: 'refused', taken_by: null }]);
    expect(await alerts()).toMatchObject([{ kind: 'transfer', member_id: agent.id, words: ['refused'] }]);
    expect(await refusal(answerOffer(hub, org, other.id, session, true))).toBe('offer_over');
  });
  test('withdrawn, and only by who may', async () => {
    const { hub, org, agent, other, session } = await asked();
    expect(await refusal(withdrawOffer(hub, org, other, session))).not.toBe('ok');
    await withdrawOffer(hub, org, agent, session);
    expect(await outcomes(org)).toEqual([{ outcome: 'withdrawn', taken_by: null }]);
  });
  test('the customer leaves meanwhile: it fails', async () => {
    const { hub, org, agent, session } = await asked();
    await close(hub, org, agent, session);
    expect(await outcomes(org)).toEqual([{ outcome: 'failed', taken_by: null }]);
  });
});

describe('tags, participants, blacklist', () => {
  test('A-25: who takes part reads and replies; who left does not', async () => {
    const { hub, org, agent, other, session } = await served();
    expect(await refusal(reply(hub, org, other.id, session, said('我来')))).toBe('not_your_session');
    await join(hub, org, agent, session, other.id);
    await reply(hub, org, other.id, session, said('我来'));
    await part(hub, org, agent, session, other.id);
    expect(await refusal(reply(hub, org, other.id, session, said('还在')))).toBe('not_your_session');
  });

  test('A-70: only tags of the tree; the event says which', async () => {
    const { desk, hub, org, agent, session } = await served();
    await setting(hub, org, 'session-tags', { tags: [{ id: id(1), name: '退货', children: [] }] });
    await tag(hub, org, agent, session, { add: [id(1)], remove: [] });
    expect((await desk.session(session)).tag_ids).toEqual([id(1)]);
    await expect(tag(hub, org, agent, session, { add: [id(2)], remove: [] })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  test('CT-05, CT-06: on the blacklist nothing is heard, and off it he is again', async () => {
    const { desk, hub, org, agent, session, says } = await served();
    const { contact_id: contact } = await desk.session(session);
    await block(hub, org, agent, contact, { on: true, reason: '骚扰' });
    expect(await desk.session(session)).toMatchObject({ state: 'closed', end_reason: 'blacklisted' });
    const before = (await desk.messages()).length;
    await says('喂');
    expect((await desk.messages()).length).toBe(before);
    expect(await desk.sessions()).toHaveLength(1);
    expect(await org.select('channel_events').select('what').execute()).toEqual([{ what: 'blocked' }]);
    expect(await org.select('contact_activities').select(['kind', 'member_id', 'data']).execute()).toEqual([
      { kind: 'blocked', member_id: agent.id, data: { reason: '骚扰' } },
    ]);
    await block(hub, org, agent, contact, { on: false, reason: null });
    await says('你好');
    expect(await desk.sessions()).toHaveLength(2);
  });

  test('DS-01: a tag put on while he waits moves him forward', async () => {
    const desk = await testDesk();
    const { hub, org } = desk;
    await setting(hub, org, 'contact-tags', {
      groups: [{ id: id(9), name: '等级', tags: [{ id: id(1), name: 'VIP' }] }],
    });
    await setting(hub, org, 'matching', { levels: [[id(1)]] });
    await word(hub, org, 'forced-human', '人工', 'equals');
    await desk.says('人工', customer(1));
    await desk.says('人工', customer(2));
    const [, second] = await desk.sessions();
    const admin = await member(hub, org, { role: 'admin', cap: 0 });
    await tagContacts(hub, org, admin, [second!.contact_id], { add: [id(1)] });
    expect((await desk.session(second!.id)).priority).toBe(1);
    const agent = await member(hub, org, { cap: 1 });
    hub.pairing.wake(org.id);
    await desk.settled();
    expect(await desk.session(second!.id)).toMatchObject({ state: 'serving', agent_id: agent });
  });
});

describe('leaving a message', () => {
  test('after hours on LINE: he hears the hours, his next words are the message', async () => {
    const desk = await testDesk();
    const { hub, org } = desk;
    const week = Array.from({ length: 7 }, () => [{ from: '00:00', to: '00:01' }]);
    await setting(hub, org, 'hours', { plans: [{ id: id(1), name: '无', week }], standard: id(1) });
    await word(hub, org, 'forced-human', '人工', 'equals');
    await desk.says('人工');
    expect(desk.line.texts().join()).toMatch(/留言/);
    await desk.says('我的订单没收到，电话 13800000000');
    expect(await org.select('leave_messages').select(['text', 'state']).execute()).toEqual([
      { text: '我的订单没收到，电话 13800000000', state: 'open' },
    ]);
  });
});

describe('decisions', () => {
  test('the stored trace of every hand-off is decided again as it was', async () => {
    const desk = await testDesk();
    const { hub, org } = desk;
    const after = await group(org, '售后');
    hub.live.publish(org.id, [{ kind: 'changed', area: 'groups' }]);
    const rule = { kind: 'rule', id: id(5), when: { connectors: ['line'] }, on: { to: 'group', groupId: after } };
    await setting(hub, org, 'routing', { rules: [rule] });
    await member(hub, org, { groupIds: [after] });
    await word(hub, org, 'forced-human', '人工', 'equals');
    await desk.says('人工');
    const [row] = await desk.sessions();
    expect(row).toMatchObject({ state: 'serving', group_id: after });
    await setting(hub, org, 'routing', { rules: [] });
    const made = await decisions(org, await decidedEvents(org, row!.id));
    expect(made.map((one) => [one.kind, one.same])).toEqual([
      ['routing', true],
      ['matching', true],
    ]);
    expect(made[0]!.reasons).toContainEqual(expect.objectContaining({ kind: 'rule', id: id(5), matched: true }));
  });
});
