import type { Kysely, Selectable } from 'kysely';
import type { Org } from './org.ts';
import type { ChannelsTable } from './schema/channels.ts';
import type { SkillGroupsTable } from './schema/members.ts';
import type { Tables } from './schema.ts';

export type ChannelRow = Selectable<ChannelsTable>;

export type GroupTextsRow = Pick<
  Selectable<SkillGroupsTable>,
  'id' | 'name' | 'plan_id' | 'greeting_on' | 'greeting' | 'off_on' | 'off_text'
>;

/** Everything an organisation's rules are compiled from. */
export async function ruleSources(org: Org) {
  const [replies, words, documents, groups] = await Promise.all([
    org.select('auto_replies').selectAll().where('enabled', '=', true).orderBy('order').orderBy('id').execute(),
    org.select('words').select(['id', 'kind', 'text', 'match', 'group_id']).execute(),
    org.select('settings').select(['area', 'version', 'document']).execute(),
    org
      .select('skill_groups')
      .select(['id', 'name', 'plan_id', 'greeting_on', 'greeting', 'off_on', 'off_text'])
      .execute(),
  ]);
  return { replies, words, documents, groups };
}

/** The channel a webhook or a visitor's page names. The key is all they have: no organisation is known yet. */
export async function channelByKey(db: Kysely<Tables>, key: string) {
  return await db
    .selectFrom('channels')
    .selectAll()
    .where('key', '=', key)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}

export async function channelById(org: Org, id: string) {
  return await org.select('channels').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The channel of an account, by the platform's id of it. */
export async function channelOfAccount(org: Org, connector: string, account: string): Promise<string | null> {
  const row = await org
    .select('channels')
    .select('id')
    .where('connector', '=', connector)
    .where('account', '=', account)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row?.id ?? null;
}
