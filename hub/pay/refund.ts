import { Misconfigured, Refused, Retry, Uncertain } from '../../connectors/errors.ts';
import type { Refund } from '../../connectors/pay/payments.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Step } from '../../core/step.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { audit } from '../store/audit.ts';
import type { Org } from '../store/org.ts';
import {
  addRefund,
  lockOrder,
  type OrderRow,
  orderById,
  patchOrder,
  patchRefund,
  type RefundRow,
  refundById,
  refundsOf,
} from '../store/payments.ts';
import { alarm } from './alarm.ts';
import { merchantOf, type OpenMerchant } from './merchant.ts';
import { type Notice, notice, within } from './within.ts';

/** At most so many of one order (17.7). */
const MOST_REFUNDS = 50;
/** The platform is asked again after so long, then every hour. Milliseconds. */
const PAUSES = [10_000, 30_000, 60_000, 180_000, 600_000, 1_800_000];
const HOUR = 3_600_000;

/**
 * Money goes back, all of it or a part. The row with our number is there before the call, so whatever becomes of the call,
 * it is repeated with the same number and is the same refund. Throws Refusal.
 */
export async function refundOrder(
  hub: Hub,
  org: Org,
  memberId: string,
  orderId: string,
  wish: { id: string; amount?: number; reason?: string },
): Promise<RefundRow> {
  await org.transaction(async (tx) => {
    const order = await lockOrder(tx, orderId);
    if (!order) throw new Refusal('not_found');
    const before = await refundById(tx, wish.id);
    if (before) {
      if (before.order_id !== orderId || (wish.amount ?? before.amount) !== before.amount)
        throw new Refusal('invalid_input', 'this id belongs to another refund');
      return;
    }
    const all = await refundsOf(tx, [orderId]);
    const left = order.amount - all.reduce((sum, one) => sum + (one.state === 'failed' ? 0 : one.amount), 0);
    const amount = wish.amount ?? left;
    if (!order.transaction_id || !order.trade_no || amount < 1 || amount > left || all.length >= MOST_REFUNDS)
      throw new Refusal('not_refundable', undefined, { left: order.transaction_id ? left : 0 });
    await addRefund(tx, {
      id: wish.id,
      order_id: orderId,
      no: newId().replaceAll('-', ''),
      trade_no: order.trade_no,
      amount,
      reason: wish.reason ?? null,
      asked_by: memberId,
      created_at: new Date(hub.now()),
      check_at: new Date(hub.now() + PAUSES[0]!),
    });
    await patchOrder(tx, orderId, { state: 'refunding' });
    await audit(tx, memberId, 'payment.refunded', orderId, undefined, { amount, currency: order.currency });
  });
  await driveRefund(hub, org, wish.id);
  return (await refundById(org, wish.id))!;
}

/** Asks for the refund, or what became of it; safe at any time and from any hub. Never throws for the platform's sake. */
export async function driveRefund(hub: Hub, org: Org, id: string): Promise<void> {
  const row = await refundById(org, id);
  const order = row && (await orderById(org, row.order_id));
  if (!order || (row.state !== 'asked' && row.state !== 'processing')) return;
  const merchant = await merchantOf(hub, org, order.merchant_id);
  const again = new Date(hub.now() + (PAUSES[row.checks] ?? HOUR));
  try {
    await settleRefund(hub, org, row, await call(merchant, order, row), again);
  } catch (error) {
    if (error instanceof Refused || (error instanceof Misconfigured && row.state === 'asked'))
      return await isRefused(hub, org, merchant, row, error);
    if (!(error instanceof Retry || error instanceof Uncertain || error instanceof Misconfigured)) throw error;
    await patchRefund(org, id, { check_at: again, error_text: error.message.slice(0, 300) });
  }
}

async function call(
  { payments, config, tools, notifyUrl }: OpenMerchant,
  order: OrderRow,
  row: RefundRow,
): Promise<Refund> {
  const known = row.state === 'processing' ? await payments.queryRefund(row.no, config, tools) : null;
  if (known) return known;
  const { amount, no, trade_no, reason } = row;
  return await payments.refund(
    {
      no: trade_no,
      refundNo: no,
      amount,
      total: order.amount,
      currency: order.currency,
      notifyUrl,
      ...(reason && { reason }),
    },
    config,
    tools,
  );
}

/** A repeat that is refused may stand for a first call that was not: only what the platform does not know has failed. */
async function isRefused(
  hub: Hub,
  org: Org,
  merchant: OpenMerchant,
  row: RefundRow,
  error: Refused | Misconfigured,
): Promise<void> {
  const again = new Date(hub.now() + (PAUSES[row.checks] ?? HOUR));
  try {
    const known = row.checks > 0 ? await merchant.payments.queryRefund(row.no, merchant.config, merchant.tools) : null;
    if (known) return await settleRefund(hub, org, row, known, again);
  } catch {
    return await patchRefund(org, row.id, { check_at: again });
  }
  await finish(hub, org, row, 'failed', { error_code: error.code, error_text: error.message.slice(0, 300) });
}

/** What the platform signed about a refund becomes ours, once. `again`: when it is asked next, while it is under way. */
export async function settleRefund(hub: Hub, org: Org, row: RefundRow, told: Refund, again: Date): Promise<void> {
  const refund_id = told.refundId;
  if (told.state === 'processing') {
    await org
      .update('pay_refunds')
      .set({ state: 'processing', refund_id, check_at: again, error_text: null })
      .where('id', '=', row.id)
      .where('state', 'in', ['asked', 'processing'])
      .execute();
    return;
  }
  if (told.state === 'done') return await finish(hub, org, row, 'done', { refund_id });
  if (told.state === 'closed') return await finish(hub, org, row, 'failed', { refund_id, error_code: 'CLOSED' });
  await finish(hub, org, row, 'abnormal', { refund_id, error_code: 'ABNORMAL' });
}

const SAID: Record<'done' | 'failed' | 'abnormal', Notice> = {
  done: 'payment_refunded',
  failed: 'payment_refund_failed',
  abnormal: 'payment_refund_failed',
};

async function finish(
  hub: Hub,
  org: Org,
  { id, order_id }: RefundRow,
  state: 'done' | 'failed' | 'abnormal',
  more: Partial<RefundRow>,
): Promise<void> {
  const { session_id } = (await orderById(org, order_id))!;
  let moved = false;
  await within(hub, org, session_id, async (tx): Promise<Step[]> => {
    const order = (await lockOrder(tx, order_id))!;
    const row = (await refundById(tx, id))!;
    // What a card did not take, the merchant may have mended by hand since.
    moved = row.state === 'asked' || row.state === 'processing' || (row.state === 'abnormal' && state === 'done');
    if (!moved) return [];
    await patchRefund(tx, id, { ...more, state, ended_at: new Date(hub.now()), check_at: null });
    const refunded = order.refunded + (state === 'done' ? row.amount : 0);
    const others = (await refundsOf(tx, [order_id])).some(
      (one) => one.id !== id && (one.state === 'asked' || one.state === 'processing'),
    );
    await patchOrder(tx, order_id, {
      refunded,
      state: refunded === order.amount ? 'refunded' : others ? 'refunding' : 'paid',
    });
    return [notice(SAID[state], row.amount, order.currency)];
  });
  if (moved && state === 'abnormal')
    await alarm(hub, org, session_id, 'refund_abnormal', (await orderById(org, order_id))!.description);
}
