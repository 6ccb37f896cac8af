import { Session } from 'node:inspector/promises';
import type { Profiler } from 'node:inspector';
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

/** Where the time went: by package or folder of ours, then by function; share of the time the process was busy. */
export function describeProfile(profile: Profiler.Profile, most = 25): string {
  const own = new Map<number, number>();
  profile.samples?.forEach((id, index) => own.set(id, (own.get(id) ?? 0) + (profile.timeDeltas?.[index] ?? 0)));
  const byPlace = new Map<string, number>();
  const byFunction = new Map<string, number>();
  let busy = 0;
  for (const { id, callFrame } of profile.nodes) {
    const time = own.get(id) ?? 0;
    if (!time || callFrame.functionName === '(idle)') continue;
    busy += time;
    const place = placeOf(callFrame.url) || callFrame.functionName;
    byPlace.set(place, (byPlace.get(place) ?? 0) + time);
    const name = `${callFrame.functionName || '(anonymous)'}  ${shortUrl(callFrame.url)}:${callFrame.lineNumber + 1}`;
    byFunction.set(name, (byFunction.get(name) ?? 0) + time);
  }
  const lines = (map: Map<string, number>) => [...map].sort((a, b) => b[1] - a[1]).slice(0, most).map(([name, time]) => `${((time / busy) * 100).toFixed(1).padStart(5)} %  ${name}`);
  const whole = profile.endTime - profile.startTime;
  return [`busy ${short((busy / whole) * 100)} % of ${short(whole / 1e6)} s`, ...lines(byPlace), '', ...lines(byFunction)].join('\n');
}

function placeOf(url: string): string {
  const found = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url);
  if (found) return found[1]!;
  if (url.startsWith('node:')) return url.split('/').slice(0, 2).join('/');
  return shortUrl(url).split('/').slice(0, 3).join('/');
}

const shortUrl = (url: string): string => url.replace(/^.*\/node_modules\//, '').replace(new URL('../../../', import.meta.url).href, '');
