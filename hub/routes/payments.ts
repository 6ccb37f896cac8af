import { z } from '@hono/zod-openapi';
import { Refusal } from '../../core/refusal.ts';
import type { Me } from '../auth.ts';
import { sees } from '../desk/sight.ts';
import type { Hub } from '../hub.ts';
import { askForMoney } from '../pay/ask.ts';
import { closeOrder } from '../pay/close.ts';
import { firstMerchant } from '../pay/merchant.ts';
import { refundOrder } from '../pay/refund.ts';
import { AskForMoney, AskForRefund, Payment, PaymentRights, PaymentSettings } from '../shapes/pay.ts';
import { showPayments } from '../show/payment.ts';
import { audit } from '../store/audit.ts';
import type { SessionRow } from '../store/changes.ts';
import { OPEN, type OrderRow, orderById, ordersOf } from '../store/payments.ts';
import { session as readSession } from '../store/sessions.ts';
import { settingsOf } from '../store/settings.ts';
import { body, byId, house, json, route } from './route.ts';

const tags = ['Payments'];
const byPayment = z.object({ id: z.uuid(), paymentId: z.uuid() });

/** Being paid in a conversation: asking, closing, giving back. What was paid only the platform says. */
export function payments(hub: Hub) {
  async function visible(me: Me, id: string): Promise<SessionRow> {
    const row = await readSession(me.org, id);
    if (!row || !(await sees(hub, me, row))) throw new Refusal('not_found');
    return row;
  }
  async function orderIn(me: Me, { id, paymentId }: z.infer<typeof byPayment>): Promise<OrderRow> {
    const session = await visible(me, id);
    const order = await orderById(me.org, paymentId);
    if (order?.session_id !== session.id) throw new Refusal('not_found');
    return order;
  }
  const shown = async (me: Me, order: OrderRow) => (await showPayments(hub, me.org, [order]))[0]!;

  return house()
    .openapi(
      route('agent', {
        method: 'get',
        path: '/payments/rights',
        tags,
        summary: 'What I may do with money',
        responses: { 200: json(PaymentRights, 'Rights') },
      }),
      async (c) => {
        const me = c.get('me');
        const ready = (await firstMerchant(hub, me.org)) !== undefined;
        return c.json({ ask: ready && (await mayAsk(me)), refund: me.member.role !== 'agent' }, 200);
      },
    )
    .openapi(
      route('agent', {
        method: 'get',
        path: '/sessions/{id}/payments',
        tags,
        summary: 'What was asked for in a session, and what became of it',
        request: { params: byId },
        responses: { 200: json(z.object({ items: z.array(Payment) }), 'Payments') },
      }),
      async (c) => {
        const me = c.get('me');
        const { id } = await visible(me, c.req.valid('param').id);
        return c.json({ items: await showPayments(hub, me.org, await ordersOf(me.org, id)) }, 200);
      },
    )
    .openapi(
      route(
        'agent',
        {
          method: 'post',
          path: '/sessions/{id}/payments',
          tags,
          summary: 'Ask for money; the message goes out with it',
          request: { params: byId, body: body(AskForMoney) },
          responses: { 201: json(Payment, 'The payment; a repeat of the same id is the same payment') },
        },
        {
          refuses: [
            'no_merchant',
            'platform_refused',
            'not_your_session',
            'session_closed',
            'forbidden_word',
            'window_closed',
            'channel_disconnected',
          ],
        },
      ),
      async (c) => {
        const me = c.get('me');
        const session = await visible(me, c.req.valid('param').id);
        if (!(await mayAsk(me))) throw new Refusal('not_allowed');
        return c.json(
          await shown(me, await askForMoney(hub, me.org, me.member.id, session.id, c.req.valid('json'))),
          201,
        );
      },
    )
    .openapi(
      route(
        'agent',
        {
          method: 'post',
          path: '/sessions/{id}/payments/{paymentId}/close',
          tags,
          summary: 'Nobody shall pay it any more; a payment on its way may win',
          request: { params: byPayment },
          responses: { 200: json(Payment, 'The payment: closed, or paid') },
        },
        { refuses: ['platform_away', 'platform_refused', 'not_payable'] },
      ),
      async (c) => {
        const me = c.get('me');
        const order = await orderIn(me, c.req.valid('param'));
        if (me.member.role === 'agent' && order.asked_by !== me.member.id) throw new Refusal('not_allowed');
        if (order.state !== 'closed' && !OPEN.includes(order.state)) throw new Refusal('not_payable');
        const ended = await closeOrder(hub, me.org, order);
        if (OPEN.includes(order.state))
          await audit(me.org, me.member.id, 'payment.closed', order.id, { state: order.state }, { state: ended.state });
        return c.json(await shown(me, ended), 200);
      },
    )
    .openapi(
      route(
        'supervisor',
        {
          method: 'post',
          path: '/sessions/{id}/payments/{paymentId}/refund',
          tags,
          summary: 'Give money back, all of it or a part',
          request: { params: byPayment, body: body(AskForRefund) },
          responses: { 200: json(Payment, 'The payment; a repeat of the same id is the same refund') },
        },
        { refuses: ['not_refundable', 'no_merchant'] },
      ),
      async (c) => {
        const me = c.get('me');
        const order = await orderIn(me, c.req.valid('param'));
        await refundOrder(hub, me.org, me.member.id, order.id, c.req.valid('json'));
        return c.json(await shown(me, (await orderById(me.org, order.id))!), 200);
      },
    );
}

/** Supervisors always; agents where the organisation lets them. */
async function mayAsk(me: Me): Promise<boolean> {
  if (me.member.role !== 'agent') return true;
  return PaymentSettings.parse((await settingsOf(me.org, 'payments')).document).agents;
}
