import type { VisitorMessage } from '../../../../hub/shapes/visitor.ts';
import { compare } from './place.ts';

const STEPS = ['failed', 'pending', 'sent', 'delivered', 'read'];

/**
 * Joins two accounts of one message. Neither has to be the newer one: what was taken back stays taken back and
 * delivery only moves forward, so snapshots and news may arrive in any order and any number of times.
 */
function join(old: VisitorMessage, fresh: VisitorMessage): VisitorMessage {
  const recalled = old.recalled || fresh.recalled;
  const delivery = STEPS.indexOf(fresh.delivery) >= STEPS.indexOf(old.delivery) ? fresh.delivery : old.delivery;
  return { ...fresh, delivery, recalled, content: recalled ? null : fresh.content };
}

/** The messages of `old` and `fresh` together, each once, in the order of their cursors. `old` is left alone. */
export function merge(old: readonly VisitorMessage[], fresh: readonly VisitorMessage[]): VisitorMessage[] {
  if (!fresh.length) return old as VisitorMessage[];
  const all = new Map(old.map((message) => [message.id, message]));
  for (const message of fresh) {
    const known = all.get(message.id);
    all.set(message.id, known ? join(known, message) : message);
  }
  return [...all.values()].sort((a, b) => compare(a.cursor, b.cursor));
}

export interface Held {
  messages: VisitorMessage[];
  before: string | null;
}

/**
 * A snapshot of the latest page, put to what we have. When the two do not touch, or what we have began with a hole
 * (`whole` is false), only the snapshot and what is later is kept; what is older comes again on scrolling.
 */
export function resume(have: Held, page: Held, whole = true): Held {
  const first = page.messages[0];
  if (!first) return { messages: have.messages, before: have.before };
  const known = new Set(have.messages.map((message) => message.id));
  if (whole && have.messages.length && (!page.before || page.messages.some((message) => known.has(message.id)))) {
    return { messages: merge(have.messages, page.messages), before: page.before && have.before };
  }
  const later = have.messages.filter((message) => compare(message.cursor, first.cursor) >= 0);
  return { messages: merge(later, page.messages), before: page.before };
}
