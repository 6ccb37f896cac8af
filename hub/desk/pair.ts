import type { Hub } from '../hub.ts';
import { Changes, Conflict } from '../store/changes.ts';
import { channelsWaiting } from '../store/matching.ts';
import type { Org } from '../store/org.ts';
import { announce } from './announce.ts';
import { matchSome } from './match.ts';
import type { OpenChannel } from './rulebook.ts';

/** Sessions matched in one transaction; what is left comes in the next. */
const MOST = 500;
/** How often somebody may have been faster before the round is given up to the next tick. */
const TRIES = 12;

/** Wakes matching for an organisation. While one round runs, any number of wakes become one more round. */
export interface Pairing {
  wake(organisationId: string): void;
  idle(): Promise<void>;
}

export function pairing(hub: Hub): Pairing {
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  async function run(organisationId: string): Promise<void> {
    do {
      again.delete(organisationId);
      await pair(hub, hub.db.org(organisationId)).catch((error: Error) =>
        hub.log.error({ error: error.message, organisationId }, 'matching failed; tick tries again'),
      );
    } while (again.has(organisationId));
    running.delete(organisationId);
  }
  return {
    wake(organisationId) {
      if (running.has(organisationId)) again.add(organisationId);
      else running.set(organisationId, run(organisationId));
    },
    async idle() {
      await Promise.all(running.values());
    },
  };
}

/**
 * Queue first, then match: one path for a new waiter, a freed agent and the clock. Batch after batch, each a transaction,
 * until nobody is left whom anybody can take. Race-free across hubs: agents are locked, sessions have versions. Gives how
 * many were matched.
 */
export async function pair(hub: Hub, org: Org): Promise<number> {
  // Before the transactions, which must not wait for a second connection. A session of a newer channel comes in the next round.
  const channels = new Map<string, OpenChannel>();
  for (const id of await channelsWaiting(org)) {
    const channel = await hub.rulebook.channelById(org.id, id);
    if (channel) channels.set(id, channel);
  }
  if (!channels.size) return 0;
  const about = { channels, rules: await hub.rulebook.rules(org.id), people: await hub.directory.members(org.id) };
  let all = 0;
  for (let [most, tries] = [MOST, 1]; ; ) {
    const changes = new Changes();
    try {
      const { pairs, more } = await org.transaction((tx) => matchSome(tx, hub.now(), about, changes, most));
      announce(hub, org.id, changes);
      all += pairs;
      if (!more) return all;
      [most, tries] = [MOST, 1];
    } catch (error) {
      if (!(error instanceof Conflict) || tries++ === TRIES) throw error;
      // One customer who wrote meanwhile undoes the whole batch: a smaller one is less often met.
      most = Math.max(1, most >> 1);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5 * tries));
    }
  }
}
