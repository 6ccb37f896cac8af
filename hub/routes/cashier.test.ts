import { describe, expect, test } from 'vitest';
import { payDesk } from '../test/pay.ts';
import { told } from '../test/people.ts';

const WECHAT = { 'user-agent': 'Mozilla/5.0 (iPhone) MicroMessenger/8.0.50' };

async function open() {
  const desk = await payDesk();
  const { body } = await desk.ask();
  const path = new URL(body.url).pathname;
  const get = async (more = '', headers: Record<string, string> = {}) =>
    await desk.app.request(`${path}${more}`, { headers });
  const post = async (what: string, headers: Record<string, string> = {}) =>
    await told(Promise.resolve(desk.app.request(`${path}/${what}`, { method: 'POST', headers })));
  const state = async () => (await told(Promise.resolve(get('/state')))).body.state as string;
  /** Goes to the app and back, as its browser does; gives the cookie that says who pays. */
  async function goInside(): Promise<string> {
    const away = await get('', WECHAT);
    expect(away.status).toBe(302);
    const consent = await desk.app.request(away.headers.get('location')!);
    const back = await desk.app.request(consent.headers.get('location')!);
    expect(back.status).toBe(303);
    return back.headers.getSetCookie()[0]!.split(';')[0]!;
  }
  return { ...desk, id: body.id as string, path, get, post, state, goInside };
}

describe('the payer’s page', () => {
  test('says what is paid to whom in both languages, and gives a code', async () => {
    const desk = await open();
    const zh = await (await desk.get()).text();
    expect(zh).toContain('¥12.50');
    expect(zh).toContain('拿铁 Latte');
    expect(zh).toContain('<html lang="zh-CN">');
    expect(await (await desk.get('?lang=en')).text()).toContain('<html lang="en">');
    const page = await desk.get('', { 'accept-language': 'en-GB,en;q=0.9' });
    expect(await page.text()).toContain('Waiting for the payment');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    const { status, body } = await desk.post('native');
    expect(status).toBe(200);
    expect(body.svg).toMatch(/^<svg class="qr"/);
    expect(await desk.post('native')).toEqual({ status, body });
  });

  test('follows the order', async () => {
    const desk = await open();
    expect(await desk.state()).toBe('open');
    desk.sandbox.pay(await desk.no(desk.id));
    await desk.becomes(desk.id, 'paid');
    expect(await desk.state()).toBe('paid');
    expect((await desk.post('native')).body.code).toBe('not_payable');
    expect(await (await desk.get('?lang=en')).text()).toContain('>Paid<');
  });

  test('says when it is over', async () => {
    const desk = await open();
    await desk.supervisor.ask('POST', `/sessions/${desk.sessionId}/payments/${desk.id}/close`);
    expect(await desk.state()).toBe('closed');
    const late = await open();
    await late.later(7_200_001);
    expect(await late.state()).toMatch(/closed|expired/);
    expect((await late.post('native')).body.code).toBe('not_payable');
  });

  test('is nobody’s who has another link', async () => {
    const desk = await open();
    const other = `${desk.path.slice(0, -1)}${desk.path.endsWith('A') ? 'B' : 'A'}`;
    expect((await desk.app.request(other)).status).toBe(404);
    expect((await desk.app.request(`${other}/state`)).status).toBe(404);
    expect((await desk.app.request(`${other}/native`, { method: 'POST' })).status).toBe(404);
    expect((await desk.app.request('/pay/short')).status).not.toBe(500);
  });
});

describe('inside the app', () => {
  test('who pays is asked once, then the page is signed for the bridge', async () => {
    const desk = await open();
    expect((await desk.post('jsapi')).body.code).toBe('not_allowed');
    const before = await desk.no(desk.id);
    const cookie = await desk.goInside();
    const page = await desk.get('', { ...WECHAT, cookie });
    expect(page.status).toBe(200);
    const { status, body } = await desk.post('jsapi', { cookie });
    expect({ status, signType: body.signType }).toEqual({ status: 200, signType: 'RSA' });
    // One way to pay at a time: the code does not work any more.
    const now = await desk.no(desk.id);
    expect(now).not.toBe(before);
    expect(desk.sandbox.pay(before)).toBe(false);
    expect(desk.sandbox.trade(now)).toMatchObject({ kind: 'jsapi', total: 1250 });
    expect(desk.sandbox.pay(now)).toBe(true);
    await desk.becomes(desk.id, 'paid');
    expect(await desk.notices()).toEqual(['payment_paid ¥12.50']);
  });

  test('a code that was scanned and paid meanwhile is not paid again', async () => {
    const desk = await open();
    const cookie = await desk.goInside();
    desk.sandbox.faults.set({ silent: true });
    desk.sandbox.pay(await desk.no(desk.id));
    expect((await desk.post('jsapi', { cookie })).body.code).toBe('not_payable');
    expect(await desk.state()).toBe('paid');
  });

  test('two pages at once open one way each time, and one payment is booked', async () => {
    const desk = await open();
    const cookie = await desk.goInside();
    await Promise.all([desk.post('jsapi', { cookie }), desk.post('native'), desk.post('jsapi', { cookie })]);
    const trades = await desk.org.select('pay_trades').selectAll().execute();
    expect(trades.filter((one) => one.state === 'open')).toHaveLength(1);
    for (const one of trades) desk.sandbox.pay(one.no);
    await desk.becomes(desk.id, 'paid');
    expect(await desk.notices()).toEqual(['payment_paid ¥12.50']);
    expect(await desk.alerts()).toEqual([]);
  });

  test('one order’s payer is not another’s, and a code that fails does not go round for ever', async () => {
    const desk = await open();
    const cookie = await desk.goInside();
    const { body } = await desk.ask();
    const other = new URL(body.url).pathname;
    expect(
      (await told(Promise.resolve(desk.app.request(`${other}/jsapi`, { method: 'POST', headers: { cookie } })))).body
        .code,
    ).toBe('not_allowed');
    const failed = await desk.app.request(`${other}/wechat?code=wrong`);
    expect(failed.headers.get('location')).toContain('failed=1');
    const page = await desk.app.request(failed.headers.get('location')!, { headers: WECHAT });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('没能打开微信支付');
  });
});

describe('notifications at the door', () => {
  test('of nobody’s merchant, unsigned or too large are refused', async () => {
    const desk = await open();
    const hook = new URL(desk.merchant.notifyUrl).pathname;
    const post = async (path: string, body: string) => (await desk.app.request(path, { method: 'POST', body })).status;
    expect(await post('/pay/wechat/notify/nobody', '{}')).toBe(404);
    expect(await post(hook, '{}')).toBe(401);
    expect(await post(hook, 'x'.repeat(2_000_000))).toBe(413);
    expect((await desk.app.request(hook)).status).toBe(404);
  });
});
