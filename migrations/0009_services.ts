import { type Kysely, sql } from 'kysely';

/**
 * Who served a session, by the session: for the regular customer's agent (RT-16) and for whom a rating counts (CS-09). With
 * all that either asks, so that neither reads the table itself.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index services_session on services (organisation_id, session_id) include (agent_id, started_at);
  `.execute(db);
}
