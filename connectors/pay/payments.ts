import type { CheckPoint, RawRequest, Text } from '../connector.ts';

/**
 * The contract of a way to be paid. Like a connector it translates and nothing else: no storage, no clock of its own, and
 * nothing is believed that the payer's side did not sign. Amounts are integers of the smallest unit (fen). Every call may
 * be repeated with the same number: it is then the same order, or the same refund.
 *
 * Errors: `Refused` in the platform's words (nothing happened), `Misconfigured` (the merchant's keys or products),
 * `Retry` (nothing happened, later perhaps), `Uncertain` (no answer that can be believed: query before anything else).
 */
export interface Payments<Merchant = any> {
  readonly name: string;
  readonly label: Text;
  readonly hosts: Readonly<Record<string, string>>;
  /** A code to be scanned by another device's camera. */
  native(order: Order, merchant: Merchant, tools: PayTools): Promise<{ codeUrl: string }>;
  /** What a page inside the platform's app hands to its bridge. */
  jsapi(order: Order & { openid: string }, merchant: Merchant, tools: PayTools): Promise<Prepay>;
  /** Null: the platform knows no such order. */
  query(no: string, merchant: Merchant, tools: PayTools): Promise<Trade | null>;
  /** Closed, or never there. A payment may have won: query afterwards. Throws Refused `ORDERPAID` when it has. */
  close(no: string, merchant: Merchant, tools: PayTools): Promise<void>;
  refund(wish: RefundWish, merchant: Merchant, tools: PayTools): Promise<Refund>;
  queryRefund(refundNo: string, merchant: Merchant, tools: PayTools): Promise<Refund | null>;
  /** Verifies, opens and reads one notification. Throws BadSignature before anything is parsed, BadRequest when authentic but not understood. */
  notification(request: Pick<RawRequest, 'headers' | 'body'>, merchant: Merchant, now: number): Notification;
  /** Where a page inside the app goes to learn who pays; undefined where the merchant has no such account. */
  whoPays?(back: string, merchant: Merchant, tools: Pick<PayTools, 'hosts'>): string | undefined;
  /** Who came back with this code: the payer's id for this merchant's account. */
  payer?(code: string, merchant: Merchant, tools: PayTools): Promise<string>;
  /** Tries the keys with a call that changes nothing. */
  check(merchant: Merchant, tools: PayTools): Promise<CheckPoint[]>;
}

export interface PayTools {
  readonly fetch: typeof fetch;
  readonly hosts: Readonly<Record<string, string>>;
  readonly now: () => number;
  readonly log: { info(data: object, text: string): void; warn(data: object, text: string): void };
}

export interface Order {
  /** Our number, unique for the merchant: 6 to 32 of letters, digits and `_-|*`. */
  no: string;
  /** At most 127 bytes reach the payer. */
  description: string;
  /** Fen. */
  amount: number;
  currency: string;
  /** When it can no longer be paid. Milliseconds. */
  expiresAt: number;
  notifyUrl: string;
}

/** For `WeixinJSBridge.invoke('getBrandWCPayRequest', …)`. */
export interface Prepay {
  appId: string;
  timeStamp: string;
  nonceStr: string;
  package: string;
  signType: 'RSA';
  paySign: string;
}

/** An order as the platform has it. */
export interface Trade {
  no: string;
  mchId: string;
  appId: string;
  state: 'paid' | 'open' | 'paying' | 'closed' | 'refunded' | 'failed';
  /** Only of what was paid. */
  transactionId?: string;
  paidAt?: number;
  /** Fen. Absent while unpaid. */
  amount?: number;
  currency?: string;
}

export interface RefundWish {
  no: string;
  /** Our number, at most 64 characters: the same number is the same refund. */
  refundNo: string;
  /** Fen: what goes back, and what was paid. */
  amount: number;
  total: number;
  currency: string;
  reason?: string;
  notifyUrl: string;
}

export interface Refund {
  refundNo: string;
  refundId: string;
  /** `abnormal`: the payer's card does not take it; the merchant has to mend it by hand. */
  state: 'processing' | 'done' | 'closed' | 'abnormal';
  /** Fen; absent in answers that do not say it. */
  amount?: number;
}

export type Notification =
  | { kind: 'trade'; id: string; trade: Trade }
  | { kind: 'refund'; id: string; mchId: string; no: string; refund: Refund }
  | { kind: 'other'; id: string; what: string };
