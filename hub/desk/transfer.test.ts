import { describe, expect, test } from 'vitest';
import type { Org } from '../store/org.ts';
import { putSettings } from '../store/settings.ts';
import { group, member } from '../test/build.ts';
import { queueUp, refusal, type TestDesk, testDesk } from '../test/desk.ts';
import { accept } from './accept.ts';
import { close } from './close.ts';
import { answerOffer, transfer, withdrawOffer } from './transfer.ts';
import { wake } from './wake.ts';

const transfers = async (org: Org) =>
  await org
    .select('transfers')
    .select(['from_agent_id', 'to_agent_id', 'to_group_id', 'by_id', 'taken_by', 'outcome'])
    .orderBy('at')
    .orderBy('id')
    .execute();

/** One session that `me` serves, a colleague at his desk, and whether consent is asked for. */
async function served(confirm: boolean) {
  const desk: TestDesk = await testDesk();
  const { hub, org, channel } = desk;
  await putSettings(org, 'transfers', 0, { confirm, answerWithin: 60 }, new Date(hub.now()));
  hub.live.publish(org.id, [{ kind: 'changed', area: 'settings' }]);
  const [id] = await queueUp(hub, org, channel.id, 1);
  const me = await member(hub, org, { cap: 0 });
  await org.update('members').set({ cap: 1 }).where('id', '=', me).execute();
  await accept(hub, org, me, id!);
  const colleague = await member(hub, org, { cap: 0 });
  return { ...desk, id: id!, me, by: { id: me, role: 'agent' } as const, colleague };
}
const types = async (desk: Awaited<ReturnType<typeof served>>) =>
  (await desk.events(desk.id)).map((event) => event.type).slice(3);

describe('TR-02: with consent', () => {
  test('the session stays until he says yes; one row of transfers tells of it', async () => {
    const desk = await served(true);
    const { hub, org, id, me, by, colleague } = desk;
    await transfer(hub, org, by, id, { memberId: colleague });
    expect(await desk.session(id)).toMatchObject({ state: 'serving', agent_id: me, offered_to: colleague });
    // A second click is the same request.
    await transfer(hub, org, by, id, { memberId: colleague });
    await answerOffer(hub, org, colleague, id, true);
    expect(await desk.session(id)).toMatchObject({ state: 'serving', agent_id: colleague, offered_to: null });
    expect(await types(desk)).toEqual(['offered', 'offer-ended', 'transferred', 'served']);
    expect(await transfers(org)).toEqual([
      {
        from_agent_id: me,
        to_agent_id: colleague,
        to_group_id: null,
        by_id: me,
        taken_by: colleague,
        outcome: 'taken',
      },
    ]);
    const services = await org.select('services').select(['agent_id', 'how', 'ended_at']).orderBy('id').execute();
    expect(services.map((row) => [row.agent_id, row.how, row.ended_at === null])).toEqual([
      [me, 'accepted', false],
      [colleague, 'transferred', true],
    ]);
    expect(await refusal(answerOffer(hub, org, colleague, id, true))).toBe('offer_over');
  });
  test('no, and whoever asked is told', async () => {
    const desk = await served(true);
    const { hub, org, id, me, by, colleague } = desk;
    await transfer(hub, org, by, id, { memberId: colleague });
    expect(await refusal(answerOffer(hub, org, me, id, true))).toBe('not_allowed');
    await answerOffer(hub, org, colleague, id, false);
    expect(await desk.session(id)).toMatchObject({ state: 'serving', agent_id: me, offered_to: null });
    expect((await transfers(org)).map((row) => row.outcome)).toEqual(['refused']);
    expect(await desk.alerts()).toMatchObject([{ kind: 'transfer', member_id: me, words: ['refused'] }]);
  });
  test('no answer in time', async () => {
    const desk = await served(true);
    const { hub, org, id, me, by, colleague, clock } = desk;
    await transfer(hub, org, by, id, { memberId: colleague });
    clock.pass(59_999);
    await wake(hub);
    expect((await desk.session(id)).offered_to).toBe(colleague);
    clock.pass(1);
    await wake(hub);
    await wake(hub);
    expect(await desk.session(id)).toMatchObject({ state: 'serving', agent_id: me, offered_to: null });
    expect((await transfers(org)).map((row) => row.outcome)).toEqual(['expired']);
    expect(await desk.alerts()).toMatchObject([{ kind: 'transfer', member_id: me, words: ['expired'] }]);
  });
  test('taken back, or put to another', async () => {
    const desk = await served(true);
    const { hub, org, id, by, colleague } = desk;
    const third = await member(hub, org);
    await transfer(hub, org, by, id, { memberId: colleague });
    await transfer(hub, org, by, id, { memberId: third });
    expect((await desk.session(id)).offered_to).toBe(third);
    expect(await refusal(answerOffer(hub, org, colleague, id, true))).toBe('not_allowed');
    await withdrawOffer(hub, org, by, id);
    expect((await transfers(org)).map((row) => [row.to_agent_id, row.outcome])).toEqual([
      [colleague, 'withdrawn'],
      [third, 'withdrawn'],
    ]);
    expect(await refusal(answerOffer(hub, org, third, id, true))).toBe('offer_over');
  });
  test('TR-05: the customer’s end is the end of it', async () => {
    const desk = await served(true);
    const { hub, org, id, by, colleague } = desk;
    await transfer(hub, org, by, id, { memberId: colleague });
    await close(hub, org, by, id);
    expect((await desk.session(id)).offered_to).toBeNull();
    expect((await transfers(org)).map((row) => row.outcome)).toEqual(['failed']);
    expect(await refusal(answerOffer(hub, org, colleague, id, true))).toBe('session_closed');
  });
});

describe('TR-01: without', () => {
  test('A-33: a colleague has it at once, though his cap is 0', async () => {
    const desk = await served(false);
    const { hub, org, id, me, by, colleague } = desk;
    await transfer(hub, org, by, id, { memberId: colleague });
    expect(await desk.session(id)).toMatchObject({ state: 'serving', agent_id: colleague });
    expect(await transfers(org)).toMatchObject([{ from_agent_id: me, to_agent_id: colleague, outcome: 'taken' }]);
  });
  test('TR-03, TR-05: a group’s queue has it, unless nobody is in it; who leaves the queue makes it fail', async () => {
    const desk = await served(false);
    const { hub, org, id, by } = desk;
    const [empty, staffed] = [await group(org, 'empty'), await group(org, 'staffed')];
    await member(hub, org, { groupIds: [staffed], present: false });
    expect(await refusal(transfer(hub, org, by, id, { groupId: empty }))).toBe('group_empty');
    await transfer(hub, org, by, id, { groupId: staffed });
    expect(await desk.session(id)).toMatchObject({ state: 'waiting', group_id: staffed, agent_id: null });
    await close(hub, org, { id: by.id, role: 'supervisor' }, id);
    expect((await transfers(org)).map((row) => [row.to_group_id, row.outcome])).toEqual([[staffed, 'failed']]);
  });
});
