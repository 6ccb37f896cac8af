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

/** One thing in a webhook: a field and its value. */
export interface Change {
  waba: string;
  field: string;
  value: Record<string, unknown>;
}

/** A file at Meta: the customers' and ours alike. */
export interface Kept {
  file: string;
  mime: string;
  account: string;
}

/** What a tap on one of our buttons sends back. */
export interface Choice {
  kind: 'button_reply' | 'list_reply' | 'template';
  id: string;
  title: string;
  description?: string;
  messageId: string;
}

/** Everything the sandbox knows, handed on to its parts. */
export interface Platform extends GraphPlatform {
  accounts: Accounts;
  hooks: Hooks<Change>;
  windows: Windows;
  links: Links;
  /** By media id. */
  kept: BoundedMap<string, Kept>;
  /** By account, person and the button's id. */
  choices: BoundedMap<string, Choice>;
  /** What an advert or a card said, for the person's next words. */
  referrals: BoundedMap<string, Record<string, unknown>>;
  nextId: () => string;
}

/** Entries of one body hold this many changes at most, so that a bundle has several. */
const PER_ENTRY = 2;

export function platform(host: SandboxHost, world: World): Platform {
  const base = graphPlatform(host, world, faults);
  return {
    ...base,
    accounts: new Accounts(host.seed),
    windows: new Windows(host.now),
    links: new Links(host.now),
    kept: new BoundedMap(2_000),
    choices: new BoundedMap(2_000),
    referrals: new BoundedMap(100),
    nextId: numbers(host.now),
    hooks: new Hooks(base, (_, changes: Change[]) => envelope(changes)),
  };
}

/** Changes in Meta's envelope, a few to an entry. */
export function envelope(changes: Change[]): unknown {
  const entry: { id: string; changes: { field: string; value: unknown }[] }[] = [];
  for (const { waba, field, value } of changes) {
    const last = entry.at(-1);
    if (last?.id === waba && last.changes.length < PER_ENTRY) last.changes.push({ field, value });
    else entry.push({ id: waba, changes: [{ field, value }] });
  }
  return { object: 'whatsapp_business_account', entry };
}
