import type { Insertable } from 'kysely';
import { sql } from 'kysely';
import { type By, leads, OWN_ALERTS } from '../../core/desk.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import type { Org } from './org.ts';
import type { AlertsTable } from './schema/watch.ts';

export async function insertAlert(org: Org, row: Omit<Insertable<AlertsTable>, 'organisation_id'>): Promise<void> {
  await org.insert('alerts', row).execute();
}

/** Something that supervisors, or whoever it is about, should see, and what it is about. */
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

/** Sees all there is, and has seen nothing. */
export const EVERYTHING: By = { id: '00000000-0000-0000-0000-000000000000', role: 'owner' };

/**
 * Newest first, with the member's name and whether this viewer has seen it. Whoever leads sees every alert, an agent his own:
 * core's `mayHear` says the same of one. `seen_at` of `alert_views` is
 * the moment of the newest one seen: what is older is seen too, so that the state of a list of any length is one row.
 */
export async function alertsPage(org: Org, viewer: By, before: string | undefined, limit: number, id?: string) {
  let query = org
    .select('alerts')
    .leftJoin('members', (join) =>
      join.onRef('members.organisation_id', '=', 'alerts.organisation_id').onRef('members.id', '=', 'alerts.member_id'),
    )
    .leftJoin('sessions', (join) =>
      join
        .onRef('sessions.organisation_id', '=', 'alerts.organisation_id')
        .onRef('sessions.id', '=', 'alerts.session_id'),
    )
    .leftJoin('alert_views', (join) =>
      join
        .onRef('alert_views.organisation_id', '=', 'alerts.organisation_id')
        .on('alert_views.member_id', '=', viewer.id),
    )
    .selectAll('alerts')
    .select([
      'members.name as member_name',
      'sessions.contact_id',
      'sessions.channel_id as session_channel_id',
      'sessions.opened_at',
      sql<boolean>`coalesce(alerts.at <= alert_views.seen_at, false)`.as('seen'),
    ]);
  if (!leads(viewer))
    query = query.where('alerts.member_id', '=', viewer.id).where('alerts.kind', 'in', [...OWN_ALERTS]);
  if (before) query = query.where('alerts.id', '<', before);
  if (id) query = query.where('alerts.id', '=', id);
  return await query.orderBy('alerts.id', 'desc').limit(limit).execute();
}
export type AlertRow = Awaited<ReturnType<typeof alertsPage>>[number];

/** Marks everything up to the newest of these as seen; what this member does not see himself is none of them. */
export async function seeAlerts(org: Org, viewer: By, ids: readonly string[]): Promise<void> {
  const own = leads(viewer) ? sql`` : sql`and member_id = ${viewer.id} and kind = any(${[...OWN_ALERTS]}::text[])`;
  await org.raw(
    (id) => sql`insert into alert_views (organisation_id, member_id, seen_at)
    select ${id}, ${viewer.id}, max(at) from alerts
      where organisation_id = ${id} and id = any(${ids}::uuid[]) ${own} having max(at) is not null
    on conflict (organisation_id, member_id) do update set seen_at = greatest(alert_views.seen_at, excluded.seen_at)`,
  );
}
