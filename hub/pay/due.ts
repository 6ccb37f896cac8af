import { Misconfigured, Refused, Retry, Uncertain } from '../../connectors/errors.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Hub } from '../hub.ts';
import type { Org } from '../store/org.ts';
import { OPEN, openTrades, orderById, patchOrder, takeDue } from '../store/payments.ts';
import { closeOrder } from './close.ts';
import { merchantOf } from './merchant.ts';
import { driveRefund } from './refund.ts';
import { look, nextCheck } from './trade.ts';

/** Another hub may try when this one died over it. Milliseconds. */
const LEASE_MS = 60_000;
/** After a platform that does not answer at the end of an order. Milliseconds. */
const LATER_MS = 5 * 60_000;
/** Taken in one round. */
const MOST = 20;

/** The safety net under notifications that never come (17.5): driven by rows, called by `tick`. */
export async function payDue(hub: Hub): Promise<void> {
  const now = new Date(hub.now());
  const [orders, refunds] = [
    await takeDue(hub.db, 'pay_orders', now, LEASE_MS, MOST),
    await takeDue(hub.db, 'pay_refunds', now, LEASE_MS, MOST),
  ];
  await Promise.all([
    ...orders.map(({ organisationId, id }) => quietly(hub, id, () => checkOrder(hub, hub.db.org(organisationId), id))),
    ...refunds.map(({ organisationId, id }) =>
      quietly(hub, id, () => driveRefund(hub, hub.db.org(organisationId), id)),
    ),
  ]);
}

/** One that fails must not stop the others; its row comes again. */
async function quietly(hub: Hub, id: string, work: () => Promise<void>): Promise<void> {
  await work().catch((error: Error) =>
    hub.log.warn({ id, error: error.message }, 'a payment could not be looked after; it comes again'),
  );
}

async function checkOrder(hub: Hub, org: Org, id: string): Promise<void> {
  const order = await orderById(org, id);
  if (!order || !OPEN.includes(order.state)) return await patchOrder(org, id, { check_at: null });
  const over = order.expires_at.getTime() <= hub.now();
  const trades = await openTrades(org, id);
  const next = over
    ? new Date(hub.now() + LATER_MS)
    : nextCheck(order, trades.at(-1)?.created_at ?? order.created_at, hub.now());
  await patchOrder(org, id, { check_at: next });
  try {
    const merchant = await merchantOf(hub, org, order.merchant_id);
    for (const trade of trades) await look(hub, org, merchant, trade.no);
    const now = (await orderById(org, id))!;
    if (over && OPEN.includes(now.state)) await closeOrder(hub, org, now, 'payment_expired');
  } catch (error) {
    const expected = [Retry, Uncertain, Refused, Misconfigured, Refusal].some((kind) => error instanceof kind);
    if (!expected) throw error;
  }
}
