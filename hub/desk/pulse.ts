import type { Hub } from '../hub.ts';
import { channelHeard } from '../store/channels.ts';

/** Written down at most this often a channel: a busy one must not pay for it with every message. Milliseconds. */
const EVERY_MS = 60_000;

/** Notes that a channel's platform reaches us. The first time makes a new channel `ok`, and its page says so. */
export function pulse(hub: Hub): (channel: { id: string; organisationId: string }) => void {
  const noted = new Map<string, number>();
  return ({ id, organisationId }) => {
    const now = hub.now();
    if (now - (noted.get(id) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) return;
    noted.set(id, now);
    channelHeard(hub.db.org(organisationId), id, new Date(now))
      .then((first) => first && hub.live.publish(organisationId, [{ kind: 'changed', area: 'channels' }]))
      .catch((error: Error) => hub.log.info({ error: error.message }, 'a channel’s pulse was not noted'));
  };
}
