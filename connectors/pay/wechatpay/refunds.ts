import { Refused, Uncertain } from '../../errors.ts';
import type { PayTools, Refund, RefundWish } from '../payments.ts';
import { call } from './client.ts';
import type { WechatPayConfig } from './config.ts';
import { asRefund, cutBytes, read, refundShape } from './shapes.ts';

const unread = (text: string) => new Uncertain(`WeChat Pay’s answer was not understood: ${text}`);

/** 17.7. PROCESSING is the usual answer; the end comes by notification or by asking. */
export async function refund(wish: RefundWish, merchant: WechatPayConfig, tools: PayTools): Promise<Refund> {
  const body = {
    out_trade_no: wish.no,
    out_refund_no: wish.refundNo,
    ...(wish.reason && { reason: cutBytes(wish.reason, 80) }),
    notify_url: wish.notifyUrl,
    amount: { refund: wish.amount, total: wish.total, currency: wish.currency },
  };
  const answer = await call({ method: 'post', path: 'v3/refund/domestic/refunds', body }, merchant, tools);
  return asRefund(read(refundShape, answer, unread));
}

export async function queryRefund(
  refundNo: string,
  merchant: WechatPayConfig,
  tools: PayTools,
): Promise<Refund | null> {
  try {
    const path = `v3/refund/domestic/refunds/${encodeURIComponent(refundNo)}`;
    return asRefund(read(refundShape, await call({ method: 'get', path }, merchant, tools), unread));
  } catch (error) {
    if (error instanceof Refused && error.code === 'RESOURCE_NOT_EXISTS') return null;
    throw error;
  }
}
