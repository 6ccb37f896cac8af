import { type RawBuilder, sql } from 'kysely';
import type { Profile, Whence } from '../../core/inbound.ts';
import type { Org } from './org.ts';

/** A name we gave because there was none. */
const MADE_UP = sql`name ~ '^(访客|Visitor) [0-9A-F]{4}$'`;

export async function identitiesWithoutProfile(org: Org, ids: readonly string[]) {
  if (!ids.length) return [];
  return await org
    .select('identities')
    .select(['id', 'contact_id', 'channel_id', 'external_id', 'name'])
    .where('id', 'in', ids)
    .where('profile_at', 'is', null)
    .execute();
}

/**
 * Keeps what the platform said. The contact takes the name only while it still has the one we made up; beside a real name
 * it is what the channel calls him.
 */
export async function learnProfile(
  org: Org,
  identity: { id: string; contact_id: string },
  profile: Profile | null,
  at: Date,
): Promise<void> {
  await org
    .update('identities')
    .set({
      profile_at: at,
      ...(profile && {
        name: profile.name?.slice(0, 100) ?? null,
        avatar: profile.avatar ?? null,
        more: JSON.stringify(profile.more ?? {}),
      }),
      ...(profile?.language && { language: profile.language }),
    })
    .where('id', '=', identity.id)
    .execute();
  if (!profile?.name && !profile?.avatar) return;
  await org
    .update('contacts')
    .set({
      ...(profile.name && {
        name: sql<string>`case when nickname is null and ${MADE_UP} then ${profile.name.slice(0, 100)}::text else name end`,
        nickname: sql<string | null>`case when nickname is null then null else ${profile.name.slice(0, 100)}::text end`,
      }),
      ...(profile.avatar && { avatar: sql<string>`coalesce(avatar, ${profile.avatar}::text)` }),
      updated_at: at,
    })
    .where('id', '=', identity.contact_id)
    .execute();
}

/** Facts of a page are added to what else is known; the newest page wins, as does where and with what they write. */
export async function rememberVisit(
  org: Org,
  identityId: string,
  facts: Record<string, string>,
  from: Whence | undefined,
): Promise<void> {
  await org
    .update('identities')
    .set({
      more: sql`more || ${JSON.stringify(facts)}::jsonb`,
      ...(from && { ...from, terminal: from.terminal && JSON.stringify(from.terminal) }),
    })
    .where('id', '=', identityId)
    .execute();
}

/** A real name comes before any other, and the first that was said stays. */
const named = (name: string, real: boolean): Record<string, RawBuilder<string>> =>
  real
    ? {
        name: sql<string>`case when nickname is null then ${name}::text else name end`,
        nickname: sql<string>`coalesce(nickname, name)`,
      }
    : { name: sql<string>`case when ${MADE_UP} then ${name}::text else name end` };

/**
 * What a visit tells of a person, where the card is still empty; what a member wrote stays. Fields are added. False when
 * nothing of it is new.
 */
export async function fillContact(org: Org, contactId: string, profile: Profile, at: Date): Promise<boolean> {
  const told: Record<string, RawBuilder<unknown>> = {
    ...(profile.name && named(profile.name.slice(0, 100), profile.real === true)),
    ...(profile.fields && { fields: sql`fields || ${JSON.stringify(profile.fields)}::jsonb` }),
  };
  for (const column of ['phone', 'email', 'company'] as const)
    if (profile[column]) told[column] = sql`coalesce(${sql.ref(column)}, ${profile[column]}::text)`;
  const news = Object.entries(told).map(([column, value]) => sql`${sql.ref(column)} is distinct from ${value}`);
  if (!news.length) return false;
  const row = await org
    .update('contacts')
    .set({ ...told, updated_at: at })
    .where('id', '=', contactId)
    .where(sql<boolean>`(${sql.join(news, sql` or `)})`)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
