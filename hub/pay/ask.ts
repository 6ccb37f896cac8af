import { Refused, Retry, Uncertain } from '../../connectors/errors.ts';
import { mayReply } from '../../core/desk.ts';
import { Refusal } from '../../core/refusal.ts';
import { inWords } from '../desk/in-words.ts';
import { reply } from '../desk/reply.ts';
import { sessionOf } from '../desk/view.ts';
import type { Hub } from '../hub.ts';
import type { Org } from '../store/org.ts';
import { addOrder, OPEN, type OrderRow, orderById, patchOrder } from '../store/payments.ts';
import { session as readSession } from '../store/sessions.ts';
import { closeOrder } from './close.ts';
import { firstMerchant, merchantOf, type OpenMerchant } from './merchant.ts';
import { payToken } from './token.ts';
import { openTrade } from './trade.ts';

/** How long it can be paid: as long as the platform's code is good. Milliseconds. */
export const PAYABLE_MS = 2 * 3_600_000;

export interface Wish {
  /** Made by the sender, and the message's id as well: a repeat is the same request for money. */
  id: string;
  amount: number;
  description: string;
}

/**
 * A member asks for money: the order's row, then the platform's order, then the message. Each step may be repeated, so a
 * second click or a retry after a lost answer goes on where the first was stopped. Throws Refusal.
 */
export async function askForMoney(
  hub: Hub,
  org: Org,
  memberId: string,
  sessionId: string,
  wish: Wish,
): Promise<OrderRow> {
  const before = await orderById(org, wish.id);
  if (before && (before.session_id !== sessionId || before.asked_by !== memberId || !isSame(before, wish)))
    throw new Refusal('invalid_input', 'this id belongs to another request');
  const merchant = before ? await merchantOf(hub, org, before.merchant_id) : await firstMerchant(hub, org);
  if (!merchant) throw new Refusal('no_merchant');
  if (!before) {
    await mayAsk(org, sessionId, memberId);
    const now = hub.now();
    await addOrder(org, {
      ...wish,
      merchant_id: merchant.id,
      session_id: sessionId,
      asked_by: memberId,
      token: payToken(hub, org.id, wish.id),
      currency: 'CNY',
      created_at: new Date(now),
      expires_at: new Date(now + PAYABLE_MS),
      // Should this hub die now, it still comes to its end.
      check_at: new Date(now + PAYABLE_MS),
    });
  }
  const order = (await orderById(org, wish.id))!;
  if (order.state === 'failed') throw new Refusal('platform_refused', order.error_text ?? undefined);
  if (OPEN.includes(order.state)) await begin(hub, org, merchant, order);
  await say(hub, org, memberId, order);
  return (await orderById(org, wish.id))!;
}

const isSame = (order: OrderRow, wish: Wish) => order.amount === wish.amount && order.description === wish.description;

/** What would refuse the message refuses the order first: nothing is asked of the platform for nothing. */
async function mayAsk(org: Org, sessionId: string, memberId: string): Promise<void> {
  const row = await readSession(org, sessionId);
  if (!row) throw new Refusal('not_found');
  mayReply(sessionOf(row), memberId);
}

async function begin(hub: Hub, org: Org, merchant: OpenMerchant, order: OrderRow): Promise<void> {
  try {
    await openTrade(hub, org, merchant, order.id, { kind: 'native' });
  } catch (error) {
    // Nobody knows, or later: the payer's page asks again with the same number.
    if (error instanceof Uncertain || error instanceof Retry) return;
    const said = error instanceof Error ? error.message.slice(0, 300) : '';
    const code = (error as { code?: string }).code ?? 'failed';
    // A merchant that may not use codes may still be paid inside the app.
    if (code === 'NO_AUTH' && merchant.payments.whoPays?.('', merchant.config, merchant.tools)) return;
    await patchOrder(org, order.id, {
      state: 'failed',
      error_code: code,
      error_text: said,
      check_at: null,
      ended_at: new Date(hub.now()),
    });
    await inWords(() => Promise.reject(error instanceof Refused ? new Refused(code, said) : error));
  }
}

/** The message. Where it is refused the order is closed again: nobody would know of it. */
async function say(hub: Hub, org: Org, memberId: string, order: OrderRow): Promise<void> {
  const { id, amount, currency, description } = order;
  try {
    await reply(hub, org, memberId, order.session_id, {
      id,
      content: { type: 'payment', id, amount, currency, description },
    });
  } catch (error) {
    if (error instanceof Refusal) await closeOrder(hub, org, order).catch(() => {});
    throw error;
  }
}
