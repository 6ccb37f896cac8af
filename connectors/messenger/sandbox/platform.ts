import { Hooks } from '../../lib/graph/sandbox/hooks.ts';
import { Links } from '../../lib/graph/sandbox/links.ts';
import { type GraphPlatform, graphPlatform } from '../../lib/graph/sandbox/platform.ts';
import type { World } from '../../lib/phone/world.ts';
import { BoundedMap } from '../../lib/sandbox/bounded.ts';
import { numbers } from '../../lib/sandbox/ids.ts';
import type { SandboxHost } from '../../sandbox.ts';
import { Accounts } from './accounts.ts';
import { faults } from './faults.ts';
import { Windows } from './windows.ts';

/** One event of one page, in the channel it goes by. */
export interface Item {
  page: string;
  channel: 'messaging' | 'standby';
  event: Record<string, unknown>;
}

/** Everything the sandbox knows, handed on to its parts. */
export interface Platform extends GraphPlatform {
  accounts: Accounts;
  hooks: Hooks<Item>;
  windows: Windows;
  links: Links;
  /** Files of ours by attachment id. */
  uploads: BoundedMap<string, { file: string; page: string }>;
  /** Quick replies on the phones, by page, person and payload. */
  replies: BoundedMap<string, string>;
  /** What an advert said, for the person's next words. */
  referrals: BoundedMap<string, Record<string, unknown>>;
  nextId: () => string;
}

/** Entries of one body hold this many events at most, so that a bundle has several. */
const PER_ENTRY = 2;

export function platform(host: SandboxHost, world: World): Platform {
  const base = graphPlatform(host, world, faults);
  return {
    ...base,
    accounts: new Accounts(host.seed),
    windows: new Windows(host.now),
    links: new Links(host.now),
    uploads: new BoundedMap(2_000),
    replies: new BoundedMap(2_000),
    referrals: new BoundedMap(100),
    nextId: numbers(host.now),
    hooks: new Hooks(base, (_, items: Item[]) => envelope(items, host.now())),
  };
}

/** Events in Meta's envelope, a few to an entry. */
function envelope(items: Item[], time: number): unknown {
  const entry: { id: string; time: number; [channel: string]: unknown }[] = [];
  for (const { page, channel, event } of items) {
    const last = entry.at(-1);
    const list = last?.id === page ? last[channel] : undefined;
    if (Array.isArray(list) && list.length < PER_ENTRY) list.push(event);
    else entry.push({ id: page, time, [channel]: [event] });
  }
  return { object: 'page', entry };
}
