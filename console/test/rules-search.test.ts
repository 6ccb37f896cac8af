import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AREAS, type Area } from '../../core/settings/index.ts';
import { ENTRIES } from '../src/lib/settings/index-of-fields.ts';
import { pageKey, search, type Words } from '../src/lib/settings/search.ts';
import { placeAt, placed } from '../src/lib/settings/sort.ts';

const i18n = join(import.meta.dirname, '..', 'src', 'lib', 'i18n');
const parts = readdirSync(i18n, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));
const words = async (language: string): Promise<Words> =>
  Object.assign(
    {},
    ...(await Promise.all(parts.map(async (part) => (await import(join(i18n, part, `${language}.ts`))).words))),
  );
const [zh, en] = [await words('zh-CN'), await words('en')];
const places = (wish: string, own = zh, others = [zh, en]) =>
  search(ENTRIES, wish, own, others).map(({ page, path }) => (path ? `${page}#${path}` : page));

describe('the search over settings', () => {
  it.each([
    ['welcome', 'texts#welcome'],
    ['欢迎语', 'texts#welcome'],
    ['欢迎菜单', 'texts#menu'],
    ['路由', 'routing'],
    ['ROUTING', 'routing'],
    ['溢出', 'queues#rules'],
    ['overflow', 'queues#rules'],
    ['VIP', 'matching#levels'],
    ['熟客', 'matching#regular'],
    ['转接', 'desk/transfers'],
    ['time zone', 'hours#zone'],
    ['时区', 'hours#zone'],
  ])('%s finds %s in either language', (wish, place) => {
    expect(places(wish)).toContain(place);
    expect(places(wish, en)).toContain(place);
  });
  it('puts a name before what only explains', () => {
    const found = places('欢迎语');
    expect(found[0]).toBe('texts#welcome');
  });
  it('wants every word that was typed, and finds nothing in what is not there', () => {
    expect(places('排队 几位')).toContain('queues#showPosition');
    expect(places('排队 xyzzy')).toEqual([]);
    expect(places('   ')).toEqual([]);
  });
  it('every entry has a name in both languages, and its page has one', () => {
    const nameless = ENTRIES.filter(({ page, key }) => !zh[key] || !en[key] || !zh[pageKey(page)]);
    expect(nameless).toEqual([]);
  });
  it('every page is there', () => {
    const pages = join(import.meta.dirname, '..', 'src', 'routes', '(app)', 'settings');
    for (const { page } of ENTRIES) expect(() => readFileSync(join(pages, page, '+page.svelte')), page).not.toThrow();
  });
  it('every path leads into the document of its page', () => {
    const areaOf = (page: string) => (page === 'desk/transfers' ? 'transfers' : page) as Area;
    for (const { page, path } of ENTRIES) {
      if (!path) continue;
      let value: unknown = AREAS[areaOf(page)].parse({});
      for (const part of path.split('.')) {
        expect(value, `${page}#${path}`).toHaveProperty(part);
        value = (value as Record<string, unknown>)[part];
      }
    }
  });
});

describe('sorting', () => {
  const list = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
  const ids = (id: string, to: number) =>
    placed(list, id, to)
      .map((one) => one.id)
      .join('');
  it.each([
    ['a', 2, 'bcad'],
    ['d', 0, 'dabc'],
    ['b', 9, 'acdb'],
    ['c', -3, 'cabd'],
  ])('%s to %i is %s', (id, to, want) => expect(ids(id, to)).toBe(want));
  it('what stands there already, or is not there, changes nothing', () => {
    expect(placed(list, 'b', 1)).toBe(list);
    expect(placed(list, 'x', 1)).toBe(list);
  });
  it('a drag goes behind every row whose middle it has passed', () => {
    const middles = [20, 60, 100];
    expect([0, 21, 61, 400].map((y) => placeAt(middles, y))).toEqual([0, 1, 2, 3]);
  });
});
