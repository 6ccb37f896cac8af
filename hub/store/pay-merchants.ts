import type { Selectable } from 'kysely';
import type { Database } from './database.ts';
import type { Org } from './org.ts';
import type { PayMerchantsTable } from './schema/pay.ts';

export type MerchantRow = Selectable<PayMerchantsTable>;

/** Oldest first: the first is the one that is paid unless another is named. */
export async function listMerchants(org: Org): Promise<MerchantRow[]> {
  return await org
    .select('pay_merchants')
    .selectAll()
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Also one that was taken away: its open orders still end, its payments can still go back. */
export async function merchantById(org: Org, id: string): Promise<MerchantRow | undefined> {
  return await org.select('pay_merchants').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The key is all a notification's address has. */
export async function merchantByKey(db: Database, key: string): Promise<MerchantRow | undefined> {
  return await db.everywhere.selectFrom('pay_merchants').selectAll().where('key', '=', key).executeTakeFirst();
}

export async function addMerchant(
  org: Org,
  row: Pick<MerchantRow, 'id' | 'name' | 'key' | 'mch_id' | 'config' | 'secrets'> & { sandbox?: boolean },
): Promise<void> {
  await org.insert('pay_merchants', { ...row, config: JSON.stringify(row.config) }).execute();
}

export async function patchMerchant(
  org: Org,
  id: string,
  { config, ...rest }: Partial<Pick<MerchantRow, 'name' | 'mch_id' | 'config' | 'secrets' | 'deleted_at'>>,
): Promise<void> {
  const set = { ...rest, ...(config && { config: JSON.stringify(config) }) };
  if (Object.keys(set).length)
    await org
      .update('pay_merchants')
      .set(set as never)
      .where('id', '=', id)
      .execute();
}
