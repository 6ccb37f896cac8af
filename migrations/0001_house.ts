import { type Kysely, sql } from 'kysely';

/**
 * The house: who works here, which channels are connected, who writes to us, and everything said.
 *
 * Every table is keyed by (organisation_id, id) and every reference carries the organisation with it, so a row cannot
 * point into another organisation even by mistake. Sessions are updated with each message: what changes then is not
 * indexed, and pages keep room, so that these updates stay heap-only. `messages` and `session_events` only grow.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table organisations (
      id uuid primary key,
      name text not null,
      created_at timestamptz not null default now()
    );

    create table members (
      organisation_id uuid not null references organisations (id),
      id uuid not null,
      user_id text not null,
      name text not null,
      avatar text,
      role text not null check (role in ('owner', 'admin', 'supervisor', 'agent')),
      status text not null default 'online' check (status in ('online', 'busy', 'invisible', 'away')),
      cap int not null default 10 check (cap between 0 and 99),
      preferences jsonb not null default '{}',
      disabled_at timestamptz,
      last_assigned_at timestamptz,
      present_until timestamptz,
      created_at timestamptz not null default now(),
      primary key (organisation_id, id),
      unique (organisation_id, user_id)
    );
    create index members_user on members (user_id);

    create table skill_groups (
      organisation_id uuid not null references organisations (id),
      id uuid not null,
      name text not null,
      created_at timestamptz not null default now(),
      primary key (organisation_id, id),
      unique (organisation_id, name)
    );

    create table group_members (
      organisation_id uuid not null,
      group_id uuid not null,
      member_id uuid not null,
      primary key (organisation_id, group_id, member_id),
      foreign key (organisation_id, group_id) references skill_groups (organisation_id, id) on delete cascade,
      foreign key (organisation_id, member_id) references members (organisation_id, id) on delete cascade
    );
    create index group_members_member on group_members (organisation_id, member_id);

    create table channels (
      organisation_id uuid not null references organisations (id),
      id uuid not null,
      connector text not null,
      name text not null,
      key text not null unique,
      enabled boolean not null default true,
      sandbox boolean not null default false,
      group_id uuid,
      config jsonb not null default '{}',
      secrets bytea,
      style jsonb,
      health text not null default 'new' check (health in ('new', 'ok', 'attention')),
      health_code text,
      health_text text,
      last_inbound_at timestamptz,
      created_at timestamptz not null default now(),
      deleted_at timestamptz,
      primary key (organisation_id, id),
      foreign key (organisation_id, group_id) references skill_groups (organisation_id, id) on delete set null (group_id)
    );

    create table contacts (
      organisation_id uuid not null references organisations (id),
      id uuid not null,
      name text not null,
      avatar text,
      phone text,
      email text,
      company text,
      remark text,
      fields jsonb not null default '{}',
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organisation_id, id)
    );

    create table identities (
      organisation_id uuid not null,
      id uuid not null,
      contact_id uuid not null,
      channel_id uuid not null,
      external_id text not null,
      name text,
      avatar text,
      language text,
      more jsonb not null default '{}',
      reachable boolean not null default true,
      profile_at timestamptz,
      last_seen_at timestamptz,
      created_at timestamptz not null default now(),
      primary key (organisation_id, id),
      unique (organisation_id, channel_id, external_id),
      foreign key (organisation_id, contact_id) references contacts (organisation_id, id),
      foreign key (organisation_id, channel_id) references channels (organisation_id, id)
    );
    create index identities_contact on identities (organisation_id, contact_id);

    create table sessions (
      organisation_id uuid not null,
      id uuid not null,
      channel_id uuid not null,
      contact_id uuid not null,
      identity_id uuid not null,
      state text not null check (state in ('bot', 'waiting', 'serving', 'closed')),
      group_id uuid,
      agent_id uuid,
      seq int not null,
      unread int not null default 0,
      seen_seq int not null default 0,
      read_seq int not null default 0,
      last jsonb,
      last_at timestamptz not null,
      opened_at timestamptz not null,
      waiting_since timestamptz,
      served_since timestamptz,
      unanswered_since timestamptz,
      closed_at timestamptz,
      ended_by text check (ended_by in ('visitor', 'agent', 'system')),
      wake_at timestamptz,
      inbound_at timestamptz,
      sends int not null default 0,
      reply_token text,
      reply_until timestamptz,
      receipt text,
      delivering_until timestamptz,
      primary key (organisation_id, id),
      foreign key (organisation_id, identity_id) references identities (organisation_id, id),
      foreign key (organisation_id, group_id) references skill_groups (organisation_id, id) on delete set null (group_id),
      foreign key (organisation_id, agent_id) references members (organisation_id, id)
    ) with (fillfactor = 70);
    create unique index sessions_one_open on sessions (organisation_id, identity_id) where state <> 'closed';
    create index sessions_open on sessions (organisation_id, state) where state <> 'closed';
    create index sessions_serving on sessions (organisation_id, agent_id) where state = 'serving';
    create index sessions_waiting on sessions (organisation_id, group_id, waiting_since) where state = 'waiting';
    create index sessions_closed on sessions (organisation_id, closed_at desc) where state = 'closed';
    create index sessions_identity on sessions (organisation_id, identity_id, id);
    create index sessions_contact on sessions (organisation_id, contact_id, opened_at desc);
    create index sessions_wake on sessions (wake_at) where wake_at is not null;

    create table messages (
      organisation_id uuid not null,
      id uuid not null,
      session_id uuid not null,
      channel_id uuid not null,
      seq int not null,
      author_type text not null check (author_type in ('visitor', 'agent', 'bot', 'system')),
      author_id uuid,
      content jsonb,
      external_id text,
      quote_id uuid,
      quote_token text,
      delivery text not null check (delivery in ('pending', 'sent', 'delivered', 'read', 'failed')),
      error_code text,
      error_text text,
      batch_id uuid,
      reply_token text,
      reply_until timestamptz,
      attempts int not null default 0,
      retry_at timestamptz,
      hits jsonb,
      rule_id uuid,
      created_at timestamptz not null,
      recalled_at timestamptz,
      edited_at timestamptz,
      primary key (organisation_id, id),
      foreign key (organisation_id, session_id) references sessions (organisation_id, id)
    );
    create unique index messages_external on messages (organisation_id, channel_id, external_id) where external_id is not null;
    create unique index messages_session on messages (organisation_id, session_id, seq);
    create index messages_pending on messages (organisation_id, session_id, seq) where delivery = 'pending';

    create table session_events (
      organisation_id uuid not null,
      session_id uuid not null,
      seq int not null,
      type text not null,
      actor_type text not null,
      actor_id uuid,
      message_id uuid,
      external_id text,
      data jsonb,
      at timestamptz not null,
      primary key (organisation_id, session_id, seq)
    );
    create unique index session_events_external on session_events (organisation_id, external_id) where external_id is not null;

    create table waits (
      organisation_id uuid not null,
      id uuid not null,
      session_id uuid not null,
      group_id uuid,
      started_at timestamptz not null,
      ended_at timestamptz,
      outcome text check (outcome in ('served', 'left', 'closed', 'transferred')),
      primary key (organisation_id, id),
      foreign key (organisation_id, session_id) references sessions (organisation_id, id)
    );
    create unique index waits_open on waits (organisation_id, session_id) where ended_at is null;
    create index waits_started on waits (organisation_id, started_at);

    create table services (
      organisation_id uuid not null,
      id uuid not null,
      session_id uuid not null,
      agent_id uuid not null,
      group_id uuid,
      how text not null check (how in ('accepted', 'matched', 'transferred')),
      started_at timestamptz not null,
      ended_at timestamptz,
      primary key (organisation_id, id),
      foreign key (organisation_id, session_id) references sessions (organisation_id, id)
    );
    create unique index services_open on services (organisation_id, session_id) where ended_at is null;
    create index services_agent on services (organisation_id, agent_id, started_at);

    create table transfers (
      organisation_id uuid not null,
      id uuid not null,
      session_id uuid not null,
      from_agent_id uuid,
      to_agent_id uuid,
      to_group_id uuid,
      at timestamptz not null,
      taken_by uuid,
      taken_at timestamptz,
      failed_at timestamptz,
      primary key (organisation_id, id),
      foreign key (organisation_id, session_id) references sessions (organisation_id, id)
    );
    create unique index transfers_open on transfers (organisation_id, session_id) where taken_at is null and failed_at is null;

    create table auto_replies (
      organisation_id uuid not null references organisations (id),
      id uuid not null,
      name text not null,
      type text not null check (type in ('welcome', 'keyword')),
      enabled boolean not null default true,
      channel_ids uuid[] not null default '{}',
      keywords jsonb not null default '[]',
      replies jsonb not null default '[]',
      mode text not null default 'all' check (mode in ('all', 'random')),
      "order" int not null default 0,
      updated_at timestamptz not null default now(),
      primary key (organisation_id, id)
    );

    create table words (
      organisation_id uuid not null references organisations (id),
      id uuid not null,
      kind text not null check (kind in ('forced-human', 'keyword-to-human', 'forbidden', 'sensitive', 'reminder')),
      text text not null,
      match text not null default 'contains' check (match in ('contains', 'equals')),
      group_id uuid,
      created_at timestamptz not null default now(),
      primary key (organisation_id, id),
      unique (organisation_id, kind, text),
      foreign key (organisation_id, group_id) references skill_groups (organisation_id, id) on delete set null (group_id)
    );

    create table settings (
      organisation_id uuid not null references organisations (id),
      area text not null,
      version int not null,
      document jsonb not null,
      updated_at timestamptz not null default now(),
      primary key (organisation_id, area)
    );

    create table audit (
      organisation_id uuid not null references organisations (id),
      id uuid not null,
      member_id uuid,
      action text not null,
      subject text,
      before jsonb,
      after jsonb,
      at timestamptz not null default now(),
      primary key (organisation_id, id)
    );

    create table alerts (
      organisation_id uuid not null references organisations (id),
      id uuid not null,
      kind text not null check (kind in ('forbidden', 'sensitive', 'reminder', 'channel', 'parked')),
      session_id uuid,
      channel_id uuid,
      member_id uuid,
      text text not null,
      words text[] not null default '{}',
      at timestamptz not null default now(),
      primary key (organisation_id, id)
    );
    create table alert_views (
      organisation_id uuid not null,
      member_id uuid not null,
      seen_at timestamptz not null,
      primary key (organisation_id, member_id),
      foreign key (organisation_id, member_id) references members (organisation_id, id) on delete cascade
    );

    create table channel_events (
      organisation_id uuid not null,
      id uuid not null,
      channel_id uuid not null,
      what text not null,
      external_id text not null,
      data jsonb,
      at timestamptz not null default now(),
      primary key (organisation_id, id),
      unique (organisation_id, channel_id, external_id)
    );

    create table parked (
      organisation_id uuid not null,
      id uuid not null,
      channel_id uuid not null,
      request jsonb not null,
      body bytea not null,
      error text not null,
      attempts int not null default 1,
      at timestamptz not null default now(),
      replayed_at timestamptz,
      primary key (organisation_id, id),
      foreign key (organisation_id, channel_id) references channels (organisation_id, id)
    );

    create table media (
      organisation_id uuid not null references organisations (id),
      id uuid not null,
      channel_id uuid,
      source text,
      state text not null check (state in ('ready', 'fetching', 'expired', 'failed')),
      name text not null,
      mime text not null,
      size bigint not null default 0,
      width int,
      height int,
      preview boolean not null default false,
      attempts int not null default 0,
      created_by text not null,
      created_at timestamptz not null default now(),
      primary key (organisation_id, id)
    );
    create index media_fetching on media (created_at) where state = 'fetching';

    create table keep (
      key text primary key,
      value bytea not null,
      expires_at timestamptz not null
    );
  `.execute(db);
}
