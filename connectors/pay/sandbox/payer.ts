import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import { Formatter, Rsa } from 'wechatpay-axios-plugin';
import { z } from 'zod';
import type { Platform } from './api.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const FILES: Record<string, string> = {
  'payer.js': 'text/javascript; charset=utf-8',
  'payer.css': 'text/css; charset=utf-8',
  'payer.html': 'text/html; charset=utf-8',
  'bridge.js': 'text/javascript; charset=utf-8',
};
const prepay = z.object({
  appId: z.string(),
  timeStamp: z.string().regex(/^\d+$/),
  nonceStr: z.string(),
  package: z.string().startsWith('prepay_id=wx'),
  signType: z.literal('RSA'),
  paySign: z.string(),
});

/** A WeChat user's side: what can be scanned, the page that pays or refuses, and the bridge of pages inside the app. */
export function payerPages({ bank, faults, notifier, log }: Platform): Hono {
  const app = new Hono();
  const file = async (name: string) =>
    new Response(await readFile(new URL(`./page/${name}`, import.meta.url)), {
      headers: {
        'content-type': FILES[name]!,
        'content-security-policy': POLICY,
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
      },
    });
  const shown = (ticket: string) => {
    const trade = bank.tickets.get(ticket);
    return (
      trade && {
        ticket,
        merchant: trade.merchant.name,
        description: trade.description,
        total: trade.total,
        kind: trade.kind,
        state: bank.stateOf(trade),
        at: trade.createdAt,
      }
    );
  };

  app.get('/', () => file('payer.html'));
  app.get('/scan/:ticket', () => file('payer.html'));
  app.get('/page/:file', async (c) =>
    Object.hasOwn(FILES, c.req.param('file')) ? await file(c.req.param('file')) : c.notFound(),
  );
  app.get('/orders', (c) =>
    c.json({
      items: [...bank.tickets.keys()].reverse().slice(0, 50).map(shown),
      faults: { specs: faults.specs, values: faults.values() },
      log: log.list(),
    }),
  );
  app.get('/orders/:ticket', (c) => {
    const order = shown(c.req.param('ticket'));
    return order ? c.json(order) : c.json({ code: 'not_found' }, 404);
  });
  app.post('/orders/:ticket/pay', (c) => {
    const trade = bank.tickets.get(c.req.param('ticket'));
    if (!trade) return c.json({ code: 'not_found' }, 404);
    if (!bank.pay(trade)) return c.json({ code: 'over', state: trade.state }, 409);
    notifier.paid(trade);
    return c.json(shown(trade.ticket));
  });
  // The bridge's own check: a wrong paySign never gets as far as the password.
  app.post('/bridge', async (c) => {
    const parsed = prepay.safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) return c.json({ err_msg: 'get_brand_wcpay_request:fail', err_desc: 'parameters' }, 400);
    const { appId, timeStamp, nonceStr, package: text, paySign } = parsed.data;
    const trade = bank.tickets.get(text.slice('prepay_id=wx'.length));
    const message = Formatter.joinedByLineFeed(appId, timeStamp, nonceStr, text);
    if (!trade || trade.merchant.appId !== appId || !Rsa.verify(message, paySign, trade.merchant.merchantPublicKey))
      return c.json({ err_msg: 'get_brand_wcpay_request:fail', err_desc: '支付验证签名失败' }, 400);
    return c.json(shown(trade.ticket));
  });
  app.get('/control/faults', (c) => c.json(faults.values()));
  app.put('/control/faults', async (c) => {
    try {
      faults.set(await c.req.json());
    } catch {
      return c.json({ code: 'invalid_input' }, 400);
    }
    return c.json(faults.values());
  });
  return app;
}
