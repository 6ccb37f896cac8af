import { excerpt, wordsOf } from './excerpt.ts';
import type { Inbound } from './inbound.ts';
import { hear } from './reception/hear.ts';
import { leaveMessage } from './reception/leave.ts';
import { rate } from './reception/rate.ts';
import { enter, grantWish } from './reception/wish.ts';
import type { Situation } from './situation.ts';
import type { Step } from './step.ts';

export { closing } from './reception/closing.ts';
export { isBack } from './reception/serve.ts';
export { offHoursText } from './reception/stand.ts';
export type { Situation } from './situation.ts';

/**
 * The whole policy for what a customer does, read from here on down. Pure: the same event in the same situation gives the
 * same steps. Kept by name (`ignored`) are no steps: the hub files them per channel. Where no session is open, `rate`,
 * `invite` and `say` without an `open` before them are for the session of `at.rateable`.
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
      return hear(event, at);
    case 'wish':
      return grantWish(event, at);
    case 'rate':
      return rate(event, at);
    case 'leave-message':
      return leftAMessage(event, at);
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

/** V-09: a form was filled in. Its words are looked through like any others of his (SW-09). */
function leftAMessage(event: Extract<Inbound, { kind: 'leave-message' }>, at: Situation): Step[] {
  const hits = event.text ? at.rules.scan(event.text).reminder : [];
  return [
    ...(at.session ? [] : [{ do: 'open', entry: event.entry } as const]),
    ...(hits.length
      ? [{ do: 'alert', kind: 'reminder', text: excerpt(event.text), words: wordsOf(hits) } as const]
      : []),
    ...leaveMessage(event.form, event.text, at),
  ];
}
