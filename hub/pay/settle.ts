import type { Trade } from '../../connectors/pay/payments.ts';
import type { Step } from '../../core/step.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import type { Org } from '../store/org.ts';
import {
  addStray,
  lockOrder,
  OPEN,
  type OrderRow,
  orderById,
  patchOrder,
  patchTrade,
  tradeByNo,
} from '../store/payments.ts';
import { alarm } from './alarm.ts';
import type { OpenMerchant } from './merchant.ts';
import { notice, within } from './within.ts';

/** Something signed that does not fit what we know: kept once, and people are told once. */
export async function stray(
  hub: Hub,
  org: Org,
  merchant: OpenMerchant,
  what: { why: string; no: string; told: object; sessionId?: string },
): Promise<void> {
  const { why, no, told, sessionId = null } = what;
  const isNew = await addStray(org, {
    id: newId(),
    merchant_id: merchant.id,
    why,
    no,
    told,
    at: new Date(hub.now()),
  });
  if (isNew) await alarm(hub, org, sessionId, why, `${merchant.name} · ${no}`);
}

/**
 * What the platform signed about an order becomes ours, once, whoever heard it: a notification, a query, two hubs at the
 * same time. Merchant, account, amount and currency must be those we asked for, else nothing moves and a person is told.
 */
export async function learn(hub: Hub, org: Org, merchant: OpenMerchant, trade: Trade): Promise<void> {
  const known = await tradeByNo(org, trade.no);
  const order = known && (await orderById(org, known.order_id));
  if (!order || order.merchant_id !== merchant.id)
    return await stray(hub, org, merchant, { why: 'unknown_order', no: trade.no, told: trade });
  if (trade.state === 'closed' && known.state === 'open') return await patchTrade(org, known.no, { state: 'closed' });
  // An order of which money went back was paid before.
  if ((trade.state !== 'paid' && trade.state !== 'refunded') || !trade.transactionId) return;
  const wrong = mismatch(trade, order, merchant);
  if (wrong)
    return await stray(hub, org, merchant, { why: wrong, no: trade.no, told: trade, sessionId: order.session_id });
  await book(hub, org, merchant, order, trade);
}

function mismatch(trade: Trade, order: OrderRow, { config }: OpenMerchant): string | undefined {
  if (trade.mchId !== config.mchId) return 'wrong_merchant';
  if (trade.appId !== config.appId) return 'wrong_account';
  if (trade.amount !== order.amount) return 'wrong_amount';
  if (trade.currency !== order.currency) return 'wrong_currency';
  return undefined;
}

async function book(
  hub: Hub,
  org: Org,
  merchant: OpenMerchant,
  { id, session_id }: OrderRow,
  trade: Trade,
): Promise<void> {
  const transactionId = trade.transactionId!;
  let twice = false;
  await within(hub, org, session_id, async (tx): Promise<Step[]> => {
    const order = (await lockOrder(tx, id))!;
    await patchTrade(tx, trade.no, { state: 'paid', transaction_id: transactionId });
    twice = order.transaction_id !== null && order.transaction_id !== transactionId;
    if (order.transaction_id !== null) return [];
    // Also one that was closed or given up here: what the platform signed is what happened.
    await patchOrder(tx, id, {
      state: 'paid',
      trade_no: trade.no,
      transaction_id: transactionId,
      paid_at: new Date(trade.paidAt ?? hub.now()),
      ended_at: null,
      check_at: null,
      error_code: null,
      error_text: null,
    });
    return [notice('payment_paid', order.amount, order.currency)];
  });
  if (twice) await stray(hub, org, merchant, { why: 'paid_twice', no: trade.no, told: trade, sessionId: session_id });
}

/** It will not be paid any more. False: it was over already, perhaps paid. */
export async function end(
  hub: Hub,
  org: Org,
  order: OrderRow,
  how: 'payment_closed' | 'payment_expired',
): Promise<boolean> {
  let ended = false;
  await within(hub, org, order.session_id, async (tx): Promise<Step[]> => {
    const now = (await lockOrder(tx, order.id))!;
    ended = OPEN.includes(now.state);
    if (!ended) return [];
    await patchOrder(tx, order.id, { state: 'closed', ended_at: new Date(hub.now()), check_at: null });
    return [notice(how, order.amount, order.currency)];
  });
  return ended;
}
