import { Refusal } from '../refusal.ts';
import type { Session } from '../session.ts';
import type { Desk, Transfers } from '../settings/index.ts';
import type { Step } from '../step.ts';
import { type By, mayRun } from './member.ts';
import { mustHave } from './right.ts';

/** `available`: at his desk. `members`: of the group, at the desk or not. */
export type Target =
  | { kind: 'member'; member: { id: string }; available: boolean }
  | { kind: 'group'; groupId: string; members: number };

export interface Transferring {
  settings: Pick<Transfers, 'confirm' | 'answerWithin'>;
  desk: Pick<Desk, 'mayTransfer'>;
  /** Now, epoch milliseconds. */
  at: number;
  /** What the customer hears of the new group or agent (TR-04): of `core/greet.ts`, which knows SS-09. */
  greetings?: readonly Step[];
}

/**
 * TR-01…TR-03, SS-08. A group's queue takes it, at the customer's level. A colleague takes over at once, cap or not,
 * unless he is not there; where the organisation wants his consent he is asked first and the session stays where it is. Nobody
 * is asked for what he does himself, nor for a session that nobody serves. A new request takes the place of an open one;
 * the same request again changes nothing. Agents only where the organisation lets them (TR-07).
 */
export function transfer(
  session: Session,
  by: By,
  to: Target,
  { settings, desk, at, greetings = [] }: Transferring,
): Step[] {
  mayRun(session, by);
  mustHave(by, 'mayTransfer', desk);
  const { offer } = session.marks;
  const instead = offer ? takenBack(offer, by) : [];
  if (to.kind === 'group') {
    if (to.members === 0) throw new Refusal('group_empty');
    if (session.state === 'waiting' && session.groupId === to.groupId && !session.wanted) return [];
    return [
      ...instead,
      { do: 'transfer', byId: by.id, toAgentId: null, toGroupId: to.groupId },
      { do: 'wait', groupId: to.groupId, priority: session.priority },
      ...greetings,
    ];
  }
  const toAgentId = to.member.id;
  if (session.state === 'serving' && toAgentId === session.agentId) throw new Refusal('taken');
  if (!to.available) throw new Refusal('member_unavailable');
  if (settings.confirm && session.state === 'serving' && toAgentId !== by.id) {
    if (offer?.to === toAgentId && at < offer.until) return [];
    return [...instead, { do: 'offer', byId: by.id, toAgentId, until: at + settings.answerWithin * 1000 }];
  }
  return [...instead, ...handOver(by.id, toAgentId, greetings)];
}

const handOver = (byId: string, toAgentId: string, greetings: readonly Step[]): Step[] => [
  { do: 'transfer', byId, toAgentId, toGroupId: null },
  { do: 'serve', agentId: toAgentId, how: 'transferred' },
  ...greetings,
];

/** TR-02: the colleague who was asked says yes, and has it; or no, and whoever asked is told. */
export function answerOffer(
  session: Session,
  memberId: string,
  accepts: boolean,
  { at, greetings = [] }: Pick<Transferring, 'at' | 'greetings'>,
): Step[] {
  if (session.state === 'closed') throw new Refusal('session_closed');
  const { offer } = session.marks;
  if (!offer || at >= offer.until) throw new Refusal('offer_over');
  if (offer.to !== memberId) throw new Refusal('not_allowed');
  if (!accepts) return failed(session, 'refused', memberId);
  return [{ do: 'offer-end', outcome: 'accepted', memberId }, ...handOver(offer.by ?? memberId, memberId, greetings)];
}

/** Takes the request back: whoever asked, whoever serves it now, or who leads. */
export function withdraw(session: Session, by: By): Step[] {
  if (session.state === 'closed') throw new Refusal('session_closed');
  const { offer } = session.marks;
  if (!offer) throw new Refusal('offer_over');
  if (offer.by !== by.id) mayRun(session, by);
  return takenBack(offer, by);
}

/** Whoever asked is told, unless he took it back himself. */
const takenBack = (offer: Offer, by: By): Step[] => [
  { do: 'offer-end', outcome: 'withdrawn', memberId: by.id },
  ...(offer.by === by.id ? [] : tell(offer, 'withdrawn')),
];

/** TR-02, TR-05: the request came to nothing; whoever asked is told, its outcome among the alert's words. Nothing where none is open. */
export function failed(session: Session, outcome: 'refused' | 'expired', memberId: string | null): Step[] {
  const { offer } = session.marks;
  if (!offer) return [];
  return [{ do: 'offer-end', outcome, memberId }, ...tell(offer, outcome)];
}

type Offer = NonNullable<Session['marks']['offer']>;
const tell = (offer: Offer, outcome: 'refused' | 'expired' | 'withdrawn'): Step[] => [
  { do: 'alert', kind: 'transfer', text: '', words: [outcome], ...(offer.by && { agentId: offer.by }) },
];
