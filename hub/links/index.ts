import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectors } from '../../connectors/index.ts';
import type { OpenLink } from '../../connectors/link.ts';
import type { Hub } from '../hub.ts';
import type { LinkOrder } from '../live.ts';
import { fetchMedia } from '../media/fetch.ts';
import { isDeleted, linkChannels, overdueOn, setLink, unfetchedOn } from '../store/links.ts';
import { Held } from './held.ts';
import { AccountLocks } from './lock.ts';

/** Accounts that are lasting connections: every one is held by exactly one hub of the house. */
export interface HubLinks {
  /** The open link of an account, where this hub holds it. */
  get(channelId: string): OpenLink | undefined;
  /** Whether the account is a lasting connection that this hub does not hold. */
  elsewhere(organisationId: string, channelId: string): Promise<boolean>;
  /** Carried to the hub that holds the account. What becomes of it is told in the channel's `link`. */
  order(organisationId: string, channelId: string, order: LinkOrder): void;
  /** Begins to hold accounts. */
  start(): void;
  /** Lets all of them go, in time. */
  stop(): Promise<void>;
}

const SWEEP_MS = 5_000;
/** The browsers get this long to write down what they have; then they are killed by their connectors. */
const STOP_MS = 20_000;
/** News comes in bunches. */
const SOON_MS = 150;

export function links(hub: Hub, databaseUrl: string): HubLinks {
  const names = Object.values(connectors)
    .filter((connector) => connector.link)
    .map((connector) => connector.name);
  const held = new Map<string, Held>();
  const fetching = new Set<string>();
  const locks = new AccountLocks(databaseUrl, hub.log, () => letAllGo());
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Timeout | undefined;
  let unsubscribe = () => {};
  let sweeping: Promise<void> | undefined;
  let stopped = true;

  function letAllGo(): void {
    const all = [...held.values()];
    held.clear();
    for (const one of all) void one.close();
  }

  /** Takes what nobody holds, lets go what is not wanted any more, and sees to what waits on our own accounts. */
  async function sweep(): Promise<void> {
    await locks.feel();
    const wanted = new Map((await linkChannels(hub.db, names)).map((channel) => [channel.id, channel]));
    for (const one of [...held.values()]) {
      const channel = wanted.get(one.id);
      if (!channel) await letGo(one);
      else if (JSON.stringify(channel.config) !== one.config) await drop(one);
    }
    for (const channel of wanted.values()) {
      if (stopped) return;
      if (held.has(channel.id) || !(await locks.take(channel.id))) continue;
      const one = new Held(hub, channel);
      held.set(channel.id, one);
      void one.begin();
    }
    await work();
  }

  async function drop(one: Held): Promise<void> {
    held.delete(one.id);
    await one.close();
    await locks.release(one.id);
  }

  /** Switched off, or deleted: then nothing of the login is kept. */
  async function letGo(one: Held): Promise<void> {
    const org = hub.db.org(one.organisationId);
    if (await isDeleted(org, one.id)) {
      await one.logout();
      await drop(one);
      await rm(one.folder, { recursive: true, force: true, maxRetries: 4 });
    } else {
      await drop(one);
      await setLink(org, one.id, null);
    }
  }

  /** What is due on the accounts we hold, and was perhaps woken elsewhere. */
  async function work(): Promise<void> {
    const open = [...held.values()].filter((one) => one.link).map((one) => one.id);
    const now = new Date(hub.now());
    for (const { organisationId, sessionId } of await overdueOn(hub.db, open, now))
      hub.outbox.wake(organisationId, [sessionId]);
    for (const { organisationId, id } of await unfetchedOn(hub.db, open, now)) {
      if (fetching.has(id)) continue;
      fetching.add(id);
      void fetchMedia(hub, hub.db.org(organisationId), id)
        .catch((error: Error) => hub.log.warn({ error: error.message, mediaId: id }, 'a file could not be fetched'))
        .finally(() => fetching.delete(id));
    }
  }

  function sweepNow(): void {
    if (stopped) return;
    if (sweeping) {
      clearTimeout(soon);
      soon = setTimeout(sweepNow, SOON_MS).unref();
      return;
    }
    sweeping = sweep()
      .catch((error: Error) => hub.log.warn({ error: error.message }, 'linked accounts could not be seen to'))
      .finally(() => (sweeping = undefined));
  }

  async function obey(channelId: string, order: LinkOrder): Promise<void> {
    const one = held.get(channelId);
    if (!one) return;
    const { link } = one;
    switch (order.do) {
      case 'open':
        return await one.reopen();
      case 'pair':
        return await one.pair(order.phone);
      case 'logout':
        return await one.logout();
      case 'work':
        return await work();
      case 'markRead':
        return await link?.markRead?.(order.receipt);
      case 'typing':
        return await link?.typing?.(order.to);
      case 'recall':
        return await link?.recall?.(order);
    }
  }

  return {
    get: (channelId) => held.get(channelId)?.link,
    async elsewhere(organisationId, channelId) {
      const channel = await hub.rulebook.channelById(organisationId, channelId);
      return Boolean(channel?.connector.link && channel.enabled && !held.get(channelId)?.link);
    },
    order(organisationId, channelId, order) {
      hub.live.publish(organisationId, [{ kind: 'link', channelId, order }]);
    },
    start() {
      if (!names.length || !stopped) return;
      stopped = false;
      unsubscribe = hub.live.subscribe((_, news) => {
        for (const item of news) {
          if (item.kind === 'link') {
            void obey(item.channelId, item.order).catch((error: Error) =>
              hub.log.info({ error: error.message, order: item.order.do }, 'an account did not do as told'),
            );
          }
          // Connected, switched on or off: nobody wants to wait for the next sweep to see the code.
          if (item.kind === 'changed' && item.area === 'channels') {
            clearTimeout(soon);
            soon = setTimeout(sweepNow, SOON_MS).unref();
          }
        }
      });
      timer = setInterval(sweepNow, SWEEP_MS).unref();
      sweepNow();
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      unsubscribe();
      clearInterval(timer);
      clearTimeout(soon);
      await sweeping;
      const all = [...held.values()];
      held.clear();
      await Promise.race([
        Promise.allSettled(all.map((one) => one.close())),
        sleep(STOP_MS, undefined, { ref: false }),
      ]);
      await locks.close();
    },
  };
}
