import type { Hub } from '../hub.ts';
import type { Org } from '../store/org.ts';
import { OPEN, orderById, patchOrder } from '../store/payments.ts';
import { closeOrder } from './close.ts';

/**
 * The message that asked for money was taken back: nobody shall pay it any more. Its time is over at once, in its row, so
 * that `tick` closes it where the platform cannot be reached now. Nothing where the message asked for none.
 */
export async function withdraw(hub: Hub, org: Org, messageId: string): Promise<void> {
  const order = await orderById(org, messageId);
  if (!order || !OPEN.includes(order.state)) return;
  const now = new Date(hub.now());
  await patchOrder(org, order.id, { expires_at: now, check_at: now });
  await closeOrder(hub, org, order).catch((error: Error) =>
    hub.log.info({ error: error.message, id: order.id }, 'a withdrawn payment is closed later'),
  );
}
