import { describe, expect, test } from 'vitest';
import type { Trade } from '../../connectors/pay/payments.ts';
import { newId } from '../id.ts';
import { payDesk } from '../test/pay.ts';
import { told } from '../test/people.ts';
import { firstMerchant } from './merchant.ts';
import { learn } from './settle.ts';
import { look, openTrade } from './trade.ts';

const MINUTE = 60_000;

describe('asking', () => {
  test('makes an order, and a message with a link that nobody can guess', async () => {
    const desk = await payDesk();
    const { status, body } = await desk.ask();
    expect(status).toBe(201);
    expect(body).toMatchObject({ amount: 1250, currency: 'CNY', state: 'paying', refunded: 0, refunds: [] });
    expect(body.url).toMatch(/^http:\/\/localhost:3000\/pay\/[\w-]{22}$/);
    const { messages } = (await told(desk.supervisor.ask('GET', `/sessions/${desk.sessionId}/messages`))).body;
    expect(messages.at(-1)).toMatchObject({
      id: body.id,
      content: { type: 'payment', id: body.id, amount: 1250, url: body.url },
    });
    expect(await desk.notices()).toEqual([]);
  });

  test('twice with one id is one request; with another sum it is refused', async () => {
    const desk = await payDesk();
    const wish = desk.wish();
    const answers = await Promise.all([1, 2, 3].map(() => told(desk.supervisor.ask('POST', desk.path, wish))));
    expect(answers.map((one) => one.status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map((one) => one.body.id))).toEqual(new Set([wish.id]));
    expect(await desk.org.select('pay_orders').selectAll().execute()).toHaveLength(1);
    const { messages } = (await told(desk.supervisor.ask('GET', `/sessions/${desk.sessionId}/messages`))).body;
    expect(messages.filter((one: { content: { type: string } }) => one.content.type === 'payment')).toHaveLength(1);
    expect((await told(desk.supervisor.ask('POST', desk.path, { ...wish, amount: 1 }))).body.code).toBe(
      'invalid_input',
    );
  });

  test('is for supervisors, and for agents where the house lets them', async () => {
    const desk = await payDesk();
    const rights = async () => (await told(desk.agent.ask('GET', '/payments/rights'))).body;
    await desk.supervisor.ask('POST', `/sessions/${desk.sessionId}/transfer`, { memberId: desk.agent.id });
    await desk.org.update('sessions').set({ agent_id: desk.agent.id }).execute();
    expect(await rights()).toEqual({ ask: false, refund: false });
    expect((await told(desk.agent.ask('POST', desk.path, desk.wish()))).body.code).toBe('not_allowed');
    await desk.admin.ask('PUT', '/settings/payments', { version: 0, document: { agents: true } });
    expect(await rights()).toEqual({ ask: true, refund: false });
    expect((await desk.agent.ask('POST', desk.path, desk.wish())).status).toBe(201);
    // It is not the supervisor's session now.
    expect((await desk.ask()).body.code).toBe('not_your_session');
  });

  test('a card without an order behind it is no message', async () => {
    const desk = await payDesk();
    const id = newId();
    const content = { type: 'payment', id, amount: 1, currency: 'CNY', description: 'x' };
    const { body } = await told(desk.supervisor.ask('POST', `/sessions/${desk.sessionId}/messages`, { id, content }));
    expect(body.code).toBe('invalid_input');
  });

  test.each([
    { amount: 0 },
    { amount: 12.5 },
    { amount: -1 },
    { amount: 1e12 },
    { description: '字'.repeat(43) },
    { description: ' ' },
  ])('%j is refused', async (more) => {
    const desk = await payDesk();
    expect((await desk.ask(more)).body.code).toBe('invalid_input');
  });

  test('what the platform refuses is told, and nothing is sent', async () => {
    const desk = await payDesk();
    desk.sandbox.faults.set({ noAuth: true });
    await desk.org
      .update('pay_merchants')
      .set({
        config: JSON.stringify({
          ...(await desk.org.select('pay_merchants').select('config').executeTakeFirstOrThrow()).config,
        }),
      })
      .execute();
    const merchant = await desk.org.select('pay_merchants').selectAll().executeTakeFirstOrThrow();
    // Without the account's secret nobody can pay inside the app either.
    const secrets = JSON.parse(desk.hub.secrets.open(merchant.secrets!, merchant.id));
    delete secrets.appSecret;
    await desk.org
      .update('pay_merchants')
      .set({ secrets: desk.hub.secrets.seal(JSON.stringify(secrets), merchant.id) })
      .execute();
    const { status, body } = await desk.ask();
    expect({ status, code: body.code, platformCode: body.platformCode }).toEqual({
      status: 422,
      code: 'platform_refused',
      platformCode: 'NO_AUTH',
    });
    expect((await desk.org.select('pay_orders').select('state').execute()).map((one) => one.state)).toEqual(['failed']);
  });

  test('when the answer is lost though the order was made, the same order is gone on with', async () => {
    const desk = await payDesk();
    desk.sandbox.faults.set({ loseAnswer: true });
    const { status, body } = await desk.ask();
    expect(status).toBe(201);
    expect(body.state).toBe('asked');
    const no = await desk.no(body.id);
    expect(desk.sandbox.trade(no)).toMatchObject({ total: 1250, state: 'NOTPAY' });
    desk.sandbox.faults.reset();
    const token = body.url.split('/').at(-1);
    const page = await told(Promise.resolve(desk.app.request(`/pay/${token}/native`, { method: 'POST' })));
    expect(page.body.svg).toContain('<svg');
    expect(await desk.no(body.id)).toBe(no);
  });

  test('closes the order again where the message is refused', async () => {
    const desk = await payDesk();
    await desk.admin.ask('POST', '/words', { kind: 'forbidden', words: [{ text: '包治百病' }] });
    const { body } = await desk.ask({ description: '包治百病' });
    expect(body.code).toBe('forbidden_word');
    const [order] = await desk.org.select('pay_orders').selectAll().execute();
    expect(order!.state).toBe('closed');
    expect(desk.sandbox.trade(order!.trade_no!)).toMatchObject({ state: 'CLOSED' });
  });
});

describe('a payment', () => {
  test('is booked once, by a notification that is signed', async () => {
    const desk = await payDesk();
    const { id } = (await desk.ask()).body;
    desk.sandbox.pay(await desk.no(id));
    expect(await desk.becomes(id, 'paid')).toMatchObject({
      state: 'paid',
      transactionId: expect.stringMatching(/^42000/),
    });
    expect(await desk.notices()).toEqual(['payment_paid ¥12.50']);
  });

  test('told twice at once, after a probe, is booked once', async () => {
    const desk = await payDesk();
    const { id } = (await desk.ask()).body;
    desk.sandbox.faults.set({ twice: true, probe: true });
    desk.sandbox.pay(await desk.no(id));
    await desk.becomes(id, 'paid');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(desk.asked.filter((one) => one.startsWith('POST /pay/wechat/notify'))).toHaveLength(3);
    expect(await desk.notices()).toEqual(['payment_paid ¥12.50']);
    expect(await desk.alerts()).toEqual([]);
  });

  test.each(['badSignature', 'unknownSerial', 'old'])(
    'told with %s is not believed; asking the platform finds it',
    async (fault) => {
      const desk = await payDesk();
      const { id } = (await desk.ask()).body;
      desk.sandbox.faults.set({ [fault]: true });
      desk.sandbox.pay(await desk.no(id));
      await desk.until(
        async () => desk.asked,
        (all) => all.some((one) => one.startsWith('POST /pay/wechat/notify')),
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect((await desk.payment(id)).state).toBe('paying');
      await desk.later(11_000);
      expect((await desk.payment(id)).state).toBe('paid');
    },
  );

  test('of another sum moves nothing, and a person is told once', async () => {
    const desk = await payDesk();
    const { id } = (await desk.ask()).body;
    desk.sandbox.faults.set({ wrongAmount: true, twice: true });
    desk.sandbox.pay(await desk.no(id));
    await desk.until(desk.alerts, (all) => all.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await desk.alerts()).toEqual(['wrong_amount']);
    expect((await desk.payment(id)).state).toBe('paying');
  });

  test('that we know nothing of is kept, answered well and told of once', async () => {
    const desk = await payDesk();
    const { id } = (await desk.ask()).body;
    const no = await desk.no(id);
    await desk.org.update('pay_orders').set({ trade_no: null }).execute();
    await desk.org.delete('pay_trades').execute();
    desk.sandbox.faults.set({ twice: true });
    desk.sandbox.pay(no);
    await desk.until(desk.alerts, (all) => all.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await desk.alerts()).toEqual(['unknown_order']);
    // Answered well: it does not come again.
    expect(desk.asked.filter((one) => one.startsWith('POST /pay/wechat/notify'))).toHaveLength(2);
    expect((await desk.org.select('pay_strays').select('no').execute()).map((one) => one.no)).toEqual([no]);
  });

  test('told before the answer of the order is stored is booked', async () => {
    const desk = await payDesk();
    // Paid, and told, while the call that makes the order still waits for its answer.
    desk.sandbox.faults.set({ loseAnswer: true });
    const wish = desk.wish();
    const asking = told(desk.supervisor.ask('POST', desk.path, wish));
    const trade = await desk.until(
      async () =>
        desk.sandbox.trade((await desk.org.select('pay_orders').select('trade_no').executeTakeFirst())?.trade_no ?? ''),
      (one) => one !== undefined,
    );
    desk.sandbox.pay(trade!.no);
    expect((await asking).status).toBe(201);
    expect((await desk.becomes(wish.id, 'paid')).state).toBe('paid');
    expect(await desk.notices()).toEqual(['payment_paid ¥12.50']);
  });

  test('that comes after the conversation has ended is booked, and said in it', async () => {
    const desk = await payDesk();
    const { id } = (await desk.ask()).body;
    await desk.supervisor.ask('POST', `/sessions/${desk.sessionId}/end`);
    desk.sandbox.pay(await desk.no(id));
    await desk.becomes(id, 'paid');
    expect(await desk.notices()).toEqual(['payment_paid ¥12.50']);
  });

  test('of a channel that is gone is booked all the same', async () => {
    const desk = await payDesk();
    const { id } = (await desk.ask()).body;
    expect((await desk.admin.ask('DELETE', `/channels/${desk.web.id}`)).status).toBe(204);
    desk.sandbox.pay(await desk.no(id));
    expect((await desk.becomes(id, 'paid')).state).toBe('paid');
  });

  test('made twice for one request is booked once, and a person gives one back', async () => {
    const desk = await payDesk();
    const { id } = (await desk.ask()).body;
    const first = await desk.no(id);
    const merchant = (await firstMerchant(desk.hub, desk.org))!;
    // The code was paid in the very moment in which the page inside the app was opened.
    await openTrade(desk.hub, desk.org, merchant, id, { kind: 'jsapi', openid: 'oPayer' });
    const second = await desk.no(id);
    const trade = (no: string, transactionId: string): Trade => ({
      no,
      mchId: merchant.config.mchId,
      appId: merchant.config.appId,
      state: 'paid',
      transactionId,
      amount: 1250,
      currency: 'CNY',
    });
    for (const one of [trade(first, 't1'), trade(second, 't2'), trade(second, 't2'), trade(first, 't1')])
      await learn(desk.hub, desk.org, merchant, one);
    expect(await desk.payment(id)).toMatchObject({ state: 'paid', transactionId: 't1' });
    expect(await desk.notices()).toEqual(['payment_paid ¥12.50']);
    expect(await desk.alerts()).toEqual(['paid_twice']);
  });

  test('heard of by two hubs at once, many times, is booked once', async () => {
    const desk = await payDesk();
    const { id } = (await desk.ask()).body;
    desk.sandbox.faults.set({ silent: true });
    desk.sandbox.pay(await desk.no(id));
    const hubs = [desk.hub, await desk.anotherHub()];
    await Promise.all(
      hubs.flatMap((hub) =>
        [1, 2, 3].map(async () => {
          const org = hub.db.org(desk.org.id);
          await look(hub, org, (await firstMerchant(hub, org))!, await desk.no(id));
        }),
      ),
    );
    expect((await desk.payment(id)).state).toBe('paid');
    expect(await desk.notices()).toEqual(['payment_paid ¥12.50']);
    expect(await desk.alerts()).toEqual([]);
  });

  test.each([
    ['wrong_merchant', { mchId: '1900000009' }],
    ['wrong_account', { appId: 'wxsomebodyelse' }],
    ['wrong_currency', { currency: 'USD' }],
  ])('%s is no payment of ours', async (why, more) => {
    const desk = await payDesk();
    const { id } = (await desk.ask()).body;
    const merchant = (await firstMerchant(desk.hub, desk.org))!;
    const { mchId, appId } = merchant.config;
    const no = await desk.no(id);
    const trade: Trade = {
      no,
      mchId,
      appId,
      state: 'paid',
      transactionId: 't',
      amount: 1250,
      currency: 'CNY',
      ...more,
    };
    await learn(desk.hub, desk.org, merchant, trade);
    expect((await desk.payment(id)).state).toBe('paying');
    expect(await desk.alerts()).toEqual([why]);
  });

  test('is found by asking, where no notification ever comes', async () => {
    const desk = await payDesk();
    const { id } = (await desk.ask()).body;
    desk.sandbox.faults.set({ silent: true });
    await desk.later(11_000);
    expect((await desk.payment(id)).state).toBe('paying');
    desk.sandbox.pay(await desk.no(id));
    await desk.later(5_000);
    expect((await desk.payment(id)).state).toBe('paying');
    await desk.later(15_000);
    expect((await desk.payment(id)).state).toBe('paid');
    expect((await desk.order(id)).check_at).toBeNull();
  });

  test('is asked for at 10 s, 30 s, 1, 3, 10, 30 min and at the end, then no more', async () => {
    const desk = await payDesk();
    const { id } = (await desk.ask()).body;
    const opened = (await desk.org.select('pay_trades').select('created_at').executeTakeFirstOrThrow()).created_at;
    const after: number[] = [];
    for (let round = 0; round < 8; round++) {
      const { check_at } = await desk.order(id);
      if (!check_at) break;
      after.push(Math.round((check_at.getTime() - opened.getTime()) / 1000));
      await desk.later(Math.max(0, check_at.getTime() - desk.hub.now()) + 50);
    }
    expect(after).toEqual([10, 30, 60, 180, 600, 1800, 7200]);
    expect((await desk.payment(id)).state).toBe('closed');
    expect(await desk.notices()).toEqual(['payment_expired ¥12.50']);
  });

  test('heard of by several at once is booked once', async () => {
    const desk = await payDesk();
    const { id } = (await desk.ask()).body;
    desk.sandbox.faults.set({ silent: true });
    desk.sandbox.pay(await desk.no(id));
    desk.sandbox.faults.reset();
    await desk.org
      .update('pay_orders')
      .set({ check_at: new Date(desk.hub.now() - 1) })
      .execute();
    await Promise.all([desk.later(0), desk.later(0), told(desk.supervisor.ask('POST', `${desk.path}/${id}/close`))]);
    expect((await desk.payment(id)).state).toBe('paid');
    expect(await desk.notices()).toEqual(['payment_paid ¥12.50']);
  });
});

describe('closing', () => {
  test('happens by itself when the message is taken back, now or as soon as the platform answers', async () => {
    const desk = await payDesk();
    const back = async (id: string) =>
      (await desk.supervisor.ask('POST', `/sessions/${desk.sessionId}/messages/${id}/recall`)).status;
    const first = (await desk.ask()).body;
    expect(await back(first.id)).toBe(200);
    expect((await desk.payment(first.id)).state).toBe('closed');
    expect(desk.sandbox.pay(await desk.no(first.id))).toBe(false);
    const second = (await desk.ask()).body;
    desk.sandbox.faults.set({ systemError: true });
    expect(await back(second.id)).toBe(200);
    expect((await desk.payment(second.id)).state).toBe('paying');
    desk.sandbox.faults.reset();
    await desk.later(1000);
    expect((await desk.payment(second.id)).state).toBe('closed');
  });

  test('ends it at the platform and here', async () => {
    const desk = await payDesk();
    const { id } = (await desk.ask()).body;
    const no = await desk.no(id);
    const { body } = await told(desk.supervisor.ask('POST', `${desk.path}/${id}/close`));
    expect(body.state).toBe('closed');
    expect(desk.sandbox.pay(no)).toBe(false);
    expect(await desk.notices()).toEqual(['payment_closed ¥12.50']);
    expect((await told(desk.supervisor.ask('POST', `${desk.path}/${id}/close`))).body.state).toBe('closed');
    expect(await desk.notices()).toHaveLength(1);
  });

  test('loses to a payment that was faster', async () => {
    const desk = await payDesk();
    const { id } = (await desk.ask()).body;
    desk.sandbox.faults.set({ silent: true });
    desk.sandbox.pay(await desk.no(id));
    const { status, body } = await told(desk.supervisor.ask('POST', `${desk.path}/${id}/close`));
    expect({ status, state: body.state }).toEqual({ status: 200, state: 'paid' });
    expect(await desk.notices()).toEqual(['payment_paid ¥12.50']);
    expect((await told(desk.supervisor.ask('POST', `${desk.path}/${id}/close`))).body.code).toBe('not_payable');
  });

  test('says so while the platform does not answer', async () => {
    const desk = await payDesk();
    const { id } = (await desk.ask()).body;
    desk.sandbox.faults.set({ systemError: true });
    expect((await told(desk.supervisor.ask('POST', `${desk.path}/${id}/close`))).body.code).toBe('platform_away');
    expect((await desk.payment(id)).state).toBe('paying');
    // It was closed, and only the answer was lost: asking tells.
    desk.sandbox.faults.set({ systemError: false, loseAnswer: true });
    expect((await told(desk.supervisor.ask('POST', `${desk.path}/${id}/close`))).body.state).toBe('closed');
  });
});

describe('giving back', () => {
  async function paid() {
    const desk = await payDesk();
    const { id } = (await desk.ask()).body;
    desk.sandbox.pay(await desk.no(id));
    await desk.becomes(id, 'paid');
    const refund = async (wish: object) => await told(desk.supervisor.ask('POST', `${desk.path}/${id}/refund`, wish));
    return { ...desk, id, refund };
  }

  test('a part, then the rest, and never more', async () => {
    const desk = await paid();
    const { body } = await desk.refund({ id: newId(), amount: 250, reason: '少了一杯' });
    expect(body).toMatchObject({ state: 'refunding', refunded: 0, refunds: [{ amount: 250, state: 'processing' }] });
    desk.sandbox.settleRefunds();
    expect(await desk.becomes(desk.id, 'paid')).toMatchObject({ refunded: 250, refunds: [{ state: 'done' }] });
    expect((await desk.refund({ id: newId(), amount: 1001 })).body).toMatchObject({
      code: 'not_refundable',
      left: 1000,
    });
    await desk.refund({ id: newId() });
    desk.sandbox.settleRefunds();
    expect(await desk.becomes(desk.id, 'refunded')).toMatchObject({ refunded: 1250 });
    expect(await desk.notices()).toEqual(['payment_paid ¥12.50', 'payment_refunded ¥2.50', 'payment_refunded ¥10.00']);
    expect((await desk.refund({ id: newId() })).body.code).toBe('not_refundable');
  });

  test('twice with one id, or two at once for all of it, gives back once', async () => {
    const desk = await paid();
    const wish = { id: newId() };
    const answers = await Promise.all([desk.refund(wish), desk.refund(wish), desk.refund({ id: newId() })]);
    // Who came first has it: the one id, however often it was sent, or the other.
    const [once, again, other] = answers.map((one) => one.status);
    expect([
      [200, 200, 409],
      [409, 409, 200],
    ]).toContainEqual([once, again, other]);
    const rows = await desk.org.select('pay_refunds').selectAll().execute();
    expect(rows.map((one) => one.amount)).toEqual([1250]);
  });

  test('when the answer is lost, the same number is asked for again', async () => {
    const desk = await paid();
    desk.sandbox.faults.set({ loseAnswer: true, silent: true });
    const { body } = await desk.refund({ id: newId() });
    expect(body.refunds).toMatchObject([{ state: 'asked' }]);
    const [row] = await desk.org.select('pay_refunds').selectAll().execute();
    desk.sandbox.faults.set({ loseAnswer: false });
    await desk.later(11_000);
    expect((await desk.payment(desk.id)).refunds).toMatchObject([{ state: 'processing' }]);
    expect((await desk.org.select('pay_refunds').selectAll().execute()).map((one) => one.no)).toEqual([row!.no]);
    // No notification comes: asking tells.
    desk.sandbox.settleRefunds();
    await desk.later(2 * MINUTE);
    expect(await desk.payment(desk.id)).toMatchObject({ state: 'refunded', refunded: 1250 });
  });

  test('is told as failed in the platform’s words, and may be tried again', async () => {
    const desk = await paid();
    desk.sandbox.faults.set({ notEnough: true });
    const { body } = await desk.refund({ id: newId() });
    expect(body).toMatchObject({ state: 'paid', refunds: [{ state: 'failed', error: { code: 'NOT_ENOUGH' } }] });
    desk.sandbox.faults.reset();
    expect((await desk.refund({ id: newId() })).body.state).toBe('refunding');
  });

  test('a card that is gone needs a person', async () => {
    const desk = await paid();
    desk.sandbox.faults.set({ abnormal: true });
    await desk.refund({ id: newId() });
    desk.sandbox.settleRefunds();
    await desk.until(desk.alerts, (all) => all.length > 0);
    expect(await desk.alerts()).toEqual(['refund_abnormal']);
    expect((await desk.payment(desk.id)).refunds).toMatchObject([{ state: 'abnormal' }]);
    expect((await desk.refund({ id: newId() })).body.code).toBe('not_refundable');
  });

  test('is not for agents, nor for what was not paid', async () => {
    const desk = await paid();
    expect((await desk.agent.ask('POST', `${desk.path}/${desk.id}/refund`, { id: newId() })).status).toBe(403);
    const other = (await desk.ask()).body;
    expect(
      (await told(desk.supervisor.ask('POST', `${desk.path}/${other.id}/refund`, { id: newId() }))).body.code,
    ).toBe('not_refundable');
  });
});
