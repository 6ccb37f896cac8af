import type { Hub } from '../hub.ts';
import { payDue } from '../pay/due.ts';
import { overdue } from '../store/deliveries.ts';
import { organisationsWaiting, unfetchedMedia, unnamedIdentities } from '../store/due.ts';
import { sweepKept } from '../store/keep.ts';
import { upkeepDue } from './upkeep.ts';

/** Finds what is due and nobody woke: a killed hub, a lost job, a flushed Redis lose nothing. Runs every few seconds on one hub at a time. */
export async function tick(hub: Hub): Promise<void> {
  const now = new Date(hub.now());
  await sweepKept(hub.db, now);
  const sessions = await overdue(hub.db, now, 500);
  for (const [organisationId, ids] of grouped(sessions, (row) => row.sessionId)) hub.outbox.wake(organisationId, ids);
  for (const organisationId of await organisationsWaiting(hub.db)) hub.pairing.wake(organisationId);
  for (const [organisationId, mediaIds] of grouped(await unfetchedMedia(hub.db, now), (row) => row.id))
    hub.jobs.add('media', { organisationId, mediaIds });
  for (const [organisationId, identityIds] of grouped(await unnamedIdentities(hub.db, now), (row) => row.id))
    hub.jobs.add('profile', { organisationId, identityIds });
  // A platform that does not answer must not keep the other waiting.
  await Promise.all([payDue(hub), upkeepDue(hub)]);
}

function grouped<T extends { organisationId: string }>(
  rows: readonly T[],
  id: (row: T) => string,
): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const row of rows) groups.set(row.organisationId, [...(groups.get(row.organisationId) ?? []), id(row)]);
  return groups;
}
