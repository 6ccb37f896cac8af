import { type Selectable, sql } from 'kysely';
import type { Database } from './database.ts';
import type { Org } from './org.ts';
import type { OrderState, PayOrdersTable, PayRefundsTable, PayTradesTable } from './schema/pay.ts';

export type OrderRow = Selectable<PayOrdersTable>;
export type TradeRow = Selectable<PayTradesTable>;
export type RefundRow = Selectable<PayRefundsTable>;

/** What can still be paid. */
export const OPEN: readonly OrderState[] = ['asked', 'paying'];

/** Nothing where the id is taken already: then it is that order. */
export async function addOrder(
  org: Org,
  row: Pick<
    OrderRow,
    | 'id'
    | 'merchant_id'
    | 'session_id'
    | 'asked_by'
    | 'token'
    | 'amount'
    | 'currency'
    | 'description'
    | 'created_at'
    | 'expires_at'
    | 'check_at'
  >,
): Promise<void> {
  await org
    .insert('pay_orders', { ...row, state: 'asked' })
    .onConflict((on) => on.doNothing())
    .execute();
}

export async function orderById(org: Org, id: string): Promise<OrderRow | undefined> {
  return await org.select('pay_orders').selectAll().where('id', '=', id).executeTakeFirst();
}
/** Held until the transaction ends: whoever changes the state takes it first. */
export async function lockOrder(org: Org, id: string): Promise<OrderRow | undefined> {
  return await org.select('pay_orders').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}
export async function orderByToken(db: Database, token: string): Promise<OrderRow | undefined> {
  return await db.everywhere.selectFrom('pay_orders').selectAll().where('token', '=', token).executeTakeFirst();
}
export async function ordersOf(org: Org, sessionId: string): Promise<OrderRow[]> {
  return await org
    .select('pay_orders')
    .selectAll()
    .where('session_id', '=', sessionId)
    .orderBy('created_at')
    .limit(500)
    .execute();
}
export async function patchOrder(
  org: Org,
  id: string,
  set: Partial<Omit<OrderRow, 'organisation_id' | 'id'>>,
): Promise<void> {
  await org.update('pay_orders').set(set).where('id', '=', id).execute();
}

export async function tradeByNo(org: Org, no: string): Promise<TradeRow | undefined> {
  return await org.select('pay_trades').selectAll().where('no', '=', no).executeTakeFirst();
}
export async function openTrades(org: Org, orderId: string): Promise<TradeRow[]> {
  return await org
    .select('pay_trades')
    .selectAll()
    .where('order_id', '=', orderId)
    .where('state', '=', 'open')
    .orderBy('created_at')
    .execute();
}
/**
 * Makes a trade the order's own, in the place of the one that was read there. False: somebody else was faster, and his is
 * the one. The number is in its row before the platform hears of it.
 */
export async function replaceTrade(
  org: Org,
  orderId: string,
  former: string | null,
  trade: Pick<TradeRow, 'no' | 'kind' | 'openid' | 'created_at'>,
): Promise<boolean> {
  return await org.transaction(async (tx) => {
    const order = await lockOrder(tx, orderId);
    if (!order || order.trade_no !== former || !OPEN.includes(order.state)) return false;
    await tx.insert('pay_trades', { ...trade, order_id: orderId, code_url: null, transaction_id: null }).execute();
    await patchOrder(tx, orderId, { trade_no: trade.no });
    return true;
  });
}
export async function patchTrade(
  org: Org,
  no: string,
  set: Partial<Pick<TradeRow, 'state' | 'code_url' | 'transaction_id'>>,
): Promise<void> {
  await org.update('pay_trades').set(set).where('no', '=', no).execute();
}

export async function refundsOf(org: Org, orderIds: readonly string[]): Promise<RefundRow[]> {
  if (!orderIds.length) return [];
  return await org.select('pay_refunds').selectAll().where('order_id', 'in', orderIds).orderBy('created_at').execute();
}
export async function refundById(org: Org, id: string): Promise<RefundRow | undefined> {
  return await org.select('pay_refunds').selectAll().where('id', '=', id).executeTakeFirst();
}
export async function refundByNo(org: Org, no: string): Promise<RefundRow | undefined> {
  return await org.select('pay_refunds').selectAll().where('no', '=', no).executeTakeFirst();
}
export async function addRefund(
  org: Org,
  row: Pick<
    RefundRow,
    'id' | 'order_id' | 'no' | 'trade_no' | 'amount' | 'reason' | 'asked_by' | 'created_at' | 'check_at'
  >,
): Promise<void> {
  await org.insert('pay_refunds', { ...row, state: 'asked' }).execute();
}
export async function patchRefund(
  org: Org,
  id: string,
  set: Partial<Omit<RefundRow, 'organisation_id' | 'id'>>,
): Promise<void> {
  await org.update('pay_refunds').set(set).where('id', '=', id).execute();
}

/** True where this is new: the same stray thing is told to people once. */
export async function addStray(
  org: Org,
  row: { id: string; merchant_id: string; why: string; no: string; told: object; at: Date },
): Promise<boolean> {
  const added = await org
    .insert('pay_strays', { ...row, told: JSON.stringify(row.told) })
    .onConflict((on) => on.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

/** Takes what is due, for `leaseMs`: another hub, or this one after a crash, comes again after that. */
export async function takeDue(
  db: Database,
  table: 'pay_orders' | 'pay_refunds',
  now: Date,
  leaseMs: number,
  most: number,
): Promise<{ organisationId: string; id: string }[]> {
  const { rows } = await sql<{ organisation_id: string; id: string }>`
    update ${sql.table(table)} t set check_at = ${new Date(now.getTime() + leaseMs)}, checks = t.checks + 1
    from (select organisation_id, id from ${sql.table(table)} where check_at <= ${now} order by check_at limit ${most} for update skip locked) due
    where t.organisation_id = due.organisation_id and t.id = due.id
    returning t.organisation_id, t.id`.execute(db.everywhere);
  return rows.map((row) => ({ organisationId: row.organisation_id, id: row.id }));
}
