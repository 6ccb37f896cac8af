import type { Org } from './org.ts';

export interface Document {
  version: number;
  document: Record<string, unknown>;
}

/** Version 0 and empty until somebody has set something. */
export async function settingsOf(org: Org, area: string): Promise<Document> {
  const row = await org.select('settings').select(['version', 'document']).where('area', '=', area).executeTakeFirst();
  return row ?? { version: 0, document: {} };
}

/** Puts a document in the place of the version that was read; null when somebody was faster. */
export async function putSettings(
  org: Org,
  area: string,
  version: number,
  document: object,
  now: Date,
): Promise<number | null> {
  const json = JSON.stringify(document);
  if (version === 0) {
    const row = await org
      .insert('settings', { area, version: 1, document: json, updated_at: now })
      .onConflict((on) => on.doNothing())
      .returning('version')
      .executeTakeFirst();
    return row?.version ?? null;
  }
  const row = await org
    .update('settings')
    .set({ version: version + 1, document: json, updated_at: now })
    .where('area', '=', area)
    .where('version', '=', version)
    .returning('version')
    .executeTakeFirst();
  return row?.version ?? null;
}

interface Routing {
  rules?: { channelId: string; groupId: string }[];
  fallbackGroupId?: string | null;
}

/** Takes a group or a channel that is going out of the route rules, so that nothing is routed to what is not there. */
export async function dropFromRouting(
  org: Org,
  gone: { groupId?: string; channelId?: string },
  now: Date,
): Promise<void> {
  const row = await org
    .select('settings')
    .select(['version', 'document'])
    .where('area', '=', 'routing')
    .forUpdate()
    .executeTakeFirst();
  if (!row) return;
  const { rules = [], fallbackGroupId = null } = row.document as Routing;
  const kept = rules.filter((rule) => rule.groupId !== gone.groupId && rule.channelId !== gone.channelId);
  const fallback = fallbackGroupId === gone.groupId ? null : fallbackGroupId;
  if (kept.length === rules.length && fallback === fallbackGroupId) return;
  await putSettings(org, 'routing', row.version, { rules: kept, fallbackGroupId: fallback }, now);
}
