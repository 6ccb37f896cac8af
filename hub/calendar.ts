import { z } from 'zod';
import { type OfficialYear, spansOfDays } from '../core/calendar.ts';

/** Name and release of where the days come from: what they know depends on it. */
export interface Source {
  package: string;
  version: string;
}
export interface Calendar {
  source: Source;
  /** First to last. */
  years: number[];
  of(year: number): OfficialYear | null;
}

/** `2026-10-01` → `National Day,国庆节,3`. */
const Days = z.record(z.iso.date(), z.string());
const File = z.object({ holidays: Days, workdays: Days });
const Manifest = z.object({ name: z.string(), version: z.string() });

let kept: Promise<Calendar> | undefined;

/**
 * China's official days off and make-up days, as the State Council gives them out each autumn for the year to come. From
 * the package `chinese-days`; a new year comes with its next release. Read once, when somebody asks.
 */
export function chinaCalendar(): Promise<Calendar> {
  kept ??= load();
  return kept;
}

async function load(): Promise<Calendar> {
  const [file, manifest] = await Promise.all([
    import('chinese-days/dist/chinese-days.json', { with: { type: 'json' } }),
    import('chinese-days/package.json', { with: { type: 'json' } }),
  ]);
  const { holidays, workdays } = File.parse(file.default);
  const { name, version } = Manifest.parse(manifest.default);
  const years = [...new Set(Object.keys(holidays).map(yearOf))].sort((a, b) => a - b);
  return {
    source: { package: name, version },
    years,
    of(year) {
      if (!years.includes(year)) return null;
      return { holidays: spansOfDays(within(holidays, year)), workdays: within(workdays, year) };
    },
  };
}

const yearOf = (date: string) => Number(date.slice(0, 4));

function within(days: z.infer<typeof Days>, year: number) {
  return Object.entries(days)
    .filter(([date]) => yearOf(date) === year)
    .map(([date, words]) => {
      const [english = words, name = english] = words.split(',');
      return { date, name, english };
    })
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}
