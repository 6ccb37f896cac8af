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
  await sql`update members m set present_until = greatest(m.present_until, ${until}) from json_to_recordset(${JSON.stringify(members)}::json) r("organisationId" uuid, "memberId" uuid)
    where m.organisation_id = r."organisationId" and m.id = r."memberId"`.execute(db.everywhere);
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
