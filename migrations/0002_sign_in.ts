import { type Kysely, sql } from 'kysely';

/**
 * Signing in: better-auth's tables under our own names (docs of better-auth 1.7, "core schema" and the username plugin),
 * and the counters that slow down guessing. People are of the house, not of an organisation: `members` joins the two.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table auth_users (
      id text primary key,
      name text not null,
      email text not null unique,
      email_verified boolean not null default false,
      image text,
      username text unique,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );

    create table auth_sessions (
      id text primary key,
      user_id text not null references auth_users (id) on delete cascade,
      token text not null unique,
      expires_at timestamptz not null,
      ip_address text,
      user_agent text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );
    create index auth_sessions_user on auth_sessions (user_id);

    create table auth_accounts (
      id text primary key,
      user_id text not null references auth_users (id) on delete cascade,
      account_id text not null,
      provider_id text not null,
      access_token text,
      refresh_token text,
      id_token text,
      access_token_expires_at timestamptz,
      refresh_token_expires_at timestamptz,
      scope text,
      password text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (provider_id, account_id)
    );
    create index auth_accounts_user on auth_accounts (user_id);

    create table auth_verifications (
      id text primary key,
      identifier text not null,
      value text not null,
      expires_at timestamptz not null,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );
    create index auth_verifications_identifier on auth_verifications (identifier);

    -- Shape given by rate-limiter-flexible; expire is epoch milliseconds.
    create unlogged table auth_tries (
      key varchar(255) primary key,
      points int not null default 0,
      expire bigint
    );
  `.execute(db);
}
