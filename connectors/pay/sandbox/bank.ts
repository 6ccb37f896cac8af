import { BoundedMap } from '../../lib/sandbox/bounded.ts';
import { derived, derivedDigits } from '../../lib/sandbox/ids.ts';
import type { SandboxHost } from '../../sandbox.ts';
import type { WechatPayConfig } from '../wechatpay/config.ts';
import { chinaTime } from '../wechatpay/shapes.ts';
import { derivedRsa } from './keys.ts';

export interface SandboxMerchant extends WechatPayConfig {
  name: string;
  /** The platform's own half of the key it signs with. */
  platformKey: string;
  merchantPublicKey: string;
}
/** An order at the platform. `ticket`: what its QR code or its prepay id names. */
export interface SandboxTrade {
  ticket: string;
  merchant: SandboxMerchant;
  no: string;
  kind: 'native' | 'jsapi';
  /** What makes a repeat the same order. */
  same: string;
  description: string;
  total: number;
  openid?: string;
  notifyUrl: string;
  expiresAt: number;
  state: 'NOTPAY' | 'SUCCESS' | 'CLOSED' | 'REFUND';
  transactionId?: string;
  paidAt?: number;
  createdAt: number;
}
export interface SandboxRefund {
  trade: SandboxTrade;
  no: string;
  id: string;
  amount: number;
  status: 'PROCESSING' | 'SUCCESS' | 'ABNORMAL';
  notifyUrl?: string;
}

const KEPT = 2_000;

/** What the platform remembers. In memory and bounded. */
export class Bank {
  readonly merchants = new Map<string, SandboxMerchant>();
  readonly trades = new BoundedMap<string, SandboxTrade>(KEPT);
  readonly tickets = new BoundedMap<string, SandboxTrade>(KEPT);
  readonly refunds = new BoundedMap<string, SandboxRefund>(KEPT);
  readonly #host: SandboxHost;
  #count = 0;
  constructor(host: SandboxHost) {
    this.#host = host;
  }

  merchant(name: string): SandboxMerchant {
    const { seed } = this.#host;
    const known = [...this.merchants.values()].find((one) => one.name === name);
    if (known) return known;
    const theirs = derivedRsa(seed, `pay merchant ${name}`);
    const ours = derivedRsa(seed, 'pay platform');
    const made: SandboxMerchant = {
      name,
      mchId: derivedDigits(10, seed, 'mchid', name),
      appId: `wx${derived(seed, 'pay appid', name).slice(0, 16)}`,
      appSecret: derived(seed, 'pay secret', name).slice(0, 32),
      serial: derived(seed, 'pay serial', name).slice(0, 40).toUpperCase(),
      privateKey: theirs.privateKey,
      merchantPublicKey: theirs.publicKey,
      apiV3Key: derived(seed, 'pay v3', name).slice(0, 32),
      publicKeyId: `PUB_KEY_ID_0${derivedDigits(17, seed, 'pay public key')}`,
      publicKey: ours.publicKey,
      platformKey: ours.privateKey,
    };
    this.merchants.set(made.mchId, made);
    return made;
  }

  trade(mchId: string, no: string): SandboxTrade | undefined {
    return this.trades.get(`${mchId} ${no}`);
  }
  add(trade: Omit<SandboxTrade, 'ticket' | 'state' | 'createdAt'>): SandboxTrade {
    const { seed, now } = this.#host;
    const ticket = derived(seed, 'ticket', trade.merchant.mchId, trade.no).slice(0, 24);
    const made: SandboxTrade = { ...trade, ticket, state: 'NOTPAY', createdAt: now() };
    this.trades.set(`${trade.merchant.mchId} ${trade.no}`, made);
    this.tickets.set(ticket, made);
    return made;
  }
  /** CLOSED once its time is over. */
  stateOf(trade: SandboxTrade): SandboxTrade['state'] {
    if (trade.state === 'NOTPAY' && trade.expiresAt <= this.#host.now()) trade.state = 'CLOSED';
    return trade.state;
  }
  /** False: it can no longer be paid. */
  pay(trade: SandboxTrade): boolean {
    if (this.stateOf(trade) !== 'NOTPAY') return false;
    trade.state = 'SUCCESS';
    trade.paidAt = this.#host.now();
    trade.transactionId = `42000${this.number()}`;
    return true;
  }
  number(): string {
    return `${this.#host.now()}${String(++this.#count).padStart(8, '0')}`;
  }
  refundsOf(trade: SandboxTrade): SandboxRefund[] {
    return [...this.refunds.values()].filter((one) => one.trade === trade);
  }
}

/** The order as the query and the notification tell it. */
export function told(bank: Bank, trade: SandboxTrade): Record<string, unknown> {
  const state = bank.stateOf(trade);
  const paid = trade.transactionId !== undefined;
  return {
    appid: trade.merchant.appId,
    mchid: trade.merchant.mchId,
    out_trade_no: trade.no,
    trade_state: state,
    trade_state_desc: { NOTPAY: '订单未支付', SUCCESS: '支付成功', CLOSED: '订单已关闭', REFUND: '转入退款' }[state],
    ...(paid && {
      transaction_id: trade.transactionId,
      trade_type: trade.kind === 'native' ? 'NATIVE' : 'JSAPI',
      bank_type: 'OTHERS',
      success_time: chinaTime(trade.paidAt!),
      payer: { openid: trade.openid ?? 'oSandboxPayer' },
      amount: { total: trade.total, payer_total: trade.total, currency: 'CNY', payer_currency: 'CNY' },
    }),
  };
}

export const toldRefund = (refund: SandboxRefund): Record<string, unknown> => ({
  refund_id: refund.id,
  out_refund_no: refund.no,
  transaction_id: refund.trade.transactionId,
  out_trade_no: refund.trade.no,
  channel: 'ORIGINAL',
  user_received_account: '支付用户零钱',
  create_time: chinaTime(refund.trade.paidAt!),
  status: refund.status,
  amount: {
    total: refund.trade.total,
    refund: refund.amount,
    payer_total: refund.trade.total,
    payer_refund: refund.amount,
    currency: 'CNY',
  },
});
