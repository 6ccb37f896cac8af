import { fields } from '../../connectors/pay/wechatpay/config.ts';
import type { Hub } from '../hub.ts';
import { payUrl } from '../pay/token.ts';
import type { Merchant, Payment } from '../shapes/pay.ts';
import type { Org } from '../store/org.ts';
import { listMerchants, type MerchantRow, merchantById } from '../store/pay-merchants.ts';
import { type OrderRow, type RefundRow, refundsOf } from '../store/payments.ts';
import { shownConfig } from './channel.ts';

const failure = ({ error_code, error_text }: { error_code: string | null; error_text: string | null }) =>
  error_code ? { code: error_code, text: error_text ?? '' } : null;

/** Orders as members see them, with what went back. */
export async function showPayments(hub: Hub, org: Org, orders: readonly OrderRow[]): Promise<Payment[]> {
  const refunds = Map.groupBy(
    await refundsOf(
      org,
      orders.map((one) => one.id),
    ),
    (one) => one.order_id,
  );
  const names = new Map((await listMerchants(org)).map((one) => [one.id, one.name]));
  return await Promise.all(
    orders.map(async (one) => ({
      id: one.id,
      sessionId: one.session_id,
      amount: one.amount,
      currency: one.currency,
      description: one.description,
      state: one.state,
      refunded: one.refunded,
      merchant: names.get(one.merchant_id) ?? (await merchantById(org, one.merchant_id))?.name ?? '',
      url: payUrl(hub, org.id, one.id),
      transactionId: one.transaction_id,
      askedBy: one.asked_by,
      createdAt: one.created_at.toISOString(),
      expiresAt: one.expires_at.toISOString(),
      paidAt: one.paid_at?.toISOString() ?? null,
      error: failure(one),
      refunds: (refunds.get(one.id) ?? []).map(showRefund),
    })),
  );
}

const showRefund = (row: RefundRow): Payment['refunds'][number] => ({
  id: row.id,
  amount: row.amount,
  state: row.state,
  reason: row.reason,
  at: row.created_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
  error: failure(row),
});

export function showMerchant(hub: Hub, row: MerchantRow): Merchant {
  return {
    id: row.id,
    name: row.name,
    sandbox: row.sandbox,
    config: shownConfig(hub, fields, row).config,
    notifyUrl: `${hub.publicUrl}/pay/wechat/notify/${row.key}`,
    payUrl: `${hub.publicUrl}/pay/`,
    createdAt: row.created_at.toISOString(),
  };
}
