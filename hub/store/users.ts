import { type Kysely, sql } from 'kysely';
import { newId } from '../id.ts';
import type { Database } from './database.ts';
import type { Org } from './org.ts';
import type { Tables } from './schema.ts';

/** People who can sign in. A user is of the house; `members` says in which organisation and as what. */

/** Users without an address get one that can never receive anything (RFC 2606), because the column must be unique. */
const NOWHERE = '@no-email.invalid';
export const shownEmail = (email: string | null): string | null => (email && !email.endsWith(NOWHERE) ? email : null);

export interface NewUser {
  id: string;
  name: string;
  username: string;
  email?: string | null /** argon2id, as `hashPassword` gives it. */;
  hash: string;
}

/** As better-auth would write it. Throws 23505 when the name or the address is taken; see `takenField`. */
export async function addUser(db: Kysely<Tables> | Org, user: NewUser): Promise<void> {
  const email = (user.email || `${user.id}${NOWHERE}`).toLowerCase();
  const statement = sql`with u as (insert into auth_users (id, name, email, username) values (${user.id}, ${user.name}, ${email}, ${usernameOf(user.username)}))
    insert into auth_accounts (id, user_id, account_id, provider_id, password) values (${newId()}, ${user.id}, ${user.id}, 'credential', ${user.hash})`;
  await ('raw' in db ? db.raw(() => statement) : statement.execute(db));
}

/** One spelling of a sign-in name: width, case and surrounding blanks do not make another person. */
export const usernameOf = (text: string): string => text.normalize('NFKC').trim().toLowerCase();
/** Letters and digits of any script, and `_ . -`; 2 to 30. No `@`, so that a name is never taken for an address. */
export const USERNAME = /^[\p{L}\p{N}_.-]{2,30}$/u;

/** Which field a unique violation is about, or null when the error is another. */
export function takenField(error: unknown): 'username' | 'email' | null {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code !== '23505') return null;
  return constraint === 'auth_users_username_key' ? 'username' : constraint === 'auth_users_email_key' ? 'email' : null;
}

export async function passwordOf(db: Database, userId: string): Promise<string | null> {
  const row = await db.everywhere
    .selectFrom('auth_accounts')
    .select('password')
    .where('user_id', '=', userId)
    .where('provider_id', '=', 'credential')
    .executeTakeFirst();
  return row?.password ?? null;
}

/** Sets the password and ends every sign-in of this user, except the one whose token is given. */
export async function setPassword(db: Database, userId: string, hash: string, exceptToken?: string): Promise<void> {
  await db.everywhere.transaction().execute(async (tx) => {
    await tx
      .updateTable('auth_accounts')
      .set({ password: hash, updated_at: new Date() })
      .where('user_id', '=', userId)
      .where('provider_id', '=', 'credential')
      .execute();
    await endSignIns(tx, userId, exceptToken);
  });
}

export async function endSignIns(db: Kysely<Tables>, userId: string, exceptToken?: string): Promise<void> {
  let query = db.deleteFrom('auth_sessions').where('user_id', '=', userId);
  if (exceptToken) query = query.where('token', '<>', exceptToken);
  await query.execute();
}
