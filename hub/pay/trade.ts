import { Refused } from '../../connectors/errors.ts';
import type { Order, Prepay } from '../../connectors/pay/payments.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import type { Org } from '../store/org.ts';
import {
  OPEN,
  type OrderRow,
  orderById,
  patchOrder,
  patchTrade,
  replaceTrade,
  type TradeRow,
  tradeByNo,
} from '../store/payments.ts';
import type { OpenMerchant } from './merchant.ts';
import { learn } from './settle.ts';

/** The platform is asked this long after a trade was opened, then when the order ends (17.5). Milliseconds. */
export const CHECKS = [10_000, 30_000, 60_000, 180_000, 600_000, 1_800_000];
/** The platform takes no end nearer than a minute: who comes later comes too late. Milliseconds. */
const LEAST_MS = 60_000;
/** Another changed the order meanwhile, so often. */
const TRIES = 4;

export type Want = { kind: 'native' } | { kind: 'jsapi'; openid: string };
export type Opened = { kind: 'native'; codeUrl: string } | { kind: 'jsapi'; prepay: Prepay };

/** The same number with the same parameters is the same order; these say that ours is not that any more. */
const STALE = new Set(['ORDER_CLOSED', 'ORDERCLOSED', 'INVALID_REQUEST', 'OUT_TRADE_NO_USED']);
export const isPaid = (error: unknown) =>
  error instanceof Refused && (error.code === 'ORDERPAID' || error.code === 'ORDER_PAID');

/**
 * Opens a way to pay, or gives the one that is open: one at most, so a wish for another kind closes the former first. Null:
 * the order cannot be paid any more (it may just have been). Throws what the platform's calls throw; any of it may be
 * repeated.
 */
export async function openTrade(
  hub: Hub,
  org: Org,
  merchant: OpenMerchant,
  orderId: string,
  want: Want,
): Promise<Opened | null> {
  for (let tries = 0; tries < TRIES; tries++) {
    const order = await orderById(org, orderId);
    if (!order || !OPEN.includes(order.state) || order.expires_at.getTime() - hub.now() < LEAST_MS) return null;
    const current = order.trade_no ? await tradeByNo(org, order.trade_no) : undefined;
    const isWanted = current?.state === 'open' && current.kind === want.kind && current.openid === payerOf(want);
    if (current && isWanted) {
      if (current.kind === 'native' && current.code_url) return { kind: 'native', codeUrl: current.code_url };
      const opened = await ask(hub, org, merchant, order, current, want);
      if (opened) return opened;
      continue;
    }
    // A payment may have won: then the next look at the order says so.
    if (current?.state === 'open' && !(await shut(hub, org, merchant, current.no))) continue;
    const trade = {
      no: newId().replaceAll('-', ''),
      kind: want.kind,
      openid: payerOf(want),
      created_at: new Date(hub.now()),
    };
    await replaceTrade(org, order.id, order.trade_no, trade);
  }
  return null;
}

const payerOf = (want: Want) => (want.kind === 'jsapi' ? want.openid : null);

/** One call with the number that is in its row already. Undefined: look again. */
async function ask(
  hub: Hub,
  org: Org,
  merchant: OpenMerchant,
  row: OrderRow,
  trade: TradeRow,
  want: Want,
): Promise<Opened | undefined> {
  const { payments, config, tools, notifyUrl } = merchant;
  const order: Order = {
    no: trade.no,
    description: row.description,
    amount: row.amount,
    currency: row.currency,
    expiresAt: row.expires_at.getTime(),
    notifyUrl,
  };
  // Whatever the answer, or none: from now on it may be paid.
  await patchOrder(org, row.id, { check_at: nextCheck(row, trade.created_at, hub.now()) });
  try {
    if (want.kind === 'jsapi') {
      const prepay = await payments.jsapi({ ...order, openid: want.openid }, config, tools);
      await isPaying(org, row);
      return { kind: 'jsapi', prepay };
    }
    const { codeUrl } = await payments.native(order, config, tools);
    await patchTrade(org, trade.no, { code_url: codeUrl });
    await isPaying(org, row);
    return { kind: 'native', codeUrl };
  } catch (error) {
    const stale = error instanceof Refused && STALE.has(error.code);
    if (!stale && !isPaid(error)) throw error;
    const open = stale && (await shut(hub, org, merchant, trade.no));
    if (!open) await look(hub, org, merchant, trade.no);
    return undefined;
  }
}

async function isPaying(org: Org, row: OrderRow): Promise<void> {
  if (row.state === 'asked')
    await org
      .update('pay_orders')
      .set({ state: 'paying' })
      .where('id', '=', row.id)
      .where('state', '=', 'asked')
      .execute();
}

/** The next of the times at which the platform is asked by itself. */
export function nextCheck(order: Pick<OrderRow, 'expires_at'>, opened: Date, now: number): Date {
  const times = [...CHECKS.map((ms) => opened.getTime() + ms), order.expires_at.getTime()];
  const next = times.filter((at) => at > now && at <= order.expires_at.getTime());
  return new Date(next.length ? Math.min(...next) : now + LEAST_MS);
}

/** Asks the platform and takes what it says. The state it gave, or null where it knows no such order. */
export async function look(hub: Hub, org: Org, merchant: OpenMerchant, no: string): Promise<string | null> {
  const trade = await merchant.payments.query(no, merchant.config, merchant.tools);
  if (!trade) return null;
  await learn(hub, org, merchant, trade);
  return trade.state;
}

/**
 * Closes a trade, then asks once, for a payment may have won. True: it is closed and was not paid. Throws when the platform
 * gave no answer that tells.
 */
export async function shut(hub: Hub, org: Org, merchant: OpenMerchant, no: string): Promise<boolean> {
  let refused: unknown;
  try {
    await merchant.payments.close(no, merchant.config, merchant.tools);
  } catch (error) {
    refused = error;
  }
  const state = await look(hub, org, merchant, no);
  if (state === 'paid' || state === 'refunded') return false;
  if (state !== null && state !== 'closed' && refused !== undefined) throw refused;
  await patchTrade(org, no, { state: 'closed' });
  return true;
}
