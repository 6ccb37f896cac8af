import { posix } from 'node:path';
import type { Import } from './imports.ts';

const ROOMS = ['core', 'connectors', 'hub', 'console', 'migrations'] as const;
type Room = (typeof ROOMS)[number];

/** Where each room may reach: `values` at run time, `types` in thought only. */
const reach: Record<Room, { values: readonly Room[]; types: readonly Room[] }> = {
  core: { values: ['core'], types: [] },
  connectors: { values: ['connectors', 'core'], types: [] },
  hub: { values: ['hub', 'connectors', 'core', 'migrations'], types: [] },
  console: { values: ['console', 'core'], types: ['hub', 'connectors'] },
  migrations: { values: ['migrations'], types: [] },
};

/** Packages of rooms that take few; other rooms take what they need. No room of these knows Node. */
const packages: Partial<Record<Room, readonly string[]>> = {
  core: ['zod', 'opencc-js'],
  migrations: ['kysely'],
};

/** Each technology has one home. */
const homes: Record<string, readonly string[]> = {
  kysely: ['hub/store/', 'migrations/'],
  bullmq: ['hub/jobs.ts', 'hub/jobs/'],
  ioredis: ['hub/jobs.ts', 'hub/jobs/', 'hub/live.ts', 'hub/live/'],
  '@line/bot-sdk': ['connectors/line/'],
};

/** Folders of connectors/ that are no connector but shared by all. */
const SHARED = ['lib', 'contract'];

/** Tests and benches: they may use any package, and the console's may start a hub to look at. */
const workshop = (path: string) => /\.test\.ts$|\/(test|bench|fixtures)\//.test(path);

/** The walls an import crosses, as sentences that name file, line and wall. */
export function crossings(path: string, imports: readonly Import[]): string[] {
  const room = path.split('/')[0] as Room;
  return imports.flatMap((one) => {
    const wall = one.from.startsWith('.') ? wallBetween(room, path, one) : packageWall(room, path, one);
    return wall ? [`${path}:${one.line} imports ${one.from}: ${wall}`] : [];
  });
}

function wallBetween(room: Room, path: string, { from, typeOnly }: Import): string | undefined {
  const target = posix.join(posix.dirname(path), from);
  const there = target.split('/')[0] as Room;
  if (!ROOMS.includes(there)) return target.startsWith('..') ? 'outside of the house' : undefined;
  const { values, types } = reach[room];
  const allowed = values.includes(there) || (types.includes(there) && (typeOnly || workshop(path)));
  if (!allowed)
    return `${room} may import ${values.join(', ')}${types.length ? ` and types of ${types.join(', ')}` : ''}`;
  return room === 'connectors' ? betweenConnectors(path, target) : undefined;
}

function betweenConnectors(path: string, target: string): string | undefined {
  const [mine, theirs] = [connectorOf(path), connectorOf(target)];
  if (!theirs || theirs === mine || !path.slice('connectors/'.length).includes('/')) return undefined;
  return mine
    ? `no connector imports another (${mine} → ${theirs})`
    : `what connectors share knows none of them (${theirs})`;
}

/** `line` of connectors/line/index.ts; nothing for what is shared. */
function connectorOf(path: string): string | undefined {
  const [, folder, rest] = path.split('/');
  return rest && folder && !SHARED.includes(folder) ? folder : undefined;
}

function packageWall(room: Room, path: string, { from }: Import): string | undefined {
  const name = from.startsWith('node:')
    ? 'node:'
    : from
        .split('/')
        .slice(0, from.startsWith('@') ? 2 : 1)
        .join('/');
  const home = homes[name];
  if (home && !home.some((place) => path.startsWith(place))) return `${name} lives in ${home.join(', ')} only`;
  const few = packages[room];
  return few && !few.includes(name) && !workshop(path)
    ? `${room} takes only the packages ${few.join(', ')}`
    : undefined;
}
