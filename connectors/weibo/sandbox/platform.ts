import type { World } from '../../lib/phone/world.ts';
import { BoundedMap } from '../../lib/sandbox/bounded.ts';
import { Consents } from '../../lib/sandbox/consent.ts';
import { Courier } from '../../lib/sandbox/courier.ts';
import { Faults } from '../../lib/sandbox/faults.ts';
import { Files } from '../../lib/sandbox/files.ts';
import { numbers } from '../../lib/sandbox/ids.ts';
import { ExchangeLog } from '../../lib/sandbox/log.ts';
import type { SandboxHost } from '../../sandbox.ts';
import { Accounts } from './accounts.ts';
import { faults } from './faults.ts';
import { model } from './model.ts';
import { Passive } from './passive.ts';
import { Windows } from './windows.ts';

/** Uploads kept in memory, in bytes. */
const MAX_FILES = 64_000_000;
/** Pauses before a repeat, in ms: three attempts in all; Weibo does not say how far apart. */
const REPEATS = [1_000, 2_000];

/** Everything the sandbox knows, handed on to its parts. */
export interface Platform {
  host: SandboxHost;
  world: World;
  accounts: Accounts;
  windows: Windows;
  faults: Faults;
  files: Files;
  log: ExchangeLog;
  courier: Courier;
  consents: Consents;
  /** What fans sent, by the account's copy (`tovfid`). */
  contents: BoundedMap<string, { file: string; account: string }>;
  nextId: () => string;
  /** Shows the account's credentials on the phone, as they are now. */
  publish(): void;
}

export function platform(host: SandboxHost, world: World, publish: () => void): Platform {
  const switches = new Faults(faults, (values) => world.feed.publish({ type: 'faults', values }));
  const log = new ExchangeLog((exchange) => world.feed.publish({ type: 'exchange', exchange }));
  const nextId = numbers(host.now);
  const passive = new Passive(host, world, nextId);
  return {
    host,
    world,
    log,
    publish,
    nextId,
    faults: switches,
    accounts: new Accounts(host.seed, host.now),
    windows: new Windows(host.now),
    files: new Files(MAX_FILES),
    contents: new BoundedMap(2_000),
    consents: new Consents({ mount: host.url, now: host.now, theme: model.theme }),
    courier: new Courier({
      fetch: passive.fetch,
      now: host.now,
      log,
      timeoutMs: () => switches.number('timeoutMs'),
      repeats: () => REPEATS,
      twice: () => switches.on('duplicate'),
      swapped: () => switches.on('reorder'),
    }),
  };
}
