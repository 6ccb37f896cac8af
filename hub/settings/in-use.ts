import { Refusal } from '../../core/refusal.ts';
import { usesOfGroup } from '../store/groups.ts';
import type { Org } from '../store/org.ts';
import { allSettings, lockSettings } from '../store/settings.ts';
import { readAll } from './areas.ts';
import { type Use, usesIn } from './house.ts';

/** Everything that would be left pointing at nothing if this group went: documents, channels, words, open sessions. */
export async function usesOf(org: Org, groupId: string): Promise<Use[]> {
  const { channels, words, sessions } = await usesOfGroup(org, groupId);
  return [
    ...usesIn(readAll(await allSettings(org)), 'group', groupId),
    ...channels.map(({ id, name }): Use => ({ kind: 'channel', id, name })),
    ...(words ? [{ kind: 'words' as const, count: words }] : []),
    ...(sessions ? [{ kind: 'sessions' as const, count: sessions }] : []),
  ];
}

/** Throws `in_use` with every place. No document can come to name the group before the transaction ends. */
export async function refuseInUse(tx: Org, groupId: string): Promise<void> {
  await lockSettings(tx);
  const where = await usesOf(tx, groupId);
  if (where.length) throw new Refusal('in_use', undefined, { where });
}
