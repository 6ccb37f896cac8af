import { PARTS } from './nav.ts';
import type { Entry } from './search.ts';

/** Fields by page: `path: name`. The path is that of the area's document, as a Spot has it; `test/rules-search.test.ts` sees to it that every name has its words. */
const FIELDS: Record<string, Record<string, string>> = {
  reception: {
    mode: 'reception.mode',
    afterMessage: 'reception.afterMessage',
    plans: 'plans.title',
    nobody: 'reception.nobody',
    afterHours: 'reception.afterHours',
    silentKeyword: 'reception.silentKeyword',
    fallback: 'reception.fallback',
    'back.on': 'reception.back',
    visitorEnds: 'reception.visitorEnds',
  },
  routing: { rules: 'routing.rule', fallback: 'routing.fallback' },
  queues: {
    on: 'queues.on',
    showPosition: 'queues.showPosition',
    showWait: 'queues.showWait',
    rules: 'queues.rules',
    policies: 'policies.title',
  },
  matching: {
    levels: 'levels.title',
    regular: 'matching.regular',
    byLevel: 'matching.byLevel',
    bySkill: 'matching.bySkill',
    onlyInHours: 'matching.onlyInHours',
    onlyOnline: 'matching.onlyOnline',
    hold: 'matching.hold',
    'silent.on': 'matching.silent',
  },
  hours: { zone: 'hours.zone', standard: 'hours.standard', plans: 'hours.plans' },
  timers: {
    agentSilent: 'timers.agentSilent',
    visitorSilent: 'timers.visitorSilent',
    inactive: 'timers.inactive',
    waitReminder: 'timers.waitReminder',
    waitOver: 'timers.waitOver',
    bot: 'timers.bot',
  },
};

/** Everything the search over settings knows: pages and their fields. */
export const ENTRIES: readonly Entry[] = PARTS.flatMap(({ pages }) =>
  pages.flatMap(([page]) => [
    { page, key: `settings.${page}` },
    ...Object.entries(FIELDS[page] ?? {}).map(([path, key]) => ({ page, path, key })),
  ]),
);
