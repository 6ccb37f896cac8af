import type { Inbound } from '../../../core/inbound.ts';
import type { Hub } from '../../hub.ts';
import { arrivals, pointedAt, takenBefore } from '../../store/arrivals.ts';
import type { MessageRow } from '../../store/changes.ts';
import type { Org } from '../../store/org.ts';
import type { OpenChannel } from '../rulebook.ts';

/** An event and the channel it came by. */
export interface Came {
  channel: OpenChannel;
  event: Inbound;
}

/** What was there before a batch. */
export interface Looked {
  /** Messages that events point at, by `<channel>:<the platform's id or ours>`. A tombstone was taken back before it came. */
  found: Map<string, MessageRow | 'tombstone'>;
  /** Forms that were taken before, `<channel>:<external id>`. */
  taken: Set<string>;
}

/** A message left and a rating have no row that their platform's id would be found in: they are written down by it. */
export const isForm = ({ kind }: Inbound): boolean => kind === 'leave-message' || kind === 'rate';

/**
 * Reads for a whole batch at once what is not remembered: people and their sessions into `hub.known`, the messages pointed
 * at. A message of somebody who wrote lately needs no query. `again`: nothing remembered is believed.
 */
export async function look(hub: Hub, org: Org, events: readonly Came[], again: boolean): Promise<Looked> {
  const keys = events.flatMap(({ channel, event }) =>
    event.from
      ? [{ channelId: channel.id, from: event.from, messageId: event.kind === 'message' ? event.messageId : null }]
      : [],
  );
  const pointers = events.flatMap(({ event }) => idsIn(event, again));
  if (again) for (const key of keys) hub.known.forget(key);
  const missing = keys.filter((key) => !hub.known.get(key));
  const forms = events.filter(({ event }) => isForm(event));
  const [{ known, early }, found, taken] = await Promise.all([
    missing.length ? arrivals(org, missing) : { known: [], early: [] as string[] },
    pointers.length
      ? pointedAt(org, [...new Set(events.map(({ channel }) => channel.id))], pointers)
      : new Map<string, MessageRow | 'tombstone'>(),
    takenBefore(
      org,
      forms.map(({ channel, event }) => ({ channelId: channel.id, externalId: event.externalId })),
    ),
  ]);
  for (const { channelId, messageId } of keys)
    if (messageId && hub.known.wasRecalled(channelId, messageId)) early.push(`${channelId}:${messageId}`);
  for (const message of early) if (!found.has(message)) found.set(message, 'tombstone');
  for (const person of known) hub.known.put(person);
  return { found, taken };
}

/** The platform's ids an event points at. A message's own only matters when it may have been here before. */
function idsIn(event: Inbound, again: boolean): string[] {
  switch (event.kind) {
    case 'message':
      return [...(again ? [event.messageId] : []), ...(event.quoted ? [event.quoted] : [])];
    case 'echo':
      return [event.messageId, ...(event.quoted ? [event.quoted] : [])];
    case 'edit':
    case 'recall':
      return [event.messageId];
    case 'receipt':
      return event.messageIds ?? [];
    default:
      return [];
  }
}
