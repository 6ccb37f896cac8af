import type { Defaulted, Json } from './columns.ts';

/** Who works here and in which group. */

export interface OrganisationsTable {
  id: string;
  name: string;
  created_at: Defaulted<Date>;
}
export interface MembersTable {
  organisation_id: string;
  id: string;
  user_id: string;
  name: string;
  avatar: string | null;
  role: 'owner' | 'admin' | 'supervisor' | 'agent';
  status: Defaulted<'online' | 'busy' | 'invisible' | 'away'>;
  cap: Defaulted<number>;
  preferences: Json<Record<string, unknown>>;
  disabled_at: Date | null;
  last_assigned_at: Date | null;
  /** Some screen of theirs is connected, and will say so again before this. */
  present_until: Date | null;
  /** 1 to 10: who stands higher takes more (RT-12). */
  level: Defaulted<number>;
  /** Said when they take a session. */
  greeting: Defaulted<string>;
  created_at: Defaulted<Date>;
}
export interface SkillGroupsTable {
  organisation_id: string;
  id: string;
  name: string;
  plan_id: Defaulted<string | null>;
  greeting_on: Defaulted<boolean>;
  greeting: Defaulted<string>;
  off_on: Defaulted<boolean>;
  off_text: Defaulted<string>;
  created_at: Defaulted<Date>;
}
export interface GroupMembersTable {
  organisation_id: string;
  group_id: string;
  member_id: string;
  skill: Defaulted<number>;
  /** Helps out only when nobody else of the group has room (RT-13). */
  overflow: Defaulted<boolean>;
}
export interface MemberTables {
  members: MembersTable;
  skill_groups: SkillGroupsTable;
  group_members: GroupMembersTable;
}
