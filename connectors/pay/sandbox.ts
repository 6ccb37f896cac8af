import { Hono } from 'hono';
import { BoundedMap } from '../lib/sandbox/bounded.ts';
import { Courier } from '../lib/sandbox/courier.ts';
import { Faults } from '../lib/sandbox/faults.ts';
import { ExchangeLog } from '../lib/sandbox/log.ts';
import type { Sandbox, SandboxHost } from '../sandbox.ts';
import { api } from './sandbox/api.ts';
import { Bank, type SandboxTrade } from './sandbox/bank.ts';
import { faults as specs } from './sandbox/faults.ts';
import { Notifier } from './sandbox/notifier.ts';
import { oauth } from './sandbox/oauth.ts';
import { payerPages } from './sandbox/payer.ts';
import type { WechatPayConfig } from './wechatpay/config.ts';

/** 15 s, 15 s, 30 s, 3 min … for 24 hours at the platform; here in half a minute. Milliseconds. */
const REPEATS = [500, 1_000, 2_000, 4_000, 8_000, 16_000];
/** The platform waits this long for an answer (17.6). Milliseconds. */
const PATIENCE_MS = 5_000;

/** What tests do that a person does on the payer's page. */
export interface PaySandbox extends Sandbox<WechatPayConfig> {
  /** A WeChat user pays what this number stands for; false when it can no longer be paid. */
  pay(no: string): boolean;
  /** All refunds that are being processed come to their end now. */
  settleRefunds(): void;
  trade(no: string): SandboxTrade | undefined;
  readonly faults: Faults;
}

/** WeChat Pay's side: the merchant's API, notifications, the silent login of payers, and a payer's page. */
export function paySandbox(host: SandboxHost): PaySandbox {
  const bank = new Bank(host);
  const log = new ExchangeLog(() => {});
  const faults = new Faults(specs, () => {});
  const courier = new Courier({
    fetch: host.fetch,
    now: host.now,
    log,
    timeoutMs: () => PATIENCE_MS,
    repeats: () => REPEATS,
    twice: () => faults.on('twice'),
    swapped: () => false,
  });
  const notifier = new Notifier(host, bank, faults, courier);
  const platform = { host, bank, faults, log, notifier };
  const app = new Hono();
  app.route('/api', api(platform));
  app.route('/open', oauth(platform, new BoundedMap(500)));
  app.route('/', payerPages(platform));
  const byNumber = (no: string) => [...bank.trades.values()].find((one) => one.no === no);
  return {
    name: 'pay',
    label: { zh: '微信支付', en: 'WeChat Pay' },
    app,
    hosts: { api: '/api', open: '/open', sns: '/open' },
    faults,
    account(name) {
      const { name: _name, platformKey: _theirs, merchantPublicKey: _public, ...keys } = bank.merchant(name);
      return keys;
    },
    pay(no) {
      const trade = byNumber(no);
      if (!trade || !bank.pay(trade)) return false;
      notifier.paid(trade);
      return true;
    },
    settleRefunds() {
      for (const one of [...bank.refunds.values()]) notifier.settleNow(one);
    },
    trade: byNumber,
    close: () => notifier.close(),
  };
}
