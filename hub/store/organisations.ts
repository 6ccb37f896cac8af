import { type Kysely, sql } from 'kysely';
import { newId } from '../id.ts';
import type { Database } from './database.ts';
import { addMember } from './members.ts';
import { Org } from './org.ts';
import type { Tables } from './schema.ts';
import { addUser, type NewUser } from './users.ts';

/** Whether nobody owns this house yet: the first page of a new installation. */
export async function needsOwner(db: Database): Promise<boolean> {
  return await noOwner(db.everywhere);
}

async function noOwner(db: Kysely<Tables>): Promise<boolean> {
  return !(await db.selectFrom('members').select('id').where('role', '=', 'owner').limit(1).executeTakeFirst());
}

/**
 * Makes the organisation and its owner, with what `fill` adds, in one transaction; null when somebody was faster. Two
 * first visitors at once get one owner: the second waits for the first and then finds one.
 */
export async function foundOrganisation(
  db: Database,
  name: string,
  owner: NewUser,
  fill: (org: Org, memberId: string) => Promise<void>,
): Promise<{ organisationId: string; memberId: string } | null> {
  return await db.everywhere.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('haina:setup', 0))`.execute(tx);
    if (!(await noOwner(tx))) return null;
    const organisationId = newId();
    const memberId = newId();
    await tx.insertInto('organisations').values({ id: organisationId, name }).execute();
    await addUser(tx, owner);
    const org = new Org(tx, organisationId);
    await addMember(org, { id: memberId, user_id: owner.id, name: owner.name, role: 'owner' });
    await fill(org, memberId);
    return { organisationId, memberId };
  });
}
