import { newId } from '../id.ts';
import type { Org } from './org.ts';

/** Who changed what. Write it in the transaction of the change; never hand secrets in. */
export async function audit(
  org: Org,
  memberId: string | null,
  action: string,
  subject: string | null,
  before: unknown = null,
  after: unknown = null,
): Promise<void> {
  const asJson = (value: unknown) => (value == null ? null : JSON.stringify(value));
  await org
    .insert('audit', {
      id: newId(),
      member_id: memberId,
      action,
      subject,
      before: asJson(before),
      after: asJson(after),
    })
    .execute();
}

/** Newest first; `before` is the id of the last one seen. */
export async function auditPage(org: Org, before: string | undefined, limit: number) {
  let query = org
    .select('audit')
    .leftJoin('members', (join) =>
      join.onRef('members.organisation_id', '=', 'audit.organisation_id').onRef('members.id', '=', 'audit.member_id'),
    )
    .selectAll('audit')
    .select('members.name as member_name');
  if (before) query = query.where('audit.id', '<', before);
  return await query.orderBy('audit.id', 'desc').limit(limit).execute();
}
