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

/**
 * A snapshot of the latest page, put to what we have. When the two do not touch, messages between them are missing and
 * only the snapshot is kept; what is older comes again on scrolling.
 */
export function resume(
  have: { messages: VisitorMessage[]; before: string | null },
  page: { messages: VisitorMessage[]; before: string | null },
): { messages: VisitorMessage[]; before: string | null } {
  const known = new Set(have.messages.map((message) => message.id));
  const touches = !page.before || !page.messages.length || page.messages.some((message) => known.has(message.id));
  if (!have.messages.length || !touches) return { messages: merge([], page.messages), before: page.before };
  return { messages: merge(have.messages, page.messages), before: page.before && have.before };
}
