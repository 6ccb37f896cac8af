import type { Hub } from '../hub.ts';
import type { Handlers } from '../jobs.ts';
import { fetchMedia } from '../media/fetch.ts';
import { learnProfiles } from './profile.ts';
import { recallAgain } from './recall-again.ts';
import { tick } from './tick.ts';

/** What each job does. */
export function handlers(hub: Hub): Handlers {
  return counted(hub, {
    deliver: async ({ organisationId, sessionIds }) => hub.outbox.wake(organisationId, sessionIds),
    pair: async ({ organisationId }) => hub.pairing.wake(organisationId),
    media: async ({ organisationId, mediaIds }) => {
      for (const id of mediaIds) await fetchMedia(hub, hub.db.org(organisationId), id);
    },
    profile: async ({ organisationId, identityIds }) => await learnProfiles(hub, organisationId, identityIds),
    recalled: async (data) => await recallAgain(hub, data),
    tick: async () => await tick(hub),
  });
}

function counted(hub: Hub, all: Handlers): Handlers {
  const count = (name: string, outcome: string) => hub.metrics.jobs.inc({ name, outcome });
  return Object.fromEntries(
    Object.entries(all).map(([name, work]) => [
      name,
      async (data: never) => {
        try {
          await work(data);
          count(name, 'done');
        } catch (error) {
          count(name, 'failed');
          throw error;
        }
      },
    ]),
  ) as unknown as Handlers;
}
