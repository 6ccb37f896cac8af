import { type Kysely, sql } from 'kysely';

/**
 * The session engine: what timers, matching and ratings remember of a session, what an admin says about groups and
 * members, tags, the blacklist, ratings, messages left, and every version of every settings document.
 *
 * Lists of ids on a session are jsonb, so that a write of many sessions can carry each column as one array.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sessions
      add column locked boolean not null default false,
      add column participants jsonb not null default '[]',
      add column tag_ids jsonb not null default '[]',
      add column priority smallint not null default 11,
      add column wanted_id uuid,
      add column wanted_until timestamptz,
      add column offered_to uuid,
      add column end_reason text,
      add column marks jsonb not null default '{}';
    drop index sessions_waiting;
    create index sessions_waiting on sessions (organisation_id, group_id, priority, waiting_since) where state = 'waiting';
    create index sessions_offered on sessions (organisation_id, offered_to) where offered_to is not null;
    create index sessions_participants on sessions using gin (participants jsonb_path_ops)
      where state = 'serving' and participants <> '[]';
    create index sessions_agent on sessions (organisation_id, contact_id, agent_id) where agent_id is not null;

    alter table members
      add column level smallint not null default 5 check (level between 1 and 10),
      add column greeting text not null default '';
    alter table group_members
      add column skill smallint not null default 0 check (skill between 0 and 100),
      add column overflow boolean not null default false;
    alter table skill_groups
      add column plan_id uuid,
      add column greeting_on boolean not null default false,
      add column greeting text not null default '',
      add column off_on boolean not null default false,
      add column off_text text not null default '';

    alter table contacts
      add column tag_ids jsonb not null default '[]',
      add column starred boolean not null default false,
      add column blocked_at timestamptz,
      add column blocked_by uuid,
      add column blocked_reason text;
    create index contacts_tags on contacts using gin (tag_ids jsonb_path_ops);
    create index contacts_blocked on contacts (organisation_id, blocked_at) where blocked_at is not null;
    create table contact_activities (
      organisation_id uuid not null,
      id uuid not null,
      contact_id uuid not null,
      kind text not null,
      member_id uuid,
      data jsonb,
      at timestamptz not null,
      primary key (organisation_id, id),
      foreign key (organisation_id, contact_id) references contacts (organisation_id, id)
    );
    create index contact_activities_contact on contact_activities (organisation_id, contact_id, id desc);

    create table session_marks (
      organisation_id uuid not null,
      member_id uuid not null,
      session_id uuid not null,
      pinned boolean not null default false,
      muted boolean not null default false,
      starred boolean not null default false,
      primary key (organisation_id, member_id, session_id),
      foreign key (organisation_id, member_id) references members (organisation_id, id) on delete cascade,
      foreign key (organisation_id, session_id) references sessions (organisation_id, id)
    );

    alter table waits drop constraint waits_outcome_check,
      add constraint waits_outcome_check check (outcome in ('served', 'left', 'closed', 'transferred', 'overflow')),
      add column via text not null default 'asked' check (via in ('asked', 'transfer', 'lost')),
      add column priority smallint not null default 11;
    create index waits_taken on waits (organisation_id, group_id, ended_at desc) where outcome = 'served';
    alter table transfers
      add column by_id uuid,
      add column until timestamptz,
      add column outcome text check (outcome in ('taken', 'failed', 'refused', 'expired', 'withdrawn'));

    create table invitations (
      organisation_id uuid not null,
      id uuid not null,
      session_id uuid not null,
      by text not null check (by in ('agent', 'auto', 'visitor')),
      member_id uuid,
      group_id uuid,
      at timestamptz not null,
      until timestamptz,
      primary key (organisation_id, id),
      foreign key (organisation_id, session_id) references sessions (organisation_id, id)
    );
    create index invitations_session on invitations (organisation_id, session_id);
    create table ratings (
      organisation_id uuid not null,
      id uuid not null,
      session_id uuid not null,
      invitation_id uuid,
      stars smallint not null check (stars between 1 and 5),
      tags jsonb not null default '[]',
      resolved boolean,
      comment text,
      agent_ids jsonb not null default '[]',
      group_id uuid,
      counts boolean not null default true,
      at timestamptz not null,
      primary key (organisation_id, id),
      foreign key (organisation_id, session_id) references sessions (organisation_id, id)
    );
    create unique index ratings_counts on ratings (organisation_id, session_id) where counts;

    create table leave_messages (
      organisation_id uuid not null,
      id uuid not null,
      channel_id uuid not null,
      contact_id uuid not null,
      identity_id uuid not null,
      session_id uuid not null,
      group_id uuid,
      form jsonb not null default '{}',
      text text not null,
      state text not null default 'open' check (state in ('open', 'working', 'done')),
      assignee_id uuid,
      at timestamptz not null,
      updated_at timestamptz not null default now(),
      primary key (organisation_id, id),
      foreign key (organisation_id, session_id) references sessions (organisation_id, id)
    );
    create index leave_messages_state on leave_messages (organisation_id, state, id desc);

    alter table settings add column updated_by uuid;
    create table settings_revisions (
      organisation_id uuid not null references organisations (id),
      area text not null,
      version int not null,
      document jsonb not null,
      member_id uuid,
      at timestamptz not null default now(),
      primary key (organisation_id, area, version)
    );
    create index audit_at on audit (organisation_id, id desc);

    alter table alerts drop constraint alerts_kind_check,
      add constraint alerts_kind_check check (kind in ('forbidden', 'sensitive', 'reminder', 'channel', 'parked', 'payment',
        'queue', 'agent-silent', 'transfer'));
    create index alerts_kind on alerts (organisation_id, kind, id desc);

    -- What was said about texts moves to the document of texts, and route rules take their new form.
    insert into settings (organisation_id, area, version, document, updated_at)
      select organisation_id, 'texts', 1, jsonb_strip_nulls(jsonb_build_object(
        'queued', document -> 'queued', 'noAgent', document -> 'noAgent', 'dispatcher', document -> 'dispatcher',
        'showAgentName', document -> 'showAgentName',
        'closing', jsonb_build_object('on', true, 'text', coalesce(document ->> 'closing', '')))), updated_at
      from settings where area = 'reception' on conflict do nothing;
    update settings set document = document - 'queued' - 'noAgent' - 'dispatcher' - 'showAgentName' - 'closing'
      where area = 'reception';
    update settings s set document = jsonb_build_object(
      'rules', jsonb_build_array(
          jsonb_build_object('kind', 'entry', 'id', '00000000-0000-7000-8000-000000000001', 'enabled', true),
          jsonb_build_object('kind', 'choice', 'id', '00000000-0000-7000-8000-000000000002', 'enabled', true))
        || coalesce((select jsonb_agg(jsonb_build_object('kind', 'rule', 'id', gen_random_uuid(), 'name', '', 'enabled', true,
            'when', jsonb_build_object('channelIds', jsonb_build_array(rule.value -> 'channelId')),
            'on', jsonb_build_object('to', 'group', 'groupId', rule.value -> 'groupId')) order by rule.ordinality)
          from jsonb_array_elements(s.document -> 'rules') with ordinality rule), '[]'),
      'fallback', case when s.document ->> 'fallbackGroupId' is null then '{}'::jsonb
        else jsonb_build_object('on', jsonb_build_object('to', 'group', 'groupId', s.document -> 'fallbackGroupId')) end)
      where area = 'routing' and (document ? 'fallbackGroupId' or not (document ? 'fallback'));
    insert into settings_revisions (organisation_id, area, version, document, at)
      select organisation_id, area, version, document, updated_at from settings;
  `.execute(db);
}
