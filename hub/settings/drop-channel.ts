import type { When } from '../../core/settings/index.ts';
import { difference } from '../change.ts';
import { audit } from '../store/audit.ts';
import type { Org } from '../store/org.ts';
import { allSettings, lockSettings, putSettings } from '../store/settings.ts';
import { type Documents, readAll } from './areas.ts';
import { same } from './check.ts';

/**
 * Takes a channel that is going out of the conditions of rules and plans. What was for this channel alone goes with it:
 * without the condition it would hold for every customer. A version and an audit row each, so it can be looked up and
 * taken back. In the transaction of the deletion; the caller tells the screens.
 */
export async function dropChannel(tx: Org, channelId: string, memberId: string, now: Date): Promise<void> {
  await lockSettings(tx);
  const rows = await allSettings(tx);
  const before = readAll(rows);
  const after: Pick<Documents, 'routing' | 'reception'> = {
    routing: { ...before.routing, rules: without(before.routing.rules, channelId) },
    reception: { ...before.reception, plans: without(before.reception.plans, channelId) },
  };
  for (const area of ['routing', 'reception'] as const) {
    if (same(before[area], after[area])) continue;
    const version = rows.find((row) => row.area === area)?.version ?? 0;
    await putSettings(tx, area, version, after[area], now, memberId);
    const changed = difference<object>(before[area], after[area]);
    await audit(tx, memberId, 'settings.changed', area, changed?.before, {
      ...changed?.after,
      because: { action: 'channel.deleted', subject: channelId },
    });
  }
}

const without = <E extends object>(entries: readonly E[], channelId: string): E[] =>
  entries.flatMap((entry) => {
    const when = 'when' in entry ? (entry.when as When) : null;
    if (!when?.channelIds.includes(channelId)) return [entry];
    const channelIds = when.channelIds.filter((id) => id !== channelId);
    return channelIds.length ? [{ ...entry, when: { ...when, channelIds } }] : [];
  });
