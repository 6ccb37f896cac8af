import { type Kysely, sql } from 'kysely';

/** An agent reads the alerts that are his own, however many the organisation has. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index alerts_member on alerts (organisation_id, member_id, id desc) where member_id is not null;
  `.execute(db);
}
