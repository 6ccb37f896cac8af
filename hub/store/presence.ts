import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { Org } from './org.ts';

/** Says for all members with a screen on this hub that they are there until `until`. One statement however many. */
export async function stayPresent(
  db: Database,
  members: readonly { organisationId: string; memberId: string }[],
  until: Date,
): Promise<void> {
  if (!members.length) return;
  // Locked in the order in which whoever gives out sessions locks them, so that neither waits for the other in a ring.
  await sql`with locked as (
      select m.id from members m join json_to_recordset(${JSON.stringify(members)}::json) r("organisationId" uuid, "memberId" uuid)
        on m.organisation_id = r."organisationId" and m.id = r."memberId" order by m.id for no key update of m
    )
    update members m set present_until = greatest(m.present_until, ${until}) from locked where m.id = locked.id`.execute(
    db.everywhere,
  );
}

/** The last screen of a member on this hub went away; another hub may still have one and will say so again. */
export async function leaveSoon(org: Org, memberId: string, until: Date): Promise<void> {
  await org
    .update('members')
    .set({ present_until: until })
    .where('id', '=', memberId)
    .where('present_until', '>', until)
    .execute();
}
