import { sql } from 'kysely';
import type { SessionRow } from './changes.ts';
import type { Database } from './database.ts';
import type { Org } from './org.ts';

/** Sessions whose time has come, oldest deadline first; those another hub is at are passed over. */
export async function dueSessions(
  db: Database,
  now: Date,
  most: number,
): Promise<{ organisationId: string; id: string; channelId: string }[]> {
  const { rows } = await sql<{ organisation_id: string; id: string; channel_id: string }>`
    select organisation_id, id, channel_id from sessions where wake_at <= ${now} order by wake_at limit ${most}
    for no key update skip locked`.execute(db.everywhere);
  return rows.map((row) => ({ organisationId: row.organisation_id, id: row.id, channelId: row.channel_id }));
}

export interface Waking extends SessionRow {
  language: string | null;
  /** Its place in its queue, 1 is next; null: it does not wait. */
  position: number | null;
}

/** Takes them until the transaction ends: another hub, and whoever changes them meanwhile, comes after. */
export async function takeDue(org: Org, ids: readonly string[], now: Date): Promise<Waking[]> {
  const rows = await org.raw(
    (id) => sql<SessionRow & { language: string | null }>`
    select s.*, i.language from sessions s
    join identities i on i.organisation_id = s.organisation_id and i.id = s.identity_id
    where s.organisation_id = ${id} and s.id = any(${ids}::uuid[]) and s.wake_at <= ${now} and s.state <> 'closed'
    for no key update of s skip locked`,
  );
  const waiting = rows.filter((row) => row.state === 'waiting');
  const places = waiting.length ? await placesOf(org, waiting) : new Map<string, number>();
  return rows.map((row) => ({ ...row, position: places.get(row.id) ?? null }));
}

async function placesOf(org: Org, rows: readonly SessionRow[]): Promise<Map<string, number>> {
  const groups = [...new Set(rows.map((row) => row.group_id ?? NONE))];
  const found = await org.raw(
    (id) => sql<{ id: string; place: number }>`
    select id, place from (
      select id, row_number() over (partition by group_id order by priority, waiting_since, id)::int as place
      from sessions where organisation_id = ${id} and state = 'waiting' and coalesce(group_id, ${NONE}::uuid) = any(${groups}::uuid[])
    ) q where id = any(${rows.map((row) => row.id)}::uuid[])`,
  );
  return new Map(found.map((row) => [row.id, row.place]));
}
const NONE = '00000000-0000-0000-0000-000000000000';

/** Looked at too early: when to look again. Only rows that nobody has changed since. */
export async function windAgain(
  org: Org,
  rows: readonly { id: string; seq: number; wakeAt: Date | null }[],
): Promise<void> {
  if (!rows.length) return;
  await org.raw(
    (id) => sql`
    update sessions s set wake_at = r.wake_at from unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.seq)}::int[],
      ${rows.map((row) => row.wakeAt?.toISOString() ?? null)}::timestamptz[]) r(id, seq, wake_at)
    where s.organisation_id = ${id} and s.id = r.id and s.seq = r.seq`,
  );
}

/** After a change of the timers every open session is looked at once: a shorter time may be over already. */
export async function wakeAll(org: Org, at: Date): Promise<void> {
  await org
    .update('sessions')
    .set({ wake_at: at })
    .where('state', '<>', 'closed')
    .where((eb) => eb.or([eb('wake_at', 'is', null), eb('wake_at', '>', at)]))
    .execute();
}
