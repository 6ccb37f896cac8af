/* npm run bench NAME [-- options]: runs one of the programs beside this file; each tells its options at its head. */
const programs: Record<string, () => Promise<unknown>> = {
  accept: () => import('./accept.ts'),
  bytes: () => import('./bytes.ts'),
  channels: () => import('./channels.ts'),
  decide: () => import('../../core/bench/decide.ts'),
  inbound: () => import('./inbound.ts'),
  kill: () => import('./kill.ts'),
  latency: () => import('./latency.ts'),
  match: () => import('./match.ts'),
  screens: () => import('./screens.ts'),
  timers: () => import('./timers.ts'),
  words: () => import('../../core/bench/words.ts'),
};

const [name = ''] = process.argv.splice(2, 1);
const run = Object.hasOwn(programs, name) ? programs[name] : undefined;
if (!run) {
  console.error(`npm run bench ${Object.keys(programs).join('|')}`);
  process.exit(1);
}
await run();
