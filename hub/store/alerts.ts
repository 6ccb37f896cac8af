import type { Insertable } from 'kysely';
import { sql } from 'kysely';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import type { Alert } from '../shapes/house.ts';
import type { Org } from './org.ts';
import type { AlertsTable } from './schema/watch.ts';

export async function insertAlert(org: Org, row: Omit<Insertable<AlertsTable>, 'organisation_id'>): Promise<void> {
  await org.insert('alerts', row).execute();
}

/** Something that supervisors should see, and what it is about. */
export interface Raised {
  kind: Insertable<AlertsTable>['kind'];
  text: string;
  words?: string[];
  sessionId?: string | null;
  channelId?: string | null;
  memberId?: string | null;
}

/** Writes an alert down and shows it on every screen that may see it. */
export async function raiseAlert(hub: Pick<Hub, 'live' | 'now'>, org: Org, alert: Raised): Promise<void> {
  const id = newId();
  const { kind, text, words = [], sessionId = null, channelId = null, memberId = null } = alert;
  await insertAlert(org, {
    id,
    kind,
    session_id: sessionId,
    channel_id: channelId,
    member_id: memberId,
    text,
    words,
    at: new Date(hub.now()),
  });
  hub.live.publish(org.id, [{ kind: 'alert', id }]);
}

/**
 * Newest first, with the member's name and whether this member has seen it. `seen_at` of `alert_views` is the moment of
 * the newest one seen: what is older is seen too, so that the state of a list of any length is one row.
 */
export async function alertsPage(org: Org, memberId: string, before: string | undefined, limit: number, id?: string) {
  let query = org
    .select('alerts')
    .leftJoin('members', (join) =>
      join.onRef('members.organisation_id', '=', 'alerts.organisation_id').onRef('members.id', '=', 'alerts.member_id'),
    )
    .leftJoin('alert_views', (join) =>
      join
        .onRef('alert_views.organisation_id', '=', 'alerts.organisation_id')
        .on('alert_views.member_id', '=', memberId),
    )
    .selectAll('alerts')
    .select([
      'members.name as member_name',
      sql<boolean>`coalesce(alerts.at <= alert_views.seen_at, false)`.as('seen'),
    ]);
  if (before) query = query.where('alerts.id', '<', before);
  if (id) query = query.where('alerts.id', '=', id);
  return await query.orderBy('alerts.id', 'desc').limit(limit).execute();
}
export type AlertRow = Awaited<ReturnType<typeof alertsPage>>[number];

/** Marks everything up to the newest of these as seen. */
export async function seeAlerts(org: Org, memberId: string, ids: readonly string[]): Promise<void> {
  await org.raw(
    (id) => sql`insert into alert_views (organisation_id, member_id, seen_at)
    select ${id}, ${memberId}, max(at) from alerts where organisation_id = ${id} and id = any(${ids}::uuid[]) having max(at) is not null
    on conflict (organisation_id, member_id) do update set seen_at = greatest(alert_views.seen_at, excluded.seen_at)`,
  );
}

export function toAlert(row: AlertRow): Alert {
  return {
    id: row.id,
    kind: row.kind,
    at: row.at.toISOString(),
    sessionId: row.session_id,
    channelId: row.channel_id,
    member: row.member_name,
    memberId: row.member_id,
    text: row.text,
    words: row.words,
    seen: row.seen,
  };
}

/** A new one, as it is told to everybody: nobody has seen it yet. */
export async function shownAlert(org: Org, id: string): Promise<Alert | undefined> {
  const [row] = await alertsPage(org, NOBODY, undefined, 1, id);
  return row && toAlert(row);
}
const NOBODY = '00000000-0000-0000-0000-000000000000';
