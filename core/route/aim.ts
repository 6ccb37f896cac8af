import type { Floor, GroupFloor } from '../floor.ts';
import { estimate } from '../queue.ts';
import type { Target } from '../settings/index.ts';
import type { Asking, Outcome, Reason } from './decision.ts';
import type { ReasonCode } from './reasons.ts';
import type { Routes } from './routes.ts';

/** All that one decision looks at. */
export interface Look {
  asking: Asking;
  routes: Routes;
  floor: Floor;
  /** Where reasons are written down; null: nobody asks. */
  reasons: Reason[] | null;
}

/** What a target comes to. */
export interface Aim {
  outcome: Outcome;
  /** Working time where he is sent: SW-06. */
  working: boolean;
  code: ReasonCode;
  params?: Reason['params'];
}
/** Why it comes to nothing, and the next is asked. */
export interface Pass {
  pass: ReasonCode;
  params?: Reason['params'];
}

const NOBODY: GroupFloor = { open: true, opensAt: null, members: 0, present: 0, free: 0, waiting: 0, pace: null };

/** The queue of everybody is always there. */
export const floorOf = ({ floor }: Look, groupId: string | null): GroupFloor | null =>
  floor.group(groupId) ?? (groupId === null ? NOBODY : null);

/** RT-14: with the switch off, sessions are given out after hours too. */
const worked = ({ routes }: Look, group: GroupFloor) => group.open || !routes.settings.matching.onlyInHours;

/** V-39: the channel's own way goes before the house's. */
export const afterHoursOf = ({ asking, routes }: Look) => asking.afterHours ?? routes.settings.reception.afterHours;

/** Into a queue, or what the organisation does where nobody is there or it is closed. */
export function toGroup(look: Look, groupId: string | null): Aim | Pass {
  const group = floorOf(look, groupId);
  const params = { groupId: groupId ?? '' };
  if (!group) return { pass: 'group-gone', params };
  if (groupId !== null && group.members === 0) return { pass: 'group-empty', params };
  const { nobody } = look.routes.settings.reception;
  const afterHours = afterHoursOf(look);
  const aim = (outcome: Outcome, code: ReasonCode, more = {}): Aim => ({
    outcome,
    working: group.open,
    code,
    params: { ...params, ...more },
  });
  if (!group.open) {
    if (afterHours === 'leave') return aim({ to: 'leave', groupId, why: 'off-hours' }, 'group-closed');
    if (afterHours === 'hours') return aim({ to: 'hours', groupId, opensAt: group.opensAt }, 'group-closed');
    return aim(wait(look, groupId, group), 'group-closed');
  }
  if (group.present > 0)
    return group.free > 0
      ? aim(wait(look, groupId, group), 'group-free')
      : aim(wait(look, groupId, group), 'group-busy', { waiting: group.waiting });
  return aim(nobody === 'queue' ? wait(look, groupId, group) : { to: 'leave', groupId, why: 'nobody' }, 'group-nobody');
}

/** In this queue. Nobody is idle for him after hours, unless sessions are given out then (RT-14). */
export function wait(look: Look, groupId: string | null, group: GroupFloor): Outcome & { to: 'wait' } {
  const position = group.waiting + 1;
  const working = worked(look, group);
  return {
    to: 'wait',
    groupId,
    agentId: null,
    position,
    seconds: working ? estimate(position, group.pace, group.free) : null,
    present: group.present > 0,
    idle: working && group.free > 0,
  };
}

/**
 * For this agent first, in the queue of `groupId` or of one of his groups: the first where it is working time. Where it is
 * nowhere he is not waited for (RT-14), unless an admin has `asked` for him after hours: then he has to take it himself.
 */
export function toAgent(look: Look, memberId: string, groupId: string | null, asked = false): Aim | Pass {
  const agent = look.floor.agent(memberId);
  const params = { memberId };
  if (!agent) return { pass: 'agent-gone', params };
  if (!agent.present) return { pass: 'agent-away', params };
  if (!agent.free && !look.routes.settings.queues.on) return { pass: 'agent-busy', params };
  const seat = seatOf(look, groupId === null ? agent.groupIds : [groupId, ...agent.groupIds]);
  const given = worked(look, seat.group);
  if (!given && !asked) return { pass: 'agent-off-hours', params };
  const idle = given && agent.free;
  const queue = wait(look, seat.groupId, seat.group);
  return {
    outcome: { ...queue, agentId: memberId, seconds: idle ? 0 : queue.seconds, present: true, idle },
    working: seat.group.open,
    code: 'agent-there',
    params,
  };
}

/** Whose queue he is waited for in; everybody's where none of the groups exists. */
function seatOf(look: Look, groupIds: readonly string[]): { groupId: string | null; group: GroupFloor } {
  let first: { groupId: string; group: GroupFloor } | null = null;
  for (const groupId of groupIds) {
    const group = floorOf(look, groupId);
    if (group && worked(look, group)) return { groupId, group };
    if (group) first ??= { groupId, group };
  }
  return first ?? { groupId: null, group: floorOf(look, null)! };
}

/** The target of a rule, or of the fallback, at this hour (RT-01, RT-03, RT-18, WT-06). */
export function targetNow(look: Look, { on, off }: Targets): { open: boolean; target: Target; asked: boolean } {
  const { open } = floorOf(look, ownGroup(on)) ?? floorOf(look, null)!;
  return { open, target: open ? on : (off ?? on), asked: !open && off !== null };
}
export interface Targets {
  on: Target;
  off: Target | null;
}

/** The group a target speaks of. */
const ownGroup = (target: Target) => (target.to === 'group' || target.to === 'agent' ? target.groupId : null);

/** What that target comes to. */
export function toTarget(look: Look, targets: Targets): { open: boolean; to: Aim | Pass } {
  const { open, target, asked } = targetNow(look, targets);
  switch (target.to) {
    case 'group':
      return { open, to: toGroup(look, target.groupId) };
    case 'everybody':
      return { open, to: toGroup(look, null) };
    case 'agent': {
      const agent = toAgent(look, target.memberId, target.groupId, asked);
      if (!('pass' in agent) || target.groupId === null) return { open, to: agent };
      const group = toGroup(look, target.groupId);
      return { open, to: { ...group, params: { ...group.params, memberId: target.memberId, instead: agent.pass } } };
    }
    case 'bot':
      return { open, to: { outcome: { to: 'bot', why: 'rule' }, working: open, code: 'to-bot' } };
    case 'leave': {
      const outcome = { to: 'leave', groupId: ownGroup(targets.on), why: open ? 'rule' : 'off-hours' } as const;
      return { open, to: { outcome, working: open, code: 'to-leave' } };
    }
  }
}
