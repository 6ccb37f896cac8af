import { Refusal } from '../../core/refusal.ts';
import type { Me as MeContext } from '../auth.ts';
import type { Hub } from '../hub.ts';
import { type Me, type Member, Preferences } from '../shapes/house.ts';
import { type ShownMember, shownMembers } from '../store/members.ts';
import type { Org } from '../store/org.ts';
import { shownEmail } from '../store/users.ts';
import { avatarUrl } from './avatar.ts';

/** A member as colleagues see them. `connected`: some screen of theirs has said so and its word still holds. */
export function toMember(hub: Hub, organisationId: string, row: ShownMember): Member {
  return {
    id: row.id,
    name: row.name,
    username: row.username ?? '',
    email: shownEmail(row.email),
    avatar: avatarUrl(hub, organisationId, row.avatar),
    role: row.role,
    status: row.status,
    connected: (row.present_until?.getTime() ?? 0) > hub.now(),
    cap: row.cap,
    level: row.level,
    greeting: row.greeting,
    serving: row.serving,
    groupIds: row.group_ids,
    disabled: row.disabled_at !== null,
  };
}

/** Throws `not_found`. */
export async function showMember(hub: Hub, org: Org, id: string): Promise<Member> {
  const [row] = await shownMembers(org, id);
  if (!row) throw new Refusal('not_found');
  return toMember(hub, org.id, row);
}

export async function showMe(
  hub: Hub,
  me: Pick<MeContext, 'org' | 'organisation'>,
  memberId: string,
  preferences: unknown,
): Promise<Me> {
  return {
    member: await showMember(hub, me.org, memberId),
    organisation: me.organisation,
    preferences: Preferences.parse(preferences ?? {}),
    sandbox: hub.env.sandbox,
  };
}
