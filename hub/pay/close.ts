import { Misconfigured, Refused, Retry, Uncertain } from '../../connectors/errors.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Hub } from '../hub.ts';
import type { Org } from '../store/org.ts';
import { OPEN, type OrderRow, openTrades, orderById } from '../store/payments.ts';
import { merchantOf } from './merchant.ts';
import { end } from './settle.ts';
import { shut } from './trade.ts';

/**
 * Nobody shall pay it any more. A payment may win: then the order comes back paid. Throws Refusal `platform_away` while
 * the platform does not say.
 */
export async function closeOrder(
  hub: Hub,
  org: Org,
  order: OrderRow,
  how: 'payment_closed' | 'payment_expired' = 'payment_closed',
): Promise<OrderRow> {
  if (!OPEN.includes(order.state)) return order;
  const merchant = await merchantOf(hub, org, order.merchant_id);
  try {
    let open = true;
    for (const trade of await openTrades(org, order.id)) open = (await shut(hub, org, merchant, trade.no)) && open;
    if (open) await end(hub, org, order, how);
  } catch (error) {
    if (error instanceof Retry || error instanceof Uncertain) throw new Refusal('platform_away', error.message);
    if (error instanceof Refused || error instanceof Misconfigured)
      throw new Refusal('platform_refused', error.message);
    throw error;
  }
  return (await orderById(org, order.id))!;
}
