import { z } from 'zod';
import type { Refund, Trade } from '../payments.ts';

/** What WeChat Pay answers and notifies (channels/wechat.md 17.5 to 17.7). Unknown members are left alone. */

const amount = z.object({ total: z.int().nonnegative(), currency: z.string().max(16).optional() });
export const tradeShape = z.object({
  appid: z.string(),
  mchid: z.string(),
  out_trade_no: z.string(),
  trade_state: z.string(),
  transaction_id: z.string().min(1).max(64).optional(),
  success_time: z.string().optional(),
  amount: amount.optional(),
});
export const refundShape = z.object({
  out_refund_no: z.string(),
  refund_id: z.string(),
  status: z.string(),
  amount: z.object({ refund: z.int().nonnegative() }).optional(),
});
export const refundNotice = z.object({
  mchid: z.string(),
  out_trade_no: z.string(),
  out_refund_no: z.string(),
  refund_id: z.string(),
  refund_status: z.string(),
  amount: z.object({ refund: z.int().nonnegative() }).optional(),
});

const STATES: Record<string, Trade['state']> = {
  SUCCESS: 'paid',
  REFUND: 'refunded',
  NOTPAY: 'open',
  USERPAYING: 'paying',
  CLOSED: 'closed',
  REVOKED: 'closed',
  PAYERROR: 'failed',
};
const REFUNDS: Record<string, Refund['state']> = {
  SUCCESS: 'done',
  PROCESSING: 'processing',
  CLOSED: 'closed',
  ABNORMAL: 'abnormal',
};

export function asTrade(raw: z.infer<typeof tradeShape>): Trade {
  const at = raw.success_time ? Date.parse(raw.success_time) : Number.NaN;
  return {
    no: raw.out_trade_no,
    mchId: raw.mchid,
    appId: raw.appid,
    // A state we do not know is not one of being paid: it is asked for again.
    state: STATES[raw.trade_state] ?? 'open',
    ...(raw.transaction_id && { transactionId: raw.transaction_id }),
    ...(Number.isFinite(at) && { paidAt: at }),
    ...(raw.amount && { amount: raw.amount.total, currency: raw.amount.currency ?? 'CNY' }),
  };
}

export const asRefund = (raw: {
  out_refund_no: string;
  refund_id: string;
  status: string;
  amount?: { refund: number } | undefined;
}): Refund => ({
  refundNo: raw.out_refund_no,
  refundId: raw.refund_id,
  state: REFUNDS[raw.status] ?? 'processing',
  ...(raw.amount && { amount: raw.amount.refund }),
});

/** A signed answer that is not what the page of the platform says. */
export function read<T extends z.ZodType>(shape: T, value: unknown, otherwise: (text: string) => Error): z.infer<T> {
  const parsed = shape.safeParse(value);
  if (!parsed.success) throw otherwise(parsed.error.issues.map((issue) => issue.path.join('.')).join(', '));
  return parsed.data;
}

/** RFC 3339 with China's offset, to the second, as the platform wants its times. */
export function chinaTime(ms: number): string {
  return `${new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}

/** Cut to `most` bytes of UTF-8 without breaking a character. */
export function cutBytes(text: string, most: number): string {
  let bytes = 0;
  let cut = '';
  for (const letter of text) {
    bytes += Buffer.byteLength(letter);
    if (bytes > most) break;
    cut += letter;
  }
  return cut;
}
