import { createPublicKey } from 'node:crypto';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { Rsa } from 'wechatpay-axios-plugin';
import { BadSignature, Misconfigured, Refused, Retry, Uncertain } from '../errors.ts';
import type { Notification, Order } from './payments.ts';
import { paySandbox } from './sandbox.ts';
import { wechatPay } from './wechatpay/index.ts';

const URL_OF = 'http://localhost:3000/sandbox/pay';
const HOOK = 'http://localhost:3000/pay/wechat/notify/k';

/** A merchant on a stand-in over HTTP as the hub speaks it; `heard` are the notifications that arrived. */
function bench({ answer = 200 }: { answer?: number } = {}) {
  const heard: { headers: Record<string, string>; body: Uint8Array }[] = [];
  const asked: { headers: Headers; url: string }[] = [];
  const reach = (async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    if (request.url.startsWith(HOOK)) {
      heard.push({ headers: Object.fromEntries(request.headers), body: new Uint8Array(await request.arrayBuffer()) });
      return new Response('{}', { status: answer });
    }
    asked.push({ headers: request.headers, url: request.url });
    return await new Hono().route('/sandbox/pay', sandbox.app).request(request);
  }) as typeof fetch;
  const sandbox = paySandbox({ url: URL_OF, fetch: reach, now: Date.now, seed: 'one' });
  const hosts = Object.fromEntries(Object.entries(sandbox.hosts).map(([host, path]) => [host, URL_OF + path]));
  const merchant = sandbox.account('Shop', '');
  const tools = { fetch: reach, hosts, now: Date.now, log: { info() {}, warn() {} } };
  const order = (more: Partial<Order> = {}): Order => ({
    no: 'HN0000000001',
    description: '云上咖啡 · 拿铁',
    amount: 1250,
    currency: 'CNY',
    expiresAt: 2_000_000_000_000,
    notifyUrl: HOOK,
    ...more,
  });
  const listen = async (count: number): Promise<Notification[]> => {
    for (let tries = 0; heard.length < count && tries < 100; tries++) await new Promise((r) => setTimeout(r, 20));
    return heard.map((one) => wechatPay.notification(one, merchant, Date.now()));
  };
  return { sandbox, merchant, tools, order, heard, asked, listen };
}

describe('orders', () => {
  it('give a code, the same for the same, and are told paid by a signed notification', async () => {
    const { sandbox, merchant, tools, order, listen, asked } = bench();
    const first = await wechatPay.native(order(), merchant, tools);
    expect(first.codeUrl).toMatch(/^weixin:\/\/wxpay\/bizpayurl\?pr=\w+$/);
    expect(await wechatPay.native(order(), merchant, tools)).toEqual(first);
    expect(asked[0]!.headers.get('wechatpay-serial')).toBe(merchant.publicKeyId);
    expect(asked[0]!.headers.get('authorization')).toMatch(/^WECHATPAY2-SHA256-RSA2048 mchid="\d+",/);
    await expect(wechatPay.native(order({ amount: 1 }), merchant, tools)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    expect(await wechatPay.query(order().no, merchant, tools)).toMatchObject({ state: 'open', mchId: merchant.mchId });
    expect(sandbox.pay(order().no)).toBe(true);
    expect(sandbox.pay(order().no)).toBe(false);
    const [told] = await listen(1);
    const queried = await wechatPay.query(order().no, merchant, tools);
    expect(queried).toMatchObject({ state: 'paid', amount: 1250, currency: 'CNY', appId: merchant.appId });
    expect(told).toMatchObject({ kind: 'trade', trade: queried });
  });

  it('are closed once, and not when a payment has won', async () => {
    const { sandbox, merchant, tools, order } = bench();
    await wechatPay.native(order(), merchant, tools);
    await wechatPay.close(order().no, merchant, tools);
    await wechatPay.close('HN_NOBODYS', merchant, tools);
    expect(await wechatPay.query(order().no, merchant, tools)).toMatchObject({ state: 'closed' });
    expect(await wechatPay.query('HN_NOBODYS', merchant, tools)).toBeNull();
    const won = order({ no: 'HN0000000002' });
    await wechatPay.native(won, merchant, tools);
    sandbox.pay(won.no);
    await expect(wechatPay.close(won.no, merchant, tools)).rejects.toMatchObject({
      name: 'Refused',
      code: 'ORDERPAID',
    });
  });

  it('inside the app are signed for the bridge, which looks', async () => {
    const { sandbox, merchant, tools, order } = bench();
    const prepay = await wechatPay.jsapi({ ...order(), openid: 'oPayer' }, merchant, tools);
    const message = `${prepay.appId}\n${prepay.timeStamp}\n${prepay.nonceStr}\n${prepay.package}\n`;
    expect(Rsa.verify(message, prepay.paySign, publicOf(merchant.privateKey))).toBe(true);
    const bridge = (body: object) =>
      sandbox.app.request('/bridge', {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
    expect((await bridge(prepay)).status).toBe(200);
    expect((await bridge({ ...prepay, nonceStr: 'x' })).status).toBe(400);
  });

  it('know who pays by a code that works once', async () => {
    const { sandbox, merchant, tools } = bench();
    const away = wechatPay.whoPays!('http://localhost:3000/pay/t/wechat', merchant, tools)!;
    const went = await sandbox.app.request(away.slice(URL_OF.length));
    const code = new URL(went.headers.get('location')!).searchParams.get('code')!;
    expect(await wechatPay.payer!(code, merchant, tools)).toMatch(/^o\w+$/);
    await expect(wechatPay.payer!(code, merchant, tools)).rejects.toBeInstanceOf(Refused);
    await expect(wechatPay.payer!(code, { ...merchant, appSecret: 'f'.repeat(32) }, tools)).rejects.toBeInstanceOf(
      Misconfigured,
    );
    const abroad = wechatPay.whoPays!('https://evil.example/', merchant, tools)!;
    expect((await sandbox.app.request(abroad.slice(URL_OF.length))).status).toBe(400);
  });
});

describe('what goes wrong', () => {
  const CASES: [string, new (...a: never[]) => Error, string | undefined][] = [
    ['systemError', Uncertain, undefined],
    ['loseAnswer', Uncertain, undefined],
    ['badAnswer', Uncertain, undefined],
    ['tooOften', Retry, undefined],
    ['noAuth', Misconfigured, 'NO_AUTH'],
  ];
  it.each(CASES)('%s is told as what it is', async (fault, kind, code) => {
    const { sandbox, merchant, tools, order } = bench();
    sandbox.faults.set({ [fault]: true });
    const error = await wechatPay.native(order(), merchant, tools).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(kind);
    if (code) expect(error).toMatchObject({ code });
    // The work was done, though nobody said so: the same again is the same order.
    sandbox.faults.reset();
    expect(sandbox.trade(order().no) !== undefined).toBe(fault === 'loseAnswer' || fault === 'badAnswer');
    expect((await wechatPay.native(order(), merchant, tools)).codeUrl).toContain(sandbox.trade(order().no)!.ticket);
  });

  it('no connection is no order, a time limit is an open question', async () => {
    const { merchant, tools, order } = bench();
    const failing = (cause: object) => ({
      ...tools,
      fetch: (async () => {
        throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('no'), cause) });
      }) as typeof fetch,
    });
    await expect(wechatPay.native(order(), merchant, failing({ code: 'ECONNREFUSED' }))).rejects.toBeInstanceOf(Retry);
    await expect(wechatPay.native(order(), merchant, failing({ code: 'ECONNRESET' }))).rejects.toBeInstanceOf(
      Uncertain,
    );
  });

  it('the check tells right keys from wrong ones', async () => {
    const { merchant, tools } = bench();
    expect(await wechatPay.check(merchant, tools)).toMatchObject([{ ok: true }]);
    const other = paySandbox({ url: URL_OF, fetch: tools.fetch, now: Date.now, seed: 'two' }).account('Shop', '');
    expect(await wechatPay.check({ ...merchant, privateKey: other.privateKey }, tools)).toMatchObject([
      { ok: false, code: 'SIGN_ERROR' },
    ]);
    const { publicKey } = other;
    // The 404 is not signed, so only a call that succeeds tells a wrong public key.
    await expect(
      wechatPay.native(
        {
          no: 'HN0000000009',
          description: 'x',
          amount: 1,
          currency: 'CNY',
          expiresAt: 2_000_000_000_000,
          notifyUrl: HOOK,
        },
        { ...merchant, publicKey },
        tools,
      ),
    ).rejects.toBeInstanceOf(Uncertain);
  });
});

describe('refunds', () => {
  it('are processed, then told done; the same number is the same refund; never more than was paid', async () => {
    const { sandbox, merchant, tools, order, listen } = bench();
    await wechatPay.native(order(), merchant, tools);
    sandbox.pay(order().no);
    const wish = { no: order().no, refundNo: 'RF1', amount: 250, total: 1250, currency: 'CNY', notifyUrl: HOOK };
    const first = await wechatPay.refund(wish, merchant, tools);
    expect(first).toMatchObject({ state: 'processing', amount: 250 });
    expect(await wechatPay.refund(wish, merchant, tools)).toEqual(first);
    await expect(wechatPay.refund({ ...wish, refundNo: 'RF2', amount: 1001 }, merchant, tools)).rejects.toBeInstanceOf(
      Refused,
    );
    sandbox.settleRefunds();
    expect(await wechatPay.queryRefund('RF1', merchant, tools)).toMatchObject({
      state: 'done',
      refundId: first.refundId,
    });
    expect(await wechatPay.queryRefund('RF9', merchant, tools)).toBeNull();
    const told = await listen(2);
    expect(told[1]).toMatchObject({
      kind: 'refund',
      no: order().no,
      mchId: merchant.mchId,
      refund: { refundNo: 'RF1', state: 'done', amount: 250 },
    });
  });
});

describe('notifications', () => {
  it.each(['badSignature', 'unknownSerial', 'old'])('%s is not believed', async (fault) => {
    const { sandbox, merchant, tools, order, heard } = bench();
    await wechatPay.native(order(), merchant, tools);
    sandbox.faults.set({ [fault]: true });
    sandbox.pay(order().no);
    for (let tries = 0; !heard.length && tries < 100; tries++) await new Promise((r) => setTimeout(r, 20));
    expect(() => wechatPay.notification(heard[0]!, merchant, Date.now())).toThrow(BadSignature);
  });

  it('come again while they are refused', async () => {
    const { sandbox, merchant, tools, order, listen } = bench({ answer: 500 });
    await wechatPay.native(order(), merchant, tools);
    sandbox.pay(order().no);
    const told = await listen(2);
    expect(told.map((one) => one.id)).toEqual([told[0]!.id, told[0]!.id]);
    sandbox.close?.();
  });
});

const publicOf = (pem: string) => createPublicKey(pem).export({ type: 'spki', format: 'pem' }) as string;
