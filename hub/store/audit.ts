import { sql } from 'kysely';
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

export interface AuditFilter {
  /** What an action is about: `group` of `group.changed`. */
  area?: string;
  action?: string;
  subject?: string;
  memberId?: string;
  /** From this moment on, and before that one. */
  from?: Date;
  to?: Date;
}

/** Newest first; `before` is the id of the last one seen. */
export async function auditPage(org: Org, filter: AuditFilter, before: string | undefined, limit: number) {
  let query = org
    .select('audit')
    .leftJoin('members', (join) =>
      join.onRef('members.organisation_id', '=', 'audit.organisation_id').onRef('members.id', '=', 'audit.member_id'),
    )
    .selectAll('audit')
    .select('members.name as member_name');
  if (before) query = query.where('audit.id', '<', before);
  if (filter.area) query = query.where(sql<boolean>`split_part(audit.action, '.', 1) = ${filter.area}`);
  if (filter.action) query = query.where('audit.action', '=', filter.action);
  if (filter.subject) query = query.where('audit.subject', '=', filter.subject);
  if (filter.memberId) query = query.where('audit.member_id', '=', filter.memberId);
  // Ids begin with their time, so the index finds the period; clocks of hubs and database may differ a little.
  if (filter.from)
    query = query.where('audit.at', '>=', filter.from).where('audit.id', '>=', idOfMoment(+filter.from - MARGIN_MS));
  if (filter.to)
    query = query.where('audit.at', '<', filter.to).where('audit.id', '<', idOfMoment(+filter.to + MARGIN_MS));
  return await query.orderBy('audit.id', 'desc').limit(limit).execute();
}
const MARGIN_MS = 3_600_000;

/** The least UUIDv7 of a moment (epoch milliseconds). */
function idOfMoment(at: number): string {
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, '0').slice(-12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

/** The kinds of action there are in the trail, for choosing one. */
export async function auditActions(org: Org): Promise<string[]> {
  const rows = await org.select('audit').select('action').distinct().orderBy('action').execute();
  return rows.map((row) => row.action);
}
