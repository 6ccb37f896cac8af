import type { AuthorType } from './message.ts';
import type { Happening } from './session.ts';
import type { Step } from './step.ts';

/**
 * The events a step makes, as far as a session depends on them: what `advance` is fed. The hub writes the same to
 * `session_events`, beside the rows of messages, waits and services that it alone knows. A step that only changes rows
 * (`recall`, `receipt`, `grant` …) makes none here. `at` epoch milliseconds.
 */
export function happenings(step: Step, at: number): Happening[] {
  const one = (
    type: string,
    actor: AuthorType = 'system',
    actorId: string | null = null,
    data: Record<string, unknown> | null = null,
  ): Happening[] => [{ type, actor, actorId, data, at }];
  switch (step.do) {
    case 'open':
      return one('opened', 'visitor', null, step.entry ? { entry: step.entry } : null);
    case 'hear':
      return one('message', 'visitor');
    case 'say':
      return one('message', step.as, null, saying(step));
    case 'reply':
      return one('message', 'agent', step.agentId);
    case 'echo':
      return one('message', 'agent');
    case 'hush':
      return one('hushed', 'agent');
    case 'wait':
      return one('waiting', 'system', null, present({ ...step, do: undefined }));
    case 'decided':
      return one('decided', 'system', null, { trace: step.trace });
    case 'rank':
      return one('ranked', 'system', null, { priority: step.priority });
    case 'release':
      return one('released');
    case 'leave':
      return one('left', 'visitor');
    case 'serve':
      return one('served', 'agent', step.agentId, present({ how: step.how, why: step.why }));
    case 'transfer':
      return one('transferred', 'agent', step.byId, { toAgentId: step.toAgentId, toGroupId: step.toGroupId });
    case 'offer':
      return one('offered', 'agent', step.byId, { to: step.toAgentId, by: step.byId, until: step.until });
    case 'offer-end':
      return one('offer-ended', step.memberId ? 'agent' : 'system', step.memberId, { outcome: step.outcome });
    case 'close':
      return one('closed', step.by, step.memberId, step.reason ? { reason: step.reason } : null);
    case 'alarm':
      return one('alarm', 'system', null, { agentId: step.agentId });
    case 'remind':
      return one(step.whom === 'visitor' ? 'reminded' : 'wait-reminded');
    case 'wait-over':
      return one('wait-over');
    case 'tag':
      return one(step.on ? 'tagged' : 'untagged', step.memberId ? 'agent' : 'system', step.memberId, {
        tagIds: step.tagIds,
      });
    case 'lock':
      return one('locked', 'agent', step.memberId, { on: step.on });
    case 'join':
    case 'part':
      return one(step.do === 'join' ? 'joined' : 'parted', 'agent', step.byId, { memberId: step.memberId });
    case 'invite':
      return one('invited', step.by === 'auto' ? 'system' : step.by, step.memberId, {
        id: step.id,
        by: step.by,
        until: step.until,
        put: step.put,
      });
    case 'rate':
      return one('rated', 'visitor', null, { invitationId: step.invitationId, stars: step.stars });
    case 'leaving':
      return one('leaving', 'system', null, { on: step.on });
    case 'leave-message':
      return one('left-message', 'visitor', null, { groupId: step.groupId });
    case 'note':
      return one('notice', 'visitor', null, present({ what: step.what, text: step.text }));
    case 'recall':
    case 'edit':
    case 'receipt':
    case 'grant':
    case 'see':
    case 'reach':
    case 'alert':
      return [];
  }
}

/**
 * What a session remembers of the house's words: a menu of its own (its options, for an answer that is a number), a text
 * said once, a text that tells where he stands. Null: nothing.
 */
export function saying(step: Extract<Step, { do: 'say' }>): Record<string, unknown> | null {
  const { content, said, told } = step;
  const menu = content.type === 'menu' && content.options.every(({ id }) => id.startsWith('haina:'));
  const data = present({ menu: menu ? content.options : undefined, said, told });
  return Object.keys(data).length ? data : null;
}

const present = (data: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
