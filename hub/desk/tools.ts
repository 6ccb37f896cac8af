import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AppTools } from '../../connectors/app.ts';
import type { Tools } from '../../connectors/connector.ts';
import { Retry } from '../../connectors/errors.ts';
import type { Hub } from '../hub.ts';
import { outFile } from '../media/out.ts';
import { platformOfApp, sandboxesOf, standInOf } from '../sandboxes.ts';
import { dropAllKept, dropKept, dropLease, kept, putKept, takeLease, vaulted } from '../store/keep.ts';
import type { OpenApp, OpenChannel } from './rulebook.ts';

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
  channel: Pick<OpenChannel, 'id' | 'organisationId' | 'connector' | 'sandbox'> & Partial<Pick<OpenChannel, 'app'>>,
): Tools {
  const { connector, organisationId, id, sandbox, app } = channel;
  const common = lent(hub, { organisationId, id, sandbox, hosts: connector.hosts, platform: standInOf(connector) });
  return {
    ...common,
    log: logged(hub, { connector: connector.name, channelId: id }),
    file: (media, rule) => outFile(hub, organisationId, media, rule),
    ...(app && { app: appTools(hub, app) }),
  };
}

/** What the hub lends to an app that serves many accounts. */
export function appTools(hub: Hub, app: OpenApp): AppTools {
  const { organisationId, id, sandbox, kind } = app;
  return {
    ...lent(hub, { organisationId, id, sandbox, hosts: kind.hosts, platform: platformOfApp(kind) }),
    log: logged(hub, { app: kind.name, appId: id }),
  };
}

interface Owner {
  organisationId: string;
  id: string;
  sandbox: boolean;
  hosts: Readonly<Record<string, string>>;
  platform: string;
}

function lent(hub: Hub, { organisationId, id, sandbox, hosts, platform }: Owner) {
  const nameOf = (key: string) => `${prefixOf(organisationId, id)}${key}`;
  return {
    fetch: hub.fetch,
    hosts: sandbox ? { ...hosts, ...sandboxesOf(hub).get(platform)?.hosts } : hosts,
    now: hub.now,
    keep: (key: string, make: () => Promise<{ value: string; ttl: number }>) => keepValue(hub, nameOf(key), make),
    forget: (key: string, failed?: string) => forgetValue(hub, nameOf(key), failed),
    vault: {
      async get(key: string) {
        const sealed = await vaulted(hub.db, nameOf(`vault:${key}`));
        return sealed && hub.secrets.open(sealed, `keep:${nameOf(`vault:${key}`)}`);
      },
      put: (key: string, value: string) => putVault(hub, { organisationId, id }, key, value),
      remove: (key: string) => dropKept(hub.db, nameOf(`vault:${key}`)),
    },
  };
}

const prefixOf = (organisationId: string, id: string) => `${organisationId}:${id}:`;

/** Lays a value away for an account or an app, sealed and without an end. */
export async function putVault(
  hub: Hub,
  { organisationId, id }: { organisationId: string; id: string },
  key: string,
  value: string,
): Promise<void> {
  const name = `${prefixOf(organisationId, id)}vault:${key}`;
  await putKept(hub.db, name, hub.secrets.seal(value, `keep:${name}`), null);
}

/** An account is given back: its tokens are of no more use to us, so they are not kept. */
export async function forgetAll(hub: Hub, { organisationId, id }: { organisationId: string; id: string }) {
  const prefix = prefixOf(organisationId, id);
  const { values } = memoryOf(hub);
  for (const key of values.keys()) if (key.startsWith(prefix)) values.delete(key);
  await dropAllKept(hub.db, prefix);
}

function logged(hub: Hub, about: object): Tools['log'] {
  return {
    // One line a call would bury everything else.
    info: (data, text) => hub.log.debug({ ...data, ...about }, text),
    warn: (data, text) => hub.log.warn({ ...data, ...about }, text),
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

async function forgetValue(hub: Hub, key: string, failed?: string): Promise<void> {
  const { values } = memoryOf(hub);
  const known = values.get(key);
  // Somebody has renewed it since: that one may be good.
  if (failed !== undefined && known && known.value !== failed) return;
  values.delete(key);
  if (failed !== undefined && !known) {
    const row = await kept(hub.db, key, new Date(hub.now()));
    if (row && hub.secrets.open(row.value, `keep:${key}`) === failed) await dropKept(hub.db, key, row.value);
    return;
  }
  await dropKept(hub.db, key, known?.sealed);
}
