import type { Defaulted, Json } from './columns.ts';

/** The tables of being paid; `migrations/0004_pay.ts` shapes them. Amounts are whole numbers of fen. */

export interface PayMerchantsTable {
  organisation_id: string;
  id: string;
  name: string;
  key: string;
  sandbox: Defaulted<boolean>;
  mch_id: string;
  config: Json<Record<string, string>>;
  secrets: Buffer | null;
  created_at: Defaulted<Date>;
  deleted_at: Date | null;
}
export type OrderState = 'asked' | 'paying' | 'paid' | 'closed' | 'failed' | 'refunding' | 'refunded';
export interface PayOrdersTable {
  organisation_id: string;
  /** The id of the message that asks for it. */
  id: string;
  merchant_id: string;
  session_id: string;
  asked_by: string;
  /** What the payer's page is opened with. */
  token: string;
  amount: number;
  currency: string;
  description: string;
  state: OrderState;
  refunded: Defaulted<number>;
  /** The trade that may be open at the platform. */
  trade_no: string | null;
  transaction_id: string | null;
  error_code: string | null;
  error_text: string | null;
  created_at: Date;
  expires_at: Date;
  paid_at: Date | null;
  ended_at: Date | null;
  /** When the platform is asked again. */
  check_at: Date | null;
  checks: Defaulted<number>;
}
export interface PayTradesTable {
  organisation_id: string;
  /** Our number (`out_trade_no`). */
  no: string;
  order_id: string;
  kind: 'native' | 'jsapi';
  openid: string | null;
  state: Defaulted<'open' | 'paid' | 'closed'>;
  code_url: string | null;
  transaction_id: string | null;
  created_at: Date;
}
export type RefundState = 'asked' | 'processing' | 'done' | 'failed' | 'abnormal';
export interface PayRefundsTable {
  organisation_id: string;
  id: string;
  order_id: string;
  /** Our number (`out_refund_no`): the same number is the same refund, however often it is asked for. */
  no: string;
  trade_no: string;
  amount: number;
  reason: string | null;
  asked_by: string;
  state: RefundState;
  refund_id: string | null;
  error_code: string | null;
  error_text: string | null;
  created_at: Date;
  ended_at: Date | null;
  check_at: Date | null;
  checks: Defaulted<number>;
}
export interface PayStraysTable {
  organisation_id: string;
  id: string;
  merchant_id: string;
  why: string;
  no: string;
  told: Json<unknown>;
  at: Date;
}
export interface PayTables {
  pay_merchants: PayMerchantsTable;
  pay_orders: PayOrdersTable;
  pay_trades: PayTradesTable;
  pay_refunds: PayRefundsTable;
  pay_strays: PayStraysTable;
}
