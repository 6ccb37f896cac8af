import type { Connector } from '../../connectors/connector.ts';
import { Gone, Misconfigured, Refused, Retry } from '../../connectors/errors.ts';
import { Refusal } from '../../core/refusal.ts';
import { toolsFor } from '../desk/tools.ts';
import type { Hub } from '../hub.ts';
import { channelNeedsAttention } from '../store/channels.ts';
import { countAttempt, type MediaRow, mediaById, sessionOfMessage, settleMedia } from '../store/media.ts';
import type { Org } from '../store/org.ts';
import { keep } from './keep.ts';

/** Tries until we give up: with the doubling pauses of `tick` that is more than a day. */
const MOST_ATTEMPTS = 12;

/**
 * Downloads a file that a customer sent, once. Called by the job `media` and by `tick`; safe to call twice at once. What
 * becomes of it is written into its row: ready, expired (the platform dropped it) or failed; still `fetching` where it is
 * worth another try.
 */
export async function fetchMedia(hub: Hub, org: Org, id: string): Promise<void> {
  const row = await mediaById(org, id);
  if (row?.state !== 'fetching' || !row.channel_id || !row.source) return;
  const channel = await hub.rulebook.channelById(org.id, row.channel_id);
  const connector = channel?.connector;
  const link = connector?.link && hub.links.get(row.channel_id);
  // The hub that holds this account fetches it.
  if (channel?.enabled && connector?.link && !link) return hub.links.order(org.id, row.channel_id, { do: 'work' });
  if (!channel || !(connector?.media || link?.media)) return void (await settle(hub, org, row, { state: 'failed' }));
  const place = { organisationId: org.id, id };
  try {
    const { stream, name } = link?.media
      ? await link.media(row.source)
      : await connector!.media!(row.source, channel.config, toolsFor(hub, channel));
    const limits = [{ types: ['*/*'], bytes: hub.env.maxUploadBytes }];
    const kept = await keep(hub.media, place, stream, { name: row.name || name, limits, lenient: true });
    // Where two hubs were at it, both wrote the same bytes to the same place and the first wins the row.
    await settle(hub, org, row, { ...kept, state: 'ready', source: null });
    hub.metrics.media.inc({ connector: connector!.name, outcome: 'ready' });
  } catch (error) {
    await afterFailure(hub, org, row, connector!, error);
  }
}

async function afterFailure(hub: Hub, org: Org, row: MediaRow, connector: Connector, error: unknown): Promise<void> {
  const count = (outcome: string) => hub.metrics.media.inc({ connector: connector.name, outcome });
  if (error instanceof Misconfigured)
    await channelNeedsAttention(hub, org.id, row.channel_id!, error.code, error.message);
  if (error instanceof Gone || error instanceof Refused || error instanceof Refusal) {
    const state = error instanceof Gone ? 'expired' : 'failed';
    count(state);
    await settle(hub, org, row, { state });
    return;
  }
  if (row.attempts + 1 >= MOST_ATTEMPTS) {
    count('failed');
    await settle(hub, org, row, { state: 'failed' });
    return;
  }
  count('later');
  await countAttempt(org, row.id);
  if (error instanceof Retry) {
    hub.jobs.add(
      'media',
      { organisationId: org.id, mediaIds: [row.id] },
      error.afterMs ?? Math.min(2_000 * 2 ** row.attempts, 600_000),
    );
    return;
  }
  hub.log.warn(
    { error: error instanceof Error ? error.message : String(error), mediaId: row.id },
    'a file could not be fetched; tick tries again',
  );
}

async function settle(hub: Hub, org: Org, row: MediaRow, found: Parameters<typeof settleMedia>[2]): Promise<void> {
  if (!(await settleMedia(org, row.id, found))) return;
  const sessionId = await sessionOfMessage(org, row.id);
  if (sessionId) hub.live.publish(org.id, [{ kind: 'delivery', sessionId, messageIds: [row.id] }]);
}
