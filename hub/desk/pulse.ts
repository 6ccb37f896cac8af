import type { Hub } from '../hub.ts';
import { appHeard } from '../store/apps.ts';
import { channelHeard } from '../store/channels.ts';

/** Written down at most this often for one sender: a busy one must not pay for it with every message. Milliseconds. */
const EVERY_MS = 60_000;

type Sender = { id: string; organisationId: string };

/** Writes now and then that somebody is alive; a failure is told to the log and costs nobody anything. */
function nowAndThen(hub: Hub, write: (sender: Sender, at: Date) => Promise<void>): (sender: Sender) => void {
  const noted = new Map<string, number>();
  return (sender) => {
    const now = hub.now();
    if (now - (noted.get(sender.id) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) return;
    noted.set(sender.id, now);
    write(sender, new Date(now)).catch((error: Error) =>
      hub.log.info({ error: error.message, id: sender.id }, 'a pulse was not noted'),
    );
  };
}

/** Notes that a channel's platform reaches us. The first time makes a new channel `ok`, and its page says so. */
export const pulse = (hub: Hub): ((channel: Sender) => void) =>
  nowAndThen(hub, async ({ id, organisationId }, at) => {
    const first = await channelHeard(hub.db.org(organisationId), id, at);
    if (first) hub.live.publish(organisationId, [{ kind: 'changed', area: 'channels' }]);
  });

/** Notes that a platform reaches an app. */
export const appPulse = (hub: Hub): ((app: Sender) => void) =>
  nowAndThen(hub, async ({ id, organisationId }, at) => await appHeard(hub.db.org(organisationId), id, at));
