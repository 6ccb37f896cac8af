import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Faults } from '../../lib/sandbox/faults.ts';
import type { ExchangeLog } from '../../lib/sandbox/log.ts';
import type { SandboxHost } from '../../sandbox.ts';
import { type Bank, type SandboxMerchant, type SandboxRefund, type SandboxTrade, told, toldRefund } from './bank.ts';
import type { Notifier } from './notifier.ts';
import { signature, signer } from './signed.ts';

export interface Platform {
  host: SandboxHost;
  bank: Bank;
  faults: Faults;
  log: ExchangeLog;
  notifier: Notifier;
}
/** An error as the platform words it (17.8). */
class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const notifyUrl = z
  .url({ protocol: /^https?$/ })
  .max(255)
  .refine((url) => !url.includes('?'), 'no query');
const order = z.object({
  appid: z.string(),
  mchid: z.string(),
  description: z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= 127),
  out_trade_no: z.string().regex(/^[0-9A-Za-z_\-|*]{6,32}$/),
  time_expire: z.string().optional(),
  notify_url: notifyUrl,
  amount: z.strictObject({ total: z.int().positive(), currency: z.literal('CNY').optional() }),
  payer: z.object({ openid: z.string().min(1) }).optional(),
});
const refundWish = z.object({
  out_trade_no: z.string().optional(),
  transaction_id: z.string().optional(),
  out_refund_no: z.string().regex(/^[0-9A-Za-z_\-|*@]{1,64}$/),
  reason: z.string().max(80).optional(),
  notify_url: notifyUrl.optional(),
  amount: z.object({ refund: z.int().positive(), total: z.int().positive(), currency: z.literal('CNY') }),
});
const MOST_REFUNDS = 50;

/** The merchant's API: every request's signature is checked, every good answer is signed (17.2 to 17.8). */
export function api(platform: Platform): Hono {
  const { bank, faults, host } = platform;
  const app = new Hono();
  const answering =
    (work: (c: Context, merchant: SandboxMerchant, body: unknown) => unknown, makes = false) =>
    async (c: Context) =>
      await answer(platform, c, makes, work);

  app.post(
    '/v3/pay/transactions/native',
    answering(
      (_c, merchant, body) => ({ code_url: `weixin://wxpay/bizpayurl?pr=${create('native', merchant, body).ticket}` }),
      true,
    ),
  );
  app.post(
    '/v3/pay/transactions/jsapi',
    answering((_c, merchant, body) => ({ prepay_id: `wx${create('jsapi', merchant, body).ticket}` }), true),
  );
  app.get(
    '/v3/pay/transactions/out-trade-no/:no',
    answering((c, merchant) => told(bank, tradeOf(merchant, c.req.param('no') ?? ''))),
  );
  app.get(
    '/v3/pay/transactions/id/:id',
    answering((c, merchant) => {
      const trade = [...bank.trades.values()].find(
        (one) => one.merchant === merchant && one.transactionId === c.req.param('id'),
      );
      if (!trade) throw new ApiError(404, 'ORDER_NOT_EXIST', '订单不存在');
      return told(bank, trade);
    }),
  );
  app.post(
    '/v3/pay/transactions/out-trade-no/:no/close',
    answering((c, merchant) => {
      const trade = tradeOf(merchant, c.req.param('no') ?? '');
      if (trade.transactionId) throw new ApiError(400, 'ORDERPAID', '订单已支付');
      trade.state = 'CLOSED';
      return undefined;
    }, true),
  );
  app.post(
    '/v3/refund/domestic/refunds',
    answering((_c, merchant, body) => toldRefund(refund(merchant, body)), true),
  );
  app.get(
    '/v3/refund/domestic/refunds/:no',
    answering((c, merchant) => {
      const found = bank.refunds.get(`${merchant.mchId} ${c.req.param('no')}`);
      if (!found) throw new ApiError(404, 'RESOURCE_NOT_EXISTS', '退款单不存在');
      return toldRefund(found);
    }),
  );
  app.get(
    '/v3/certificates',
    answering(() => {
      throw new ApiError(404, 'RESOURCE_NOT_EXISTS', '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥');
    }),
  );
  return app;

  function tradeOf(merchant: SandboxMerchant, no: string): SandboxTrade {
    const trade = bank.trade(merchant.mchId, no);
    if (!trade) throw new ApiError(404, 'ORDER_NOT_EXIST', '订单不存在');
    return trade;
  }

  function create(kind: SandboxTrade['kind'], merchant: SandboxMerchant, body: unknown): SandboxTrade {
    const wish = parsed(order, body);
    if (wish.mchid !== merchant.mchId || wish.appid !== merchant.appId)
      throw new ApiError(400, 'APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配');
    if (faults.on('noAuth')) throw new ApiError(403, 'NO_AUTH', '商户无权限');
    if (kind === 'jsapi' && !wish.payer) throw new ApiError(400, 'PARAM_ERROR', '缺少payer.openid');
    const same = JSON.stringify([kind, wish]);
    const known = bank.trade(merchant.mchId, wish.out_trade_no);
    if (known?.transactionId) throw new ApiError(400, 'ORDERPAID', '该订单已支付');
    if (known && bank.stateOf(known) === 'CLOSED') throw new ApiError(400, 'ORDER_CLOSED', '该订单已关闭');
    if (known && known.same !== same) throw new ApiError(400, 'INVALID_REQUEST', '201 商户订单号重复');
    const asked = wish.time_expire ? Date.parse(wish.time_expire) : host.now() + 7 * 86_400_000;
    if (!Number.isFinite(asked)) throw new ApiError(400, 'PARAM_ERROR', 'time_expire格式错误');
    return (
      known ??
      bank.add({
        merchant,
        kind,
        same,
        no: wish.out_trade_no,
        description: wish.description,
        total: wish.amount.total,
        ...(wish.payer && { openid: wish.payer.openid }),
        notifyUrl: wish.notify_url,
        expiresAt: Math.max(asked, host.now() + 60_000),
      })
    );
  }

  function refund(merchant: SandboxMerchant, body: unknown): SandboxRefund {
    const wish = parsed(refundWish, body);
    const trade = wish.out_trade_no
      ? bank.trade(merchant.mchId, wish.out_trade_no)
      : [...bank.trades.values()].find((one) => one.transactionId === wish.transaction_id);
    if (!trade?.transactionId) throw new ApiError(404, 'RESOURCE_NOT_EXISTS', '订单不存在');
    const key = `${merchant.mchId} ${wish.out_refund_no}`;
    const known = bank.refunds.get(key);
    if (known) {
      if (known.amount !== wish.amount.refund || known.trade !== trade)
        throw new ApiError(400, 'INVALID_REQUEST', '同一退款单号参数不一致');
      return known;
    }
    if (faults.on('notEnough')) throw new ApiError(403, 'NOT_ENOUGH', '基本账户余额不足，请充值后重新发起');
    const before = bank.refundsOf(trade);
    const back = before.reduce((sum, one) => sum + one.amount, 0);
    if (wish.amount.total !== trade.total) throw new ApiError(400, 'INVALID_REQUEST', '订单金额不一致');
    if (back + wish.amount.refund > trade.total) throw new ApiError(400, 'INVALID_REQUEST', '申请退款金额超过可退金额');
    if (before.length >= MOST_REFUNDS) throw new ApiError(403, 'RULE_LIMIT', '部分退款次数超限');
    const made: SandboxRefund = {
      trade,
      no: wish.out_refund_no,
      id: `50${bank.number()}`,
      amount: wish.amount.refund,
      status: 'PROCESSING',
      ...(wish.notify_url && { notifyUrl: wish.notify_url }),
    };
    bank.refunds.set(key, made);
    trade.state = 'REFUND';
    platform.notifier.settle(made);
    return made;
  }
}

async function answer(
  { bank, faults, host, log }: Platform,
  c: Context,
  makes: boolean,
  work: (c: Context, merchant: SandboxMerchant, body: unknown) => unknown,
): Promise<Response> {
  const begun = performance.now();
  const url = new URL(c.req.url);
  const text = await c.req.text();
  const requestId = `08${bank.number()}`;
  const end = (status: number, body: string, headers: Record<string, string>) => {
    log.add({
      at: host.now(),
      direction: 'in',
      method: c.req.method,
      path: url.pathname,
      status,
      ms: Math.round(performance.now() - begun),
      request: text,
      response: body,
    });
    return new Response(status === 204 ? null : body, {
      status,
      headers: { 'request-id': requestId, 'cache-control': 'no-store', ...headers },
    });
  };
  const refused = (status: number, code: string, message: string) =>
    end(status, JSON.stringify({ code, message }), { 'content-type': 'application/json; charset=utf-8' });
  const merchant = signer(bank, c.req.method, url.pathname + url.search, c.req.header('authorization') ?? '', text);
  if (typeof merchant === 'string') return refused(401, 'SIGN_ERROR', merchant);
  if (faults.on('tooOften')) return refused(429, 'FREQUENCY_LIMITED', '频率超限');
  if (faults.on('systemError')) return refused(500, 'SYSTEM_ERROR', '系统异常，请用相同参数重新调用');
  try {
    const value = work(c, merchant, text ? JSON.parse(text) : undefined);
    // As a proxy of theirs would: the work is done, and nobody says so.
    if (makes && faults.on('loseAnswer')) return end(502, '<html>Bad Gateway</html>', { 'content-type': 'text/html' });
    const body = value === undefined ? '' : JSON.stringify(value);
    const headers = signature(merchant, body, Math.floor(Date.now() / 1000));
    if (faults.on('badAnswer')) headers['wechatpay-nonce'] = 'another';
    return end(value === undefined ? 204 : 200, body, {
      'content-type': 'application/json; charset=utf-8',
      ...headers,
    });
  } catch (error) {
    if (error instanceof ApiError) return refused(error.status, error.code, error.message);
    if (error instanceof SyntaxError) return refused(400, 'PARAM_ERROR', '请求体不是JSON');
    throw error;
  }
}

function parsed<T extends z.ZodType>(shape: T, body: unknown): z.infer<T> {
  const result = shape.safeParse(body);
  if (!result.success)
    throw new ApiError(
      400,
      'PARAM_ERROR',
      `参数错误：${result.error.issues.map((issue) => issue.path.join('.')).join(', ')}`,
    );
  return result.data;
}
