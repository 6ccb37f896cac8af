import { type Kysely, sql } from 'kysely';

/**
 * Where a visitor writes from, and two names of a customer: the real one, and what the channel calls him. Who was
 * renamed by a member before keeps the name that the channel says, else the one he had before he was renamed first.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table identities
      add column ip text,
      add column region text,
      add column network text,
      add column terminal jsonb;

    alter table contacts add column nickname text;
    update contacts c set nickname = coalesce(
        (select i.name from identities i where i.organisation_id = c.organisation_id and i.contact_id = c.id and i.name <> ''
          order by i.last_seen_at desc nulls last, i.id limit 1),
        renamed.before ->> 'name')
      from (select distinct on (organisation_id, subject) organisation_id, subject, before from audit
        where action = 'contact.changed' and before ? 'name' order by organisation_id, subject, id) renamed
      where renamed.organisation_id = c.organisation_id and renamed.subject = c.id::text;
    update contacts set nickname = null where nickname = name;
  `.execute(db);
}
