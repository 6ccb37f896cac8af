import type { Hono } from 'hono';
import type { AppKind } from '../connectors/app.ts';
import { apps } from '../connectors/apps.ts';
import type { Connector } from '../connectors/connector.ts';
import { connectors } from '../connectors/index.ts';
import type { Sandbox } from '../connectors/sandbox.ts';
import { sandboxes } from '../connectors/sandboxes.ts';
import type { Hub } from './hub.ts';
import { sandboxApps } from './store/apps.ts';
import { sandboxChannels } from './store/channels.ts';

/** Connectors of one platform stand together. */
export const platformOf = (connector: Pick<Connector, 'name' | 'platform'>): string =>
  connector.platform ?? connector.name;

/** They share its stand-in, but for one that has its own. */
export const standInOf = (connector: Pick<Connector, 'name' | 'platform'>): string =>
  Object.hasOwn(sandboxes, connector.name) ? connector.name : platformOf(connector);

/** An app's platform is that of the accounts it serves. */
export function platformOfApp(kind: Pick<AppKind, 'connectors'>): string {
  const [first = ''] = kind.connectors;
  return Object.hasOwn(connectors, first) ? platformOf(connectors[first]!) : first;
}

/** A platform's stand-in, with the addresses to put in place of the platform's. */
export interface OpenSandbox {
  sandbox: Sandbox;
  app: Hono;
  /** Where it is mounted, in full. */
  url: string;
  hosts: Readonly<Record<string, string>>;
}

const open = new WeakMap<Hub, ReadonlyMap<string, OpenSandbox>>();
const NONE: ReadonlyMap<string, OpenSandbox> = new Map();

/** The stand-ins of this hub by their connector's name; none where the sandbox is off. */
export function sandboxesOf(hub: Hub): ReadonlyMap<string, OpenSandbox> {
  if (!hub.env.sandbox) return NONE;
  let mine = open.get(hub);
  if (!mine) {
    // Accounts derive from the key, so that they are the same after a restart and others' in another house.
    const seed = hub.secrets.derive('sandbox').toString('hex');
    mine = new Map(
      Object.entries(sandboxes).map(([name, make]) => {
        const url = `${hub.publicUrl}/sandbox/${name}`;
        const sandbox = make({ url, fetch: hub.fetch, now: hub.now, seed });
        const hosts = Object.fromEntries(Object.entries(sandbox.hosts).map(([host, path]) => [host, `${url}${path}`]));
        return [name, { sandbox, app: sandbox.app, url, hosts }];
      }),
    );
    open.set(hub, mine);
  }
  return mine;
}

/** What the customers of the demo account see it called. */
const DEMO = '海纳演示 Haina Demo';
const accountName = (index: number) => (index === 0 ? DEMO : `${DEMO} ${index + 1}`);

export const callbackUrl = (hub: Pick<Hub, 'publicUrl'>, connector: string, key: string): string =>
  `${hub.publicUrl}/webhooks/${connector}/${key}`;

/** The credentials of a sandbox account; undefined where there is no stand-in. `index`: the how manieth of its kind. */
export function sandboxAccount(hub: Hub, connector: string, key: string, index = 0): unknown {
  return accountNamed(hub, connector, key, accountName(index));
}

function accountNamed(hub: Hub, connector: string, key: string, name: string): unknown {
  const known = Object.hasOwn(connectors, connector) ? connectors[connector] : undefined;
  const sandbox = known && sandboxesOf(hub).get(standInOf(known))?.sandbox;
  return sandbox?.account(name, callbackUrl(hub, connector, key), connector);
}

/** The credentials of a sandbox app; undefined where the stand-in has none of this kind. */
export function sandboxApp(hub: Hub, kind: AppKind, key: string, index = 0): Record<string, string> | undefined {
  const sandbox = sandboxesOf(hub).get(platformOfApp(kind))?.sandbox;
  return sandbox?.apps?.[kind.name]?.(accountName(index), callbackUrl(hub, kind.name, key));
}

/** A sandbox forgets with its process: tells it at every start which accounts there are. Call once, after migrating. */
export async function wakeSandboxes(hub: Hub): Promise<void> {
  if (!hub.env.sandbox) return;
  const seen = new Map<string, number>();
  for (const app of await sandboxApps(hub.db)) {
    const index = seen.get(`app ${app.kind}`) ?? 0;
    seen.set(`app ${app.kind}`, index + 1);
    if (Object.hasOwn(apps, app.kind)) sandboxApp(hub, apps[app.kind]!, app.key, index);
  }
  for (const channel of await sandboxChannels(hub.db)) {
    // An account that consented to an app is known there by the platform's id; it may have an address of its own.
    if (channel.app_id) {
      if (channel.account) accountNamed(hub, channel.connector, channel.key, channel.account);
      continue;
    }
    const index = seen.get(channel.connector) ?? 0;
    seen.set(channel.connector, index + 1);
    sandboxAccount(hub, channel.connector, channel.key, index);
  }
}

/** Stops what they still have on their way. */
export function closeSandboxes(hub: Hub): void {
  for (const { sandbox } of open.get(hub)?.values() ?? []) sandbox.close?.();
}
