import { type Kysely, sql } from 'kysely';

/**
 * Seven channels: apps through which accounts are connected by consent, the ledger of the right to answer, other ids of
 * one person, and channel groups (CH-02). The ledger stands on the session, which is written with every message anyway.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table apps (
      organisation_id uuid not null references organisations (id),
      id uuid not null,
      kind text not null,
      name text not null,
      key text not null unique,
      sandbox boolean not null default false,
      config jsonb not null default '{}',
      secrets bytea,
      health text not null default 'new' check (health in ('new', 'ok', 'attention')),
      health_code text,
      health_text text,
      last_inbound_at timestamptz,
      created_at timestamptz not null default now(),
      deleted_at timestamptz,
      primary key (organisation_id, id)
    );

    create table channel_groups (
      organisation_id uuid not null references organisations (id),
      id uuid not null,
      name text not null,
      "order" int not null default 0,
      created_at timestamptz not null default now(),
      primary key (organisation_id, id),
      unique (organisation_id, name)
    );

    alter table channels
      add column app_id uuid,
      add column account text,
      add column folder_id uuid,
      add column "order" int not null default 0,
      add column avatar text,
      add column intro text,
      add column expires_at timestamptz,
      add column upkeep_at timestamptz,
      add column link jsonb,
      add column points jsonb,
      add foreign key (organisation_id, app_id) references apps (organisation_id, id),
      add foreign key (organisation_id, folder_id) references channel_groups (organisation_id, id) on delete set null (folder_id);
    create unique index channels_account on channels (connector, account) where account is not null and deleted_at is null;
    create index channels_app on channels (organisation_id, app_id) where app_id is not null;
    create index channels_upkeep on channels (upkeep_at) where upkeep_at is not null and deleted_at is null;

    create table identity_aliases (
      organisation_id uuid not null,
      channel_id uuid not null,
      external_id text not null,
      identity_id uuid not null,
      primary key (organisation_id, channel_id, external_id),
      foreign key (organisation_id, identity_id) references identities (organisation_id, id)
    );

    alter table sessions
      add column window_until timestamptz,
      add column window_left int,
      add column hushed boolean not null default false,
      add column entry jsonb;

    -- Values without an end: what must not be lost (refresh tokens), beside the kept ones that run out.
    alter table keep alter column expires_at drop not null;
  `.execute(db);
}
