import type { ReplyWindow } from './can.ts';
import { type HouseLanguage, houseText } from './house-text.ts';
import type { Inbound } from './inbound.ts';
import { type Sendable, wordsIn } from './message.ts';
import { type AutoReplyRule, NOTHING_FOUND, type Rules, type Scan } from './rules.ts';
import type { Session } from './session.ts';
import type { Step } from './step.ts';

/** What reception knows besides the event: the open session or none, the rules, and who is there. */
export interface Situation {
  session: Session | null;
  channelId: string;
  rules: Rules;
  language: HouseLanguage;
  /** May the customer end the session himself (V-11)? */
  mayEnd: boolean;
  /** Is anybody of this group at the desk (SW-01)? */
  staffed(groupId: string | null): boolean;
  /** Which place a newcomer would have in this queue, 1 is next. */
  place(groupId: string | null): number;
  /** The place of the session if it waits already. */
  ownPlace: number | null;
  /** The channel's rule of when we may write at all. */
  window?: ReplyWindow;
  /** What the customer came with; see `Inbound.entry`. */
  entry?: Record<string, string>;
  /** 0 ≤ n < 1; chooses among replies. */
  chance: number;
}

/**
 * The whole policy for what a customer does, read top to bottom. Pure: the same event in the same situation gives the
 * same steps. Kept by name (`ignored`) are no steps: the hub files them per channel.
 */
export function onInbound(event: Inbound, at: Situation): Step[] {
  const steps = decide(event, at);
  const trigger = event.trigger ?? (event.kind === 'message' ? 'message' : undefined);
  if (!trigger || !at.window?.grants?.[trigger]) return steps;
  // The right to answer comes before the answers, and after the session it is kept on.
  const opened = steps.findIndex((step) => step.do === 'open') + 1;
  if (!at.session && opened === 0) return steps;
  return [...steps.slice(0, opened), { do: 'grant', trigger, at: event.at }, ...steps.slice(opened)];
}

function decide(event: Inbound, at: Situation): Step[] {
  switch (event.kind) {
    case 'message':
      return onMessage(event, at);
    case 'wish':
      return onWish(event, at);
    case 'contact':
      if (event.change === 'removed') return [{ do: 'reach', reachable: false }];
      return [{ do: 'reach', reachable: true }, ...(event.silent ? [] : enter(at, event.entry))];
    case 'edit':
      return [{ do: 'edit', messageId: event.messageId, content: event.content }];
    case 'recall':
      return [{ do: 'recall', messageId: event.messageId }];
    case 'receipt':
      // A number only means something in its own session; that of an ended one changes nothing any more.
      if (!at.session || (event.session && event.session !== at.session.id)) return [];
      return [
        {
          do: 'receipt',
          state: event.state,
          messageIds: event.messageIds,
          seq: event.seq,
          before: event.before,
          error: event.error,
        },
      ];
    case 'echo':
      return [
        ...(at.session ? [] : [{ do: 'open', entry: event.entry } as const]),
        { do: 'echo', content: event.content, messageId: event.messageId, quoted: event.quoted },
        ...(at.session?.hushed ? [] : [{ do: 'hush' } as const]),
      ];
    case 'notice':
      return at.session ? [{ do: 'note', what: event.what, text: event.text }] : [];
    case 'ignored':
      return [];
  }
}

function onMessage(event: Extract<Inbound, { kind: 'message' }>, at: Situation): Step[] {
  const text = wordsIn(event.content);
  const found = text ? at.rules.scan(text) : NOTHING_FOUND;
  const heard: Step[] = [
    ...(at.session ? [] : [{ do: 'open', entry: event.entry } as const]),
    {
      do: 'hear',
      content: event.content,
      messageId: event.messageId,
      quoted: event.quoted,
      quoteToken: event.quoteToken,
      receipt: event.receipt,
      hits: found.reminder,
    },
    ...(found.reminder.length
      ? [{ do: 'alert', kind: 'reminder', text: excerpt(text), words: wordsOf(found.reminder) } as const]
      : []),
  ];
  if (event.silent) return heard;
  const state = at.session?.state ?? 'bot';
  if (state === 'serving') return heard;
  if (state === 'waiting')
    return found.human ? [...heard, ...tellPlace(at.session!.groupId, at.ownPlace ?? 1, at)] : heard;
  const welcome = at.session ? [] : sayWelcome(at);
  if (at.session?.hushed) return found.human || found.keywordHuman ? [...heard, ...answer(found, at, true)] : heard;
  return [...heard, ...welcome, ...answer(found, at, welcome.length > 0)];
}

/** People outrank answers (CH-08); the keyword list outranks the forced words (SW-05). */
function answer(found: Scan, at: Situation, welcomed: boolean): Step[] {
  const { mode, silentKeyword } = at.rules.reception;
  const groupId = found.keywordHuman?.groupId ?? groupOf(at);
  if (isHumanFirst(mode, at.entry) || (found.human && !found.keywordHuman)) return ask(groupId, at);
  if (found.keywordHuman && (at.staffed(groupId) || !silentKeyword)) return ask(groupId, at);
  const rule = found.replyIds.size
    ? at.rules.replies.find((one) => one.type === 'keyword' && found.replyIds.has(one.id) && serves(one, at.channelId))
    : undefined;
  if (rule) return sayRule(rule, at.chance);
  const { fallback } = at.rules.reception;
  return fallback && !welcomed ? [{ do: 'say', as: 'bot', content: { type: 'text', text: fallback } }] : [];
}

/** The group a link asks for comes before the channel's own (RT-08); the hub has looked that it is there. */
const groupOf = (at: Situation): string | null => at.entry?.group ?? at.rules.groupFor(at.channelId);

/** CH-08: a mode in the chat link overrides the channel's. */
export function isHumanFirst(mode: 'bot' | 'human', entry: Record<string, string> | undefined): boolean {
  const wished = entry?.mode;
  return wished ? wished !== 'bot' : mode === 'human';
}

function onWish(event: Extract<Inbound, { kind: 'wish' }>, at: Situation): Step[] {
  const { session } = at;
  switch (event.wish) {
    case 'enter':
      return enter(at, event.entry);
    case 'human': {
      const groupId = event.groupId ?? groupOf(at);
      if (!session) return [{ do: 'open', entry: event.entry }, ...ask(groupId, at)];
      if (session.state === 'bot') return ask(groupId, at);
      if (session.state === 'waiting') return tellPlace(session.groupId, at.ownPlace ?? 1, at);
      return [];
    }
    case 'leave-queue':
      if (session?.state !== 'waiting') return [];
      return [
        { do: 'leave' },
        { do: 'say', as: 'system', content: { type: 'text', text: houseText('left', at.language) } },
      ];
    case 'end':
      return session && at.mayEnd ? closing(at.rules, at.language, 'visitor') : [];
  }
}

/** A new session begins without a word of the customer: a welcome, if there is one. */
function enter(at: Situation, entry?: Record<string, string>): Step[] {
  if (at.session) return [];
  const welcome = sayWelcome(at);
  return welcome.length ? [{ do: 'open', entry }, ...welcome] : [];
}

/** Hand-off only ever waits; matching is `pair`'s business. The customer always hears where he stands. */
function ask(groupId: string | null, at: Situation): Step[] {
  return [{ do: 'wait', groupId }, ...tellPlace(groupId, at.place(groupId), at)];
}

function tellPlace(groupId: string | null, position: number, at: Situation): Step[] {
  const { reception } = at.rules;
  const text = at.staffed(groupId)
    ? houseText('queued', at.language, reception.queued, { position })
    : houseText('noAgent', at.language, reception.noAgent, { position });
  return [{ do: 'say', as: 'system', content: { type: 'text', text } }];
}

/** The end of a session, with the organisation's closing text. */
export function closing(
  rules: Rules,
  language: HouseLanguage,
  by: 'visitor' | 'agent' | 'system',
  memberId: string | null = null,
): Step[] {
  const text = houseText('closed', language, rules.reception.closing);
  return [
    { do: 'say', as: 'system', content: { type: 'text', text } },
    { do: 'close', by, memberId },
  ];
}

function sayWelcome(at: Situation): Step[] {
  return at.rules.replies
    .filter((rule) => rule.type === 'welcome' && serves(rule, at.channelId))
    .flatMap((rule) => sayRule(rule, at.chance));
}

function sayRule(rule: AutoReplyRule, chance: number): Step[] {
  const chosen: readonly Sendable[] =
    rule.mode === 'all' || rule.replies.length < 2
      ? rule.replies
      : [rule.replies[Math.floor(chance * rule.replies.length)]!];
  return chosen.map((content) => ({ do: 'say', as: 'bot', content, ruleId: rule.id }));
}

function serves(rule: AutoReplyRule, channelId: string): boolean {
  return rule.channelIds.length === 0 || rule.channelIds.includes(channelId);
}

const excerpt = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
const wordsOf = (hits: { word: string }[]) => [...new Set(hits.map((hit) => hit.word))];

export { excerpt, wordsOf };
