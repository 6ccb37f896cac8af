import * as desk from '../../core/desk.ts';
import { groupTakesOver } from '../../core/greet.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Hub } from '../hub.ts';
import type { Org } from '../store/org.ts';
import { groupSize, lockAgents } from '../store/sessions.ts';
import { act, type Seen } from './act.ts';
import { lookAtFloor } from './floor.ts';
import { greetings } from './greet.ts';

/** To a colleague, at once or once he agrees (SS-08), or into a group's queue (TR-01…TR-03). */
export async function transfer(
  hub: Hub,
  org: Org,
  by: desk.By,
  sessionId: string,
  to: { memberId: string } | { groupId: string },
) {
  await hub.directory.members(org.id);
  return await act(
    hub,
    org,
    sessionId,
    async (seen) => {
      const { settings } = seen.rules;
      const how = { settings: settings.transfers, desk: settings.desk, at: hub.now() };
      if ('groupId' in to) {
        const members = await groupSize(seen.org, to.groupId);
        if (members === null) throw new Refusal('not_found');
        const target = { kind: 'group', groupId: to.groupId, members } as const;
        return desk.transfer(seen.session, by, target, { ...how, greetings: await groupGreets(hub, seen, to.groupId) });
      }
      const [member] = await lockAgents(seen.org, { ids: [to.memberId] });
      if (!member) throw new Refusal('not_found');
      const present = member.present_until !== null && member.present_until.getTime() > hub.now();
      const available = !member.disabled_at && present && (member.status === 'online' || member.status === 'busy');
      const greets = await greetings(hub, org, seen.session, member.id, 'transferred', seen.rules);
      return desk.transfer(seen.session, by, { kind: 'member', member, available }, { ...how, greetings: greets });
    },
    { locked: true },
  );
}

/** TR-04: the customer hears the group's greeting, or when it is there again. */
async function groupGreets(hub: Hub, { org, session, rules }: Seen, groupId: string) {
  const floor = await lookAtFloor(hub, org, rules);
  const group = (id: string) => rules.groups.get(id) ?? null;
  return groupTakesOver(groupId, { group, floor, said: session.marks.said }, rules.settings.transfers);
}

/** TR-02: the colleague who was asked to take over answers. */
export async function answerOffer(hub: Hub, org: Org, memberId: string, sessionId: string, accepts: boolean) {
  await hub.directory.members(org.id);
  return await act(
    hub,
    org,
    sessionId,
    async ({ org: tx, session, rules }) => {
      await lockAgents(tx, { ids: [memberId] });
      const greets = await greetings(hub, org, session, memberId, 'transferred', rules);
      return desk.answerOffer(session, memberId, accepts, { at: hub.now(), greetings: greets });
    },
    { locked: true },
  );
}

export async function withdrawOffer(hub: Hub, org: Org, by: desk.By, sessionId: string) {
  return await act(hub, org, sessionId, ({ session }) => desk.withdraw(session, by));
}
