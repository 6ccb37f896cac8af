import type { Inbound } from '../../core/inbound.ts';
import type { Hub } from '../hub.ts';
import { Changes, Conflict } from '../store/changes.ts';
import type { Org } from '../store/org.ts';
import { announce } from './announce.ts';
import { inBatches } from './batch.ts';
import { pulse } from './pulse.ts';
import { decide } from './receive/decide.ts';
import type { OpenChannel } from './rulebook.ts';

/** One request's events, all of one channel, in the order the platform gave them. */
export interface Delivery {
  channel: OpenChannel;
  events: Inbound[];
  /** What is said is answered in the platform's own request: `deliver` leaves it alone. */
  hold?: boolean;
}

const TRIES = 20;

/** How a hub receives. One per hub: `receive(delivery)` resolves when what was said is safe, and rejects when it is not. */
export function receiver(hub: Hub): (delivery: Delivery) => Promise<void> {
  const note = pulse(hub);
  const enqueue = inBatches<Delivery, void>(async (organisationId, deliveries) => {
    const org = hub.db.org(organisationId);
    try {
      await settle(hub, org, deliveries);
      return deliveries.map(() => DONE);
    } catch (error) {
      if (deliveries.length === 1) throw error;
      // Something among them is poisonous: each alone, so that only that one fails.
      const results: PromiseSettledResult<void>[] = [];
      for (const delivery of deliveries) {
        const [result] = await Promise.allSettled([settle(hub, org, [delivery])]);
        results.push(result!);
      }
      return results;
    }
  });
  return async (delivery) => {
    if (delivery.events.length) await enqueue(delivery.channel.organisationId, delivery);
    note(delivery.channel);
  };
}

const DONE: PromiseSettledResult<void> = { status: 'fulfilled', value: undefined };

/** Load once, decide each, write once. Whoever was slower than another writer reads again and decides again. */
async function settle(hub: Hub, org: Org, deliveries: readonly Delivery[]): Promise<void> {
  const events = deliveries.flatMap(({ channel, events: all }) => all.map((event) => ({ channel, event })));
  for (let tries = 1; ; tries++) {
    try {
      const changes = new Changes();
      const met = await decide(hub, org, events, changes, tries > 1);
      await changes.write(org);
      for (const person of met) hub.known.put(person);
      const held = new Set(deliveries.filter(({ hold }) => hold).map(({ channel }) => channel.id));
      announce(hub, org.id, changes, held);
      return;
    } catch (error) {
      if (!(error instanceof Conflict) || tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5 * tries));
    }
  }
}
