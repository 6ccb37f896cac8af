import type { SandboxHost } from '../../../sandbox.ts';
import type { World } from '../../phone/world.ts';
import { Courier } from '../../sandbox/courier.ts';
import { type FaultSpec, Faults } from '../../sandbox/faults.ts';
import { Files } from '../../sandbox/files.ts';
import { ExchangeLog } from '../../sandbox/log.ts';

/** Uploads kept in memory, in bytes. */
const MAX_FILES = 64_000_000;
/** Pauses before each repeat, in ms. Meta goes on for seven days with growing pauses; we for two minutes. */
export const REPEATS = [1_000, 3_000, 9_000, 27_000, 81_000];

/** What every stand-in for a product of Meta's holds. */
export interface GraphPlatform {
  host: SandboxHost;
  world: World;
  faults: Faults;
  files: Files;
  log: ExchangeLog;
  courier: Courier;
}

export function graphPlatform(host: SandboxHost, world: World, specs: readonly FaultSpec[]): GraphPlatform {
  const faults = new Faults(specs, (values) => world.feed.publish({ type: 'faults', values }));
  const log = new ExchangeLog((exchange) => world.feed.publish({ type: 'exchange', exchange }));
  const courier = new Courier({
    fetch: host.fetch,
    now: host.now,
    log,
    timeoutMs: () => faults.number('timeoutMs'),
    repeats: () => (faults.on('noRepeats') ? [] : REPEATS),
    twice: () => faults.on('duplicate'),
    swapped: () => faults.on('reorder'),
  });
  return { host, world, faults, files: new Files(MAX_FILES), log, courier };
}
