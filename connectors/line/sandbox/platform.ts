import type { World } from '../../lib/phone/world.ts';
import { BoundedMap } from '../../lib/sandbox/bounded.ts';
import { Courier } from '../../lib/sandbox/courier.ts';
import { Faults } from '../../lib/sandbox/faults.ts';
import { Files } from '../../lib/sandbox/files.ts';
import { numbers } from '../../lib/sandbox/ids.ts';
import { ExchangeLog } from '../../lib/sandbox/log.ts';
import type { SandboxHost } from '../../sandbox.ts';
import { Accounts } from './accounts.ts';
import { Handles } from './handles.ts';
import { faults } from './model.ts';

/** Uploads kept in memory, in bytes. */
const MAX_FILES = 64_000_000;
/** Pauses before a redelivery, in ms. LINE publishes neither count nor spacing (line.md section 15). */
const REPEATS = [1_000, 5_000, 15_000, 60_000];

export interface Content {
  file: string;
  readyAt: number;
}

/** Everything the sandbox knows, handed on to its parts. */
export interface Platform {
  host: SandboxHost;
  world: World;
  accounts: Accounts;
  handles: Handles;
  faults: Faults;
  files: Files;
  log: ExchangeLog;
  courier: Courier;
  /** What people sent, by message id. */
  contents: BoundedMap<string, Content>;
  /** Accepted pushes by account and retry key. */
  accepted: BoundedMap<string, { requestId: string; sentMessages: { id: string; quoteToken?: string }[] }>;
  nextId: () => string;
}

export function platform(host: SandboxHost, world: World): Platform {
  const switches = new Faults(faults, (values) => world.feed.publish({ type: 'faults', values }));
  const log = new ExchangeLog((exchange) => world.feed.publish({ type: 'exchange', exchange }));
  return {
    host,
    world,
    log,
    faults: switches,
    accounts: new Accounts(host.seed, host.now),
    handles: new Handles(host.now),
    files: new Files(MAX_FILES),
    contents: new BoundedMap(2_000),
    accepted: new BoundedMap(2_000),
    nextId: numbers(host.now),
    courier: new Courier({
      fetch: host.fetch,
      now: host.now,
      log,
      timeoutMs: () => switches.number('timeoutMs'),
      repeats: () => (switches.on('redeliver') ? REPEATS : []),
      twice: () => switches.on('duplicate'),
      swapped: () => switches.on('reorder'),
    }),
  };
}
