import type { Decision, Reason, Via } from '../../../../core/route/decision.ts';
import type { Mode, Queues, Reception, Routing } from './shapes.ts';

/** What the what-if form asks (POST /routing/what-if). */
export interface Question {
  channelId: string;
  /** A customer who is known. */
  contactId?: string;
  /** Besides those he has. */
  tags: string[];
  entry: Record<string, string>;
  /** ISO 8601; left out: now. */
  at?: string;
  /** The customer's words; left out: he has only come in. */
  text?: string;
  groupId?: string;
  /** Documents that are not saved yet. */
  document?: { routing?: Routing; queues?: Queues; reception?: Reception };
}
export interface Answer {
  plan: { id: string; name: string } | null;
  mode: Mode;
  /** What the words mean: a forced-human word, a keyword of the keyword list, and the group that keyword names. */
  said: { human: boolean; keyword: boolean; groupId: string | null };
  /** How a person would be asked for; null: nobody is, and the decision is what the button would give. */
  asked: Via | null;
  /** Null: he is on the blacklist. */
  decision: Decision | null;
  reasons: Reason[];
  agents: {
    id: string;
    name: string;
    would: boolean;
    code: string;
    params?: Record<string, string | number>;
  }[];
  hours: { open: boolean; opensAt: string | null };
  contact: {
    id: string;
    name: string;
    tagIds: string[];
    blocked: boolean;
    openSession: { id: string; state: string } | null;
    closedBy: { agentId: string; at: string } | null;
    regularAgentId: string | null;
  } | null;
  /** The channel's own way after hours, while it is. */
  offHours: 'form' | 'text' | 'chat' | null;
}

/** A sentence by its key, with what goes into it. */
export interface Sentence {
  key: string;
  values?: Record<string, string | number>;
}

/** What becomes of him, in one line. */
export const headline = ({ asked, decision, contact }: Answer): Sentence =>
  contact?.blocked ? { key: 'out.blocked' } : outcomeOf(asked ? decision : null);

/** What becomes of the customer. Ids stay ids; whoever shows it puts the names in. */
export function outcomeOf(decision: Pick<Decision, 'outcome'> | null): Sentence {
  if (!decision) return { key: 'out.none' };
  const { outcome } = decision;
  switch (outcome.to) {
    case 'wait': {
      const group = outcome.groupId ?? '*';
      if (outcome.agentId) return { key: 'out.agent', values: { agent: outcome.agentId, group } };
      if (outcome.idle) return { key: 'out.free', values: { group } };
      return {
        key: outcome.present ? 'out.wait' : 'out.wait.nobody',
        values: { group, position: outcome.position },
      };
    }
    case 'leave':
      return { key: `out.leave.${outcome.why}` };
    case 'hours':
      return { key: 'out.hours' };
    case 'bot':
      return { key: `out.bot.${outcome.why}` };
  }
}

/**
 * The usual reasons why something else happened than an admin expected (RT-19; seed 001, questions 7, 8, 9, 11, 12), as far
 * as they apply, the weightiest first.
 */
export function hintsOf(question: Question, answer: Answer): Sentence[] {
  const { asked, decision, reasons, mode, said, hours } = answer;
  const hints = aboutHim(answer);
  if (!decision) return hints;
  const has = (code: string) => reasons.some((reason) => reason.code === code);
  const silent = !question.text?.trim();
  // Q9: the link outranks plan and channel.
  if (has('mode-link')) hints.push({ key: 'hint.mode.link', values: { mode } });
  // Q11 (3): human first, but nothing said yet.
  if (!asked && mode !== 'bot' && silent && has('mode-after-message')) hints.push({ key: 'hint.silent' });
  if (!asked && mode === 'bot') hints.push({ key: silent ? 'hint.bot.silent' : 'hint.bot.word' });
  if (!asked) return hints;
  const { by, outcome, open } = decision;
  const late = reasons.filter((reason) => reason.kind === 'rule' && reason.code === 'earlier');
  // Q8 (1): what was passed in outranks the smart rules.
  if (late.length && by.kind !== 'rule') hints.push({ key: `hint.passed.${by.kind}`, values: { n: late.length } });
  // Q7, Q8 (2): several hold, the first decides.
  if (late.length && by.kind === 'rule') hints.push({ key: 'hint.first', values: { n: late.length } });
  // Q11 (1), Q12 (1).
  if (!open || (!hours.open && outcome.to !== 'wait')) hints.push({ key: 'hint.closed' });
  // Q12: a keyword finds only who is free.
  if (asked === 'keyword' && outcome.to === 'bot' && outcome.why === 'keyword') hints.push({ key: 'hint.keyword' });
  // Q11 (2), Q12 (2).
  const busy = reasons.find((reason) => reason.code === 'group-busy');
  const nobody = reasons.find((reason) => reason.code === 'group-nobody');
  const lonely = outcome.to === 'wait' && !outcome.present && open ? outcome.groupId : undefined;
  if (nobody) hints.push({ key: 'hint.nobody', values: groupIn(nobody) });
  else if (lonely !== undefined) hints.push({ key: 'hint.nobody', values: { group: lonely ?? '*' } });
  if (busy) hints.push({ key: 'hint.busy', values: groupIn(busy) });
  const away = reasons.find((reason) => reason.code === 'agent-away' || reason.code === 'agent-gone');
  if (away && !away.matched) hints.push({ key: 'hint.away', values: { agent: String(away.params?.memberId ?? '') } });
  const passed = reasons.find((reason) => reason.code === 'queue-over');
  if (passed) hints.push({ key: 'hint.overflowed', values: { group: String(passed.params?.groupId || '*') } });
  if (said.human && said.keyword) hints.push({ key: 'hint.both' });
  return hints;
}

/** What is known of the customer who was named, and of the channel after hours. */
function aboutHim({ contact, asked, offHours }: Answer): Sentence[] {
  const hints: Sentence[] = [];
  const name = contact?.name ?? '';
  if (contact?.blocked) return [{ key: 'hint.contact.blocked', values: { name } }];
  if (contact?.openSession) hints.push({ key: 'hint.contact.open', values: { name } });
  if (contact?.closedBy && asked === 'back')
    hints.push({ key: 'hint.contact.back', values: { name, agent: contact.closedBy.agentId } });
  if (contact?.regularAgentId)
    hints.push({ key: 'hint.contact.regular', values: { name, agent: contact.regularAgentId } });
  if (offHours) hints.push({ key: `hint.offHours.${offHours}` });
  return hints;
}
const groupIn = (reason: Reason) => ({ group: String(reason.params?.groupId || '*') });
