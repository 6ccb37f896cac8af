import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import { short } from './figures.ts';

let session: Session | undefined;

/** Begins to sample this process. */
export async function startProfile(): Promise<void> {
  session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
}

/** Ends sampling. Gives the profile, which Chrome's tools can open when it is saved as JSON. */
export async function stopProfile(): Promise<Profiler.Profile> {
  const { profile } = await session!.post('Profiler.stop');
  session!.disconnect();
  session = undefined;
  return profile;
}

type Node = Profiler.ProfileNode;

/**
 * Where the busy time went, three ways: on whose behalf (the nearest file of ours up the stack, else the package that
 * node called), in which package or file, in which function. The profiler's own end is left out.
 */
export function describeProfile(profile: Profiler.Profile, most = 22): string {
  const own = new Map<number, number>();
  for (const [index, id] of (profile.samples ?? []).entries())
    own.set(id, (own.get(id) ?? 0) + (profile.timeDeltas?.[index] ?? 0));
  const parents = new Map<number, Node>();
  for (const node of profile.nodes) for (const child of node.children ?? []) parents.set(child, node);
  const ways = {
    behalf: new Map<string, number>(),
    place: new Map<string, number>(),
    function: new Map<string, number>(),
  };
  let busy = 0;
  for (const node of profile.nodes) {
    const { functionName: name, url, lineNumber } = node.callFrame;
    const time = own.get(node.id) ?? 0;
    if (!time || name === '(idle)' || url === 'node:inspector') continue;
    busy += time;
    const add = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + time);
    add(ways.behalf, behalfOf(node, parents));
    add(ways.place, placeOf(url) || name);
    add(ways.function, `${name || '(anonymous)'}  ${shortUrl(url)}:${lineNumber + 1}`);
  }
  const list = (map: Map<string, number>) =>
    [...map]
      .sort((a, b) => b[1] - a[1])
      .slice(0, most)
      .map(([name, time]) => `${((time / busy) * 100).toFixed(1).padStart(5)} %  ${name}`);
  const whole = profile.endTime - profile.startTime;
  return [
    `busy ${short((busy / whole) * 100)} % of ${short(whole / 1e6)} s`,
    ...Object.entries(ways).flatMap(([way, map]) => [`by ${way}`, ...list(map)]),
  ].join('\n');
}

function behalfOf(node: Node, parents: Map<number, Node>): string {
  let outermost = '';
  for (let at: Node | undefined = node; at; at = parents.get(at.id)) {
    const { url } = at.callFrame;
    if (url.startsWith(ROOT) && !url.includes('/node_modules/')) return shortUrl(url);
    if (url.includes('/node_modules/')) outermost = placeOf(url);
    else if (!outermost && url.startsWith('node:')) outermost = placeOf(url);
  }
  return outermost || node.callFrame.functionName;
}

function placeOf(url: string): string {
  const found = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url);
  if (found) return found[1]!;
  if (url.startsWith('node:')) return url.split('/').slice(0, 2).join('/');
  return shortUrl(url);
}

const ROOT = new URL('../../../', import.meta.url).href;
const shortUrl = (url: string): string => url.replace(/^.*\/node_modules\//, '').replace(ROOT, '');
