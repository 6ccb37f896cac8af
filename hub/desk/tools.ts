import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Tools } from '../../connectors/connector.ts';
import { Retry } from '../../connectors/errors.ts';
import type { Hub } from '../hub.ts';
import { sandboxesOf } from '../sandboxes.ts';
import { dropKept, dropLease, kept, putKept, takeLease } from '../store/keep.ts';
import type { OpenChannel } from './rulebook.ts';

/** Longer than any one call may take, so that nobody begins while another is still at it. */
const LEASE_MS = 60_000;
/** How long one hub waits for another's token. */
const PATIENCE_MS = 30_000;
/** A token is fetched anew this long before its end; it must survive the call it is taken for. */
const SPARE_MS = 60_000;

interface Entry {
  value: string;
  sealed: Buffer;
  until: number;
}
const memory = new WeakMap<Hub, { values: Map<string, Entry>; making: Map<string, Promise<string>> }>();

/** What the hub lends a connector for one of its accounts. */
export function toolsFor(
  hub: Hub,
  channel: Pick<OpenChannel, 'id' | 'organisationId' | 'connector' | 'sandbox'>,
): Tools {
  const { connector } = channel;
  const about = { connector: connector.name, channelId: channel.id };
  const nameOf = (key: string) => `${channel.organisationId}:${channel.id}:${key}`;
  return {
    fetch: hub.fetch,
    hosts: channel.sandbox ? { ...connector.hosts, ...sandboxesOf(hub).get(connector.name)?.hosts } : connector.hosts,
    now: hub.now,
    keep: (key, make) => keepValue(hub, nameOf(key), make),
    forget: (key) => forgetValue(hub, nameOf(key)),
    log: {
      info: (data, text) => hub.log.info({ ...data, ...about }, text),
      warn: (data, text) => hub.log.warn({ ...data, ...about }, text),
    },
  };
}

function memoryOf(hub: Hub) {
  let mine = memory.get(hub);
  if (!mine) memory.set(hub, (mine = { values: new Map(), making: new Map() }));
  return mine;
}

async function keepValue(hub: Hub, key: string, make: () => Promise<{ value: string; ttl: number }>): Promise<string> {
  const { values, making } = memoryOf(hub);
  const known = values.get(key);
  if (known && known.until > hub.now()) return known.value;
  let running = making.get(key);
  if (!running) {
    running = load(hub, key, make).finally(() => making.delete(key));
    making.set(key, running);
  }
  return await running;
}

/** From the table, or made here while the other hubs wait. Throws what `make` throws, Retry when another hub takes too long. */
async function load(hub: Hub, key: string, make: () => Promise<{ value: string; ttl: number }>): Promise<string> {
  const owner = randomBytes(16);
  const begun = performance.now();
  for (let pause = 50; ; pause = Math.min(pause * 2, 500)) {
    const found = await read(hub, key);
    if (found !== undefined) return found;
    const now = hub.now();
    if (await takeLease(hub.db, key, owner, new Date(now), new Date(now + LEASE_MS))) break;
    if (performance.now() - begun > PATIENCE_MS)
      throw new Retry('Another hub is renewing this account’s token.', 1_000);
    await sleep(pause);
  }
  try {
    // Somebody may have finished between our look and our lease.
    const found = await read(hub, key);
    if (found !== undefined) return found;
    const { value, ttl } = await make();
    const until = hub.now() + Math.max(ttl * 1000 - SPARE_MS, Math.min(ttl * 500, SPARE_MS));
    const sealed = hub.secrets.seal(value, `keep:${key}`);
    await putKept(hub.db, key, sealed, new Date(until));
    remember(hub, key, { value, sealed, until });
    return value;
  } finally {
    await dropLease(hub.db, key, owner);
  }
}

async function read(hub: Hub, key: string): Promise<string | undefined> {
  const row = await kept(hub.db, key, new Date(hub.now()));
  if (!row) return undefined;
  const value = hub.secrets.open(row.value, `keep:${key}`);
  remember(hub, key, { value, sealed: row.value, until: row.expires_at.getTime() });
  return value;
}

function remember(hub: Hub, key: string, entry: Entry): void {
  const { values } = memoryOf(hub);
  // Not for long: another hub may have been told that the token is no good.
  values.set(key, { ...entry, until: Math.min(entry.until, hub.now() + 30_000) });
  if (values.size > 10_000) values.delete(values.keys().next().value!);
}

async function forgetValue(hub: Hub, key: string): Promise<void> {
  const { values } = memoryOf(hub);
  const known = values.get(key);
  values.delete(key);
  await dropKept(hub.db, key, known?.sealed);
}
