import type { Step } from '../../../core/step.ts';
import { thrifty } from '../../../core/window.ts';
import { canOf } from '../rulebook.ts';
import { alert, invite, leaveMessage, rate, tag } from './care.ts';
import { type Draft, happen, sign } from './draft.ts';
import { grant } from './ledger.ts';
import { edit, recall, receipt, see } from './marks.ts';
import { echo, hear, reply, say } from './messages.ts';
import { open } from './open.ts';
import { close, leave, offer, offerEnd, serve, transfer, wait } from './queue.ts';

export type { Draft } from './draft.ts';

/** The one place where what core decided becomes rows. Mutates the draft's session row (a copy) and fills `changes`. */
export function apply(draft: Draft, steps: readonly Step[]): void {
  const { session, changes } = draft;
  if (session && draft.from > 0 && !changes.before.has(session.id)) changes.before.set(session.id, { ...session });
  for (const step of thrifty(steps, canOf(draft.channel))) one(draft, step);
  sign(draft);
}

function one(draft: Draft, step: Step): unknown {
  switch (step.do) {
    case 'open':
      return open(draft, step.entry);
    case 'grant':
      return grant(draft, step);
    case 'hear':
      return hear(draft, step);
    case 'say':
      return say(draft, step);
    case 'reply':
      return reply(draft, step);
    case 'echo':
      return echo(draft, step);
    case 'wait':
      return wait(draft, step);
    case 'leave':
      return leave(draft, step);
    case 'serve':
      return serve(draft, step);
    case 'transfer':
      return transfer(draft, step);
    case 'offer':
      return offer(draft, step);
    case 'offer-end':
      return offerEnd(draft, step);
    case 'close':
      return close(draft, step);
    case 'tag':
      return tag(draft, step);
    case 'invite':
      return invite(draft, step);
    case 'rate':
      return rate(draft, step);
    case 'leave-message':
      return leaveMessage(draft, step);
    case 'recall':
      return recall(draft, step.messageId);
    case 'edit':
      return edit(draft, step);
    case 'receipt':
      return receipt(draft, step);
    case 'see':
      return see(draft, step);
    case 'hush':
    case 'decided':
    case 'rank':
    case 'release':
    case 'alarm':
    case 'remind':
    case 'wait-over':
    case 'lock':
    case 'join':
    case 'part':
    case 'leaving':
    case 'note':
      return happen(draft, step);
    case 'reach':
      return draft.changes.reached.push({ id: draft.identity.id, reachable: step.reachable });
    case 'alert':
      return alert(draft, step);
    default:
      return step satisfies never;
  }
}
