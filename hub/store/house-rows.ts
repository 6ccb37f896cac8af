import type { Org } from './org.ts';

/** What settings documents may name outside themselves: groups, channels that are connected, members who can sign in. */
export async function houseRows(org: Org) {
  const groups = await org.select('skill_groups').select(['id', 'name', 'plan_id']).execute();
  const channels = await org
    .select('channels')
    .select(['id', 'name', 'connector'])
    .where('deleted_at', 'is', null)
    .execute();
  const members = await org.select('members').select(['id', 'name']).where('disabled_at', 'is', null).execute();
  const named = (rows: { id: string; name: string }[]) => new Map(rows.map(({ id, name }) => [id, name] as const));
  return {
    group: named(groups),
    channel: named(channels),
    connectors: new Map(channels.map(({ id, connector }) => [id, connector] as const)),
    member: named(members),
    plans: groups.flatMap((row) => (row.plan_id ? [{ groupId: row.id, planId: row.plan_id }] : [])),
  };
}
