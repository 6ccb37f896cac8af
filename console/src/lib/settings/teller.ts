import { type Key, listed, maybe, t } from '../i18n/index.svelte.ts';
import { ENTRIES } from './index-of-fields.ts';
import { names } from './names.svelte.ts';
import type { Teller } from './tell.ts';

/** Keys whose names explain a page or a field (`key.text`), so they name no field themselves. */
const EXPLAIN = new Set(['text', 'help', 'title', 'none', 'add', 'how']);
/** Fields that count seconds. */
const SECONDS = new Set(['after', 'every', 'hold', 'within', 'valid', 'answerWithin']);
/** Areas whose page has another name. */
const PAGES: Record<string, string> = { transfers: 'desk/transfers' };
/** Fields of rules, named as their forms name them. */
const RULES: Record<string, Record<string, Key>> = {
  routing: { on: 'routing.on', off: 'routing.off', when: 'routing.who' },
  reception: { when: 'routing.who' },
};
const BARE = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

function field(area: string, keys: readonly string[], name: (id: string) => string | undefined): string {
  const path = keys.join('.');
  const last = keys.at(-1)!;
  // Values by member have ids for keys.
  if (BARE.test(last)) return name(last) ?? t('sum.gone');
  const rule = RULES[area]?.[last];
  if (rule && keys.length > 1) return t(rule);
  const own = EXPLAIN.has(last) ? undefined : maybe(`${area}.${path}`);
  const entry = ENTRIES.find((one) => one.page === (PAGES[area] ?? area) && one.path === path);
  return own ?? (entry && maybe(entry.key)) ?? maybe(`field.${last}`) ?? last;
}

function value(told: string | number | boolean | null | undefined, keys: readonly string[]): string {
  if (told === null || told === undefined || told === '') return t('value.none');
  if (typeof told === 'boolean') return t(told ? 'value.on' : 'value.off');
  if (typeof told === 'number') return SECONDS.has(keys.at(-1)!) ? seconds(told) : String(told);
  if (BARE.test(told)) return t('sum.gone');
  return maybe(`value.${keys.at(-1)}.${told}`) ?? told;
}

/** As exact as it was set: 1 h 30 min, 90 s where it is not whole minutes. */
function seconds(all: number): string {
  const [h, m, s] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60), all % 60];
  const parts = [h && t('long.hours', { n: h }), m && t('long.minutes', { n: m }), s && t('long.seconds', { n: s })];
  return parts.filter(Boolean).join(' ') || t('long.seconds', { n: 0 });
}

/** Says what is different in an area's document, in the language of the screen. `more` are names besides those of the house. */
export function teller(area: string, more: ReadonlyMap<string, string> = new Map()): Teller {
  const name = (id: string) => names.of(id) ?? more.get(id);
  return {
    say: (key, values) => t(key as Key, values),
    list: listed,
    name,
    field: (keys) => field(area, keys, name),
    value,
    day: (index) => t(`value.day.${index}` as Key),
  };
}
