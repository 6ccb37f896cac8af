import type { Sendable } from '../../core/message.ts';
import type { Org } from '../store/org.ts';
import { orderById } from '../store/payments.ts';

/** Whether an order of this very message stands behind it: a card alone, made up by a client, would be a trap. */
export async function isAskedFor(
  org: Org,
  messageId: string,
  sessionId: string,
  { id, amount, currency, description }: Extract<Sendable, { type: 'payment' }>,
): Promise<boolean> {
  const order = id === messageId ? await orderById(org, id) : undefined;
  return (
    order !== undefined &&
    order.session_id === sessionId &&
    order.amount === amount &&
    order.currency === currency &&
    order.description === description
  );
}
