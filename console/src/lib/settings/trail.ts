import { maybe, t } from '../i18n/index.svelte.ts';
import { type Told, tell } from './tell.ts';
import { teller } from './teller.ts';

/** A row of the operation log, as the hub tells it. */
export interface Entry {
  id: string;
  at: string;
  member: { id: string; name: string } | null;
  /** `group.changed`. */
  action: string;
  subject: string | null;
  before: unknown;
  after: unknown;
}
type Names = ReadonlyMap<string, string>;

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** `settings` of `settings.changed`, in words. */
export const areaName = (area: string): string => maybe(`audit.what.${area}`) ?? area;

/** What was changed: a kind of thing, and its name where it has one. */
export function subjectOf({ action, subject, before, after }: Entry, names: Names): string {
  const area = action.split('.')[0]!;
  if (area === 'settings' && subject)
    return `${areaName(area)} “${maybe(`audit.settings.${subject}`) ?? maybe(`settings.${subject}`) ?? subject}”`;
  if (area === 'words' && subject) return `${areaName(area)} “${maybe(`words.${subject}`) ?? subject}”`;
  const own = [record(after).name, record(before).name].find((name) => typeof name === 'string');
  const name = (subject && names.get(subject)) ?? own;
  return name ? `${areaName(area)} “${name}”` : areaName(area);
}

/** What somebody did, as a sentence without the person. */
export function deed(entry: Entry, names: Names): string {
  const [area, verb] = entry.action.split('.');
  const what = subjectOf(entry, names);
  const key = `audit.did.${verb}`;
  return maybe(key) ? t(key as 'audit.did.changed', { what }) : `${areaName(area!)} · ${verb}: ${what}`;
}

/** What it changed, line by line; before or after may be all there is. */
export function details({ action, subject, before, after }: Entry, names: Names): { notes: string[]; told: Told[] } {
  const { because, ...now } = record(after);
  const notes = because ? [t('audit.because')] : [];
  if (action === 'settings.rolled_back') {
    notes.push(t('audit.back', { n: Number(now.to) }));
    delete now.to;
  }
  const area = action.startsWith('settings.') && subject ? subject : action.split('.')[0]!;
  return { notes, told: tell(record(before), now, teller(area, names)) };
}
