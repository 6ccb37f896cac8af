import { levelOf } from '../../core/level.ts';
import type { Area } from '../../core/settings/index.ts';
import type { Hub } from '../hub.ts';
import { waitingWithTags } from '../store/matching.ts';
import type { Org } from '../store/org.ts';
import { wakeAll } from '../store/waking.ts';
import { act } from './act.ts';

/**
 * What changed settings mean for the sessions that are there: shorter timers may be over already, who waits may have
 * another level, and somebody may be matched now. After the commit and the news, so that the new rules are read.
 */
export async function resettle(hub: Hub, org: Org, areas: readonly string[]): Promise<void> {
  const changed = (...wanted: Area[]) => wanted.some((area) => areas.includes(area));
  if (changed('timers', 'matching')) await wakeAll(org, new Date(hub.now()));
  if (changed('matching', 'contact-tags')) await rank(hub, org);
  if (changed('matching', 'hours', 'contact-tags')) hub.pairing.wake(org.id);
}

async function rank(hub: Hub, org: Org): Promise<void> {
  const { settings } = await hub.rulebook.rules(org.id);
  for (const { id, priority, tagIds } of await waitingWithTags(org)) {
    const level = levelOf(tagIds, settings.matching.levels);
    if (level !== priority)
      await act(hub, org, id, ({ session }) => (session.state === 'waiting' ? [{ do: 'rank', priority: level }] : []));
  }
}
