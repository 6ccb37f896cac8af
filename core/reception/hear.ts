import { excerpt, wordsOf } from '../excerpt.ts';
import { greeterOf, greeting, groupGreeting, welcome } from '../greet.ts';
import type { Inbound } from '../inbound.ts';
import { chosen } from '../menu.ts';
import { wordsIn } from '../message.ts';
import { NOTHING_FOUND, type Scan } from '../rules.ts';
import type { Situation } from '../situation.ts';
import type { Step } from '../step.ts';
import { choose } from './choose.ts';
import { leaveMessage } from './leave.ts';
import { rateInWords } from './rate.ts';
import { serve } from './serve.ts';
import { stillWaiting } from './waiting.ts';

type Message = Extract<Inbound, { kind: 'message' }>;

/** The customer says something. An answer to the rating of an ended session is that and no new beginning. */
export function hear(event: Message, at: Situation): Step[] {
  if (!at.session && !event.silent) {
    const rated = rateInWords(event.content, at);
    if (rated) return rated;
  }
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
  // Another application is in charge: kept and told, not answered.
  if (event.silent) return heard;
  const opening = at.session?.hushed ? [] : open(at);
  return [...heard, ...opening, ...answer(event, text, found, at, opening.length > 0)];
}

/** What comes with the first words: the welcome where he has not entered before, the greetings (AR-12, SG-04). */
function open(at: Situation): Step[] {
  const { session } = at;
  if (!session) return [...welcome(at), ...greeting(at)];
  if (session.marks.heard) return [];
  const taken = session.state === 'waiting' || session.state === 'serving';
  return [...greeting(at), ...(taken ? groupGreeting(session.groupId, greeterOf(at)) : [])];
}

/** A choice outranks a rating, that a message left, and that what the queue or the rules would say. */
function answer(event: Message, text: string, found: Scan, at: Situation, greeted: boolean): Step[] {
  const { session } = at;
  const choice = chosen(session?.marks.menu, event.content);
  const done = choice === null ? null : choose(choice, at);
  if (done) return done;
  const rated = session && rateInWords(event.content, at);
  if (rated) return rated;
  if (session?.state === 'serving') return [];
  // Asking again for a person is not the message he was to leave.
  if (session?.marks.leaving && !found.human) return leaveMessage({}, text || `[${event.content.type}]`, at);
  return session?.state === 'waiting' ? stillWaiting(found, at) : serve(found, at, greeted);
}
