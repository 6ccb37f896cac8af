import type { Org } from './org.ts';

const TABLES = ['members', 'skill_groups', 'channels', 'contacts', 'auto_replies', 'apps', 'pay_merchants'] as const;

/** Names of whatever these ids are, as far as it is there: `{ id: name }`. */
export async function namesOf(org: Org, ids: readonly string[]): Promise<Record<string, string>> {
  const names: Record<string, string> = {};
  if (!ids.length) return names;
  for (const table of TABLES) {
    const rows = await org.select(table).select(['id', 'name']).where('id', 'in', ids).execute();
    for (const { id, name } of rows as { id: string; name: string }[]) names[id] = name;
  }
  return names;
}
