import { Aes, Formatter } from 'wechatpay-axios-plugin';
import type { Courier } from '../../lib/sandbox/courier.ts';
import type { Faults } from '../../lib/sandbox/faults.ts';
import type { SandboxHost } from '../../sandbox.ts';
import { chinaTime } from '../wechatpay/shapes.ts';
import { type Bank, type SandboxMerchant, type SandboxRefund, type SandboxTrade, told, toldRefund } from './bank.ts';
import { signature } from './signed.ts';

/** A bank takes its time over a refund; here a little. Milliseconds. */
const REFUND_MS = 1_500;

/** Tells merchants what became of orders and refunds (17.6). */
export class Notifier {
  readonly #host: SandboxHost;
  readonly #bank: Bank;
  readonly #faults: Faults;
  readonly #courier: Courier;
  readonly #timers = new Set<NodeJS.Timeout>();
  constructor(host: SandboxHost, bank: Bank, faults: Faults, courier: Courier) {
    this.#host = host;
    this.#bank = bank;
    this.#faults = faults;
    this.#courier = courier;
  }

  paid(trade: SandboxTrade): void {
    const resource = told(this.#bank, trade) as { amount: { total: number } };
    if (this.#faults.on('wrongAmount')) resource.amount.total -= 1;
    this.#send(trade.merchant, trade.notifyUrl, 'TRANSACTION.SUCCESS', 'transaction', resource);
  }

  /** A refund that is being processed comes to its end by itself. */
  settle(refund: SandboxRefund): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.settleNow(refund);
    }, REFUND_MS);
    timer.unref();
    this.#timers.add(timer);
  }
  settleNow(refund: SandboxRefund): void {
    if (refund.status !== 'PROCESSING') return;
    refund.status = this.#faults.on('abnormal') ? 'ABNORMAL' : 'SUCCESS';
    if (!refund.notifyUrl) return;
    const { status, ...rest } = toldRefund(refund);
    const resource = {
      ...rest,
      mchid: refund.trade.merchant.mchId,
      refund_status: status,
      ...(status === 'SUCCESS' && { success_time: chinaTime(this.#host.now()) }),
    };
    this.#send(refund.trade.merchant, refund.notifyUrl, `REFUND.${status}`, 'refund', resource);
  }
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#courier.close();
  }

  #send(merchant: SandboxMerchant, url: string, event: string, type: string, resource: object): void {
    if (this.#faults.on('silent')) return;
    const nonce = Formatter.nonce(12);
    const body = JSON.stringify({
      id: crypto.randomUUID(),
      create_time: chinaTime(this.#host.now()),
      resource_type: 'encrypt-resource',
      event_type: event,
      summary: event === 'TRANSACTION.SUCCESS' ? '支付成功' : '退款通知',
      resource: {
        original_type: type,
        algorithm: 'AEAD_AES_256_GCM',
        ciphertext: Aes.AesGcm.encrypt(JSON.stringify(resource), merchant.apiV3Key, nonce, type),
        associated_data: type,
        nonce,
      },
    });
    if (this.#faults.on('probe'))
      void this.#courier.post(url, Buffer.from(body), this.#headers(merchant, body, true), 'a probe: must be refused');
    this.#courier.deliver({
      url,
      make: () => ({ body: Buffer.from(body), headers: this.#headers(merchant, body, false) }),
    });
  }

  #headers(merchant: SandboxMerchant, body: string, probe: boolean): Record<string, string> {
    const at = Math.floor(this.#host.now() / 1000) - (this.#faults.on('old') ? 600 : 0);
    const headers = signature(merchant, body, at);
    if (probe) headers['wechatpay-signature'] = `WECHATPAY/SIGNTEST/${headers['wechatpay-signature']}`;
    if (this.#faults.on('badSignature')) headers['wechatpay-nonce'] = 'another';
    if (this.#faults.on('unknownSerial')) headers['wechatpay-serial'] = 'PUB_KEY_ID_0000000000000000000';
    return { ...headers, 'content-type': 'application/json' };
  }
}
