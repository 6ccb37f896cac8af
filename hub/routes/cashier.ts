import { fileURLToPath } from 'node:url';
import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { HTTPException } from 'hono/http-exception';
import { BadRequest, BadSignature } from '../../connectors/errors.ts';
import { qrSvg } from '../../connectors/lib/sandbox/qr.ts';
import { Refusal } from '../../core/refusal.ts';
import { isAway } from '../away.ts';
import { MIB, readBytes } from '../body.ts';
import { inWords } from '../desk/in-words.ts';
import { folder } from '../files.ts';
import type { Hub } from '../hub.ts';
import { limited } from '../limit.ts';
import { merchantOf, type OpenMerchant } from '../pay/merchant.ts';
import { merchantNamed, takeNotification } from '../pay/notify.ts';
import { openTrade, type Want } from '../pay/trade.ts';
import { cashierPage, langOf, shownState } from '../pay/view.ts';
import { problem } from '../problem.ts';
import { type OrderRow, orderByToken } from '../store/payments.ts';
import type { HouseEnv } from './route.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** How long we remember who pays on this device. Seconds. */
const REMEMBERED = 7_200;
const TOKEN = ':token{[A-Za-z0-9_-]{22}}';

/** Where the platform tells what was paid. Raw bytes, no cookie, no redirect; answered within 5 s (17.6). */
export function payNotifications(hub: Hub) {
  const no = (c: Context, status: number, message: string) => c.json({ code: 'FAIL', message }, status as 400);
  return new Hono<HouseEnv>().post('/pay/wechat/notify/:key', async (c) => {
    try {
      const merchant = await merchantNamed(hub, c.req.param('key'));
      if (!merchant) return no(c, 404, 'no such merchant');
      const request = { headers: Object.fromEntries(c.req.raw.headers), body: await readBytes(c.req, MIB) };
      await takeNotification(hub, merchant, request);
      return c.body(null, 204);
    } catch (error) {
      const counted = (outcome: string) => hub.metrics.inbound.inc({ connector: 'pay', kind: 'request', outcome });
      if (error instanceof BadSignature) {
        counted('bad_signature');
        return no(c, 401, 'the signature is not taken');
      }
      if (error instanceof BadRequest) {
        counted('bad_request');
        hub.log.warn({ code: error.code, error: error.message }, 'a signed notification was not understood');
        return no(c, 400, error.code);
      }
      if (error instanceof HTTPException) return no(c, error.status, 'not taken');
      if (!isAway(error)) hub.log.error({ err: error }, 'a payment’s notification failed; it comes again');
      return no(c, isAway(error) ? 503 : 500, 'not now');
    }
  });
}

/** The payer's page: for whoever has the link, signed in nowhere. Amounts are the order's, never the browser's. */
export function cashier(hub: Hub) {
  const files = folder(fileURLToPath(new URL('../pay/page', import.meta.url)));
  const app = new Hono<HouseEnv>();
  app.use('/pay/*', limited(900, 60));

  async function opened(token: string): Promise<{ order: OrderRow; merchant: OpenMerchant } | null> {
    const order = await orderByToken(hub.db, token);
    if (!order) return null;
    const merchant = await merchantOf(hub, hub.db.org(order.organisation_id), order.merchant_id);
    return { order, merchant };
  }
  const isInside = (c: Context, merchant: OpenMerchant) =>
    /MicroMessenger/i.test(c.req.header('user-agent') ?? '') || (merchant.sandbox && c.req.query('as') === 'wechat');
  const context = (order: OrderRow) => `payer ${order.token}`;

  /** Who pays here, once the app has said it: sealed, for this order alone. */
  function payerOf(c: Context, order: OrderRow): string | undefined {
    try {
      const sealed = getCookie(c, 'payer');
      return sealed && hub.secrets.open(Buffer.from(sealed, 'base64url'), context(order));
    } catch {
      return undefined;
    }
  }

  app.get('/pay/page/:file{cashier\\.(js|css)}', async (c) => {
    const answer = await files.serve(c.req.param('file'), c.req.raw, { 'cache-control': 'no-cache' });
    return answer ?? problem(c, 404, 'not_found');
  });

  app.get(`/pay/${TOKEN}`, async (c) => {
    const found = await opened(c.req.param('token'));
    if (!found) return problem(c, 404, 'not_found');
    const { order, merchant } = found;
    const inside = isInside(c, merchant);
    const failed = c.req.query('failed') !== undefined;
    const lang = langOf(c.req.query('lang'), c.req.header('accept-language'));
    const back = `${hub.publicUrl}/pay/${order.token}/wechat?lang=${lang}${merchant.sandbox ? '&as=wechat' : ''}`;
    const away = merchant.payments.whoPays?.(back, merchant.config, merchant.tools);
    if (inside && away && !failed && shownState(hub, order) === 'open' && !payerOf(c, order))
      return c.redirect(away, 302);
    return c.html(cashierPage(hub, order, merchant, { lang, inside, failed, canPayInside: away !== undefined }), 200, {
      'content-security-policy': POLICY,
      'referrer-policy': 'same-origin',
    });
  });

  app.get(`/pay/${TOKEN}/wechat`, async (c) => {
    const found = await opened(c.req.param('token'));
    if (!found) return problem(c, 404, 'not_found');
    const { order, merchant } = found;
    const lang = langOf(c.req.query('lang'), c.req.header('accept-language'));
    const page = (more: string) =>
      c.redirect(`/pay/${order.token}?lang=${lang}${merchant.sandbox ? '&as=wechat' : ''}${more}`, 303);
    try {
      const openid = await merchant.payments.payer!(c.req.query('code') ?? '', merchant.config, merchant.tools);
      setCookie(c, 'payer', hub.secrets.seal(openid, context(order)).toString('base64url'), {
        path: `/pay/${order.token}`,
        httpOnly: true,
        sameSite: 'Lax',
        secure: hub.publicUrl.startsWith('https:'),
        maxAge: REMEMBERED,
      });
      return page('');
    } catch (error) {
      hub.log.warn({ error: (error as Error).message, merchantId: merchant.id }, 'WeChat did not say who pays');
      return page('&failed=1');
    }
  });

  app.get(`/pay/${TOKEN}/state`, async (c) => {
    const order = await orderByToken(hub.db, c.req.param('token'));
    if (!order) return problem(c, 404, 'not_found');
    return c.json({ state: shownState(hub, order), refunded: order.refunded });
  });

  app.post(`/pay/${TOKEN}/:kind{native|jsapi}`, async (c) => {
    const found = await opened(c.req.param('token'));
    if (!found) return problem(c, 404, 'not_found');
    const { order, merchant } = found;
    const openid = payerOf(c, order);
    const inside = c.req.param('kind') === 'jsapi';
    if (inside && !openid) throw new Refusal('not_allowed');
    const want: Want = inside ? { kind: 'jsapi', openid: openid! } : { kind: 'native' };
    const org = hub.db.org(order.organisation_id);
    const way = await inWords(() => openTrade(hub, org, merchant, order.id, want));
    if (!way) throw new Refusal('not_payable');
    return way.kind === 'native' ? c.json({ svg: qrSvg(way.codeUrl, '') }) : c.json(way.prepay);
  });
  return app;
}
