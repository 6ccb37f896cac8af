import type { Me as MeContext } from '../auth.ts';
import type { Hub } from '../hub.ts';
import { Me, type Member, Preferences } from '../shapes/house.ts';
import { type ShownMember, shownMembers } from '../store/members.ts';
import { shownEmail } from '../store/users.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Org } from '../store/org.ts';

/** Rows as they travel. */
export function toMember(row: ShownMember, connected: ReadonlySet<string>): Member {
  return {
    id: row.id, name: row.name, username: row.username ?? '', email: shownEmail(row.email), avatar: row.avatar, role: row.role,
    status: row.status, connected: connected.has(row.id), cap: row.cap, serving: row.serving, groupIds: row.group_ids,
    disabled: row.disabled_at !== null,
  };
}

/** Members with at least one screen connected to any hub. */
export async function connectedMembers(_hub: Hub, _org: Org): Promise<ReadonlySet<string>> {
  return new Set();
}

/** One member as colleagues see them. Throws `not_found`. */
export async function memberShown(hub: Hub, org: Org, id: string): Promise<Member> {
  const [row] = await shownMembers(org, id);
  if (!row) throw new Refusal('not_found');
  return toMember(row, await connectedMembers(hub, org));
}

export async function meShown(hub: Hub, me: Pick<MeContext, 'org' | 'organisation'>, memberId: string, preferences: unknown): Promise<Me> {
  return { member: await memberShown(hub, me.org, memberId), organisation: me.organisation, preferences: Preferences.parse(preferences ?? {}), sandbox: hub.env.sandbox };
}
