import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defaults } from '../../core/settings/index.ts';
import { SettingsDocument } from '../src/lib/settings/document.svelte.ts';
import { merge, same } from '../src/lib/settings/merge.ts';

const row = (id: string, name = id) => ({ id, name });

describe('my changes on top of theirs', () => {
  it.each([
    ['mine where only I changed', { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 1 }, { a: 2, b: 1 }],
    ['theirs where only they changed', { a: 1, b: 1 }, { a: 1, b: 1 }, { a: 1, b: 3 }, { a: 1, b: 3 }],
    [
      'both, field by field',
      { a: 1, b: { c: 1, d: 1 } },
      { a: 2, b: { c: 1, d: 2 } },
      { a: 1, b: { c: 3, d: 1 } },
      { a: 2, b: { c: 3, d: 2 } },
    ],
    ['mine where we both changed', { a: 1 }, { a: 2 }, { a: 3 }, { a: 2 }],
    ['plain lists whole', { a: ['x'] }, { a: ['x', 'm'] }, { a: ['x', 't'] }, { a: ['x', 'm'] }],
  ])('%s', (_, base, mine, theirs, want) => expect(merge<unknown>(base, mine, theirs)).toEqual(want));

  it.each([
    ['two who add', [row('a')], [row('a'), row('m')], [row('a'), row('t')], ['a', 't', 'm']],
    ['the first of all, before nobody', [], [row('m')], [row('t')], ['t', 'm']],
    ['they drop what I left alone', [row('a'), row('b')], [row('a', 'A'), row('b')], [row('a')], ['a']],
    ['they drop what I changed', [row('a')], [row('a', 'A')], [], ['a']],
    ['I drop, they change another', [row('a'), row('b')], [row('b')], [row('a'), row('b', 'B')], ['b']],
    ['my order', [row('a'), row('b')], [row('b'), row('a')], [row('a'), row('b', 'B')], ['b', 'a']],
  ])('lists of things: %s', (_, base, mine, theirs, ids) =>
    expect(merge(base, mine, theirs).map((one) => one.id)).toEqual(ids),
  );
  it('a thing changed by both keeps the fields of each', () => {
    const was = { id: 'a', name: 'n', on: true };
    expect(merge([was], [{ ...was, name: 'mine' }], [{ ...was, on: false }])).toEqual([
      { id: 'a', name: 'mine', on: false },
    ]);
  });
  it('equal does not mind the order of keys, and minds that of lists', () => {
    expect(same({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
    expect(same({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
    expect(same({ a: undefined }, {})).toBe(true);
    expect(same(null, {})).toBe(false);
  });
});

/** Answers as the hub does, one after another; what was asked is kept. */
const asked: { method: string; path: string; body: unknown }[] = [];
function hub(...answers: [status: number, body: unknown][]) {
  asked.length = 0;
  vi.stubGlobal('fetch', async (path: string, { method, body }: { method: string; body?: string }) => {
    asked.push({ method, path, body: body && JSON.parse(body) });
    const [status, answer] = answers.shift() ?? [500, { code: 'internal' }];
    return new Response(JSON.stringify(answer), { status });
  });
}
const queues = defaults().queues;
const doc = (version: number, document = queues, by: unknown = null) => ({
  area: 'queues',
  version,
  document,
  updatedAt: '2026-11-21T09:00:00.000Z',
  by,
  findings: [],
});

describe('a document on screen', () => {
  beforeEach(() => vi.unstubAllGlobals());
  it('is changed, saved with the version it was read at, and then as saved', async () => {
    hub([200, doc(3)], [200, doc(4, { ...queues, on: false })]);
    const page = new SettingsDocument('queues');
    await page.load();
    expect(page.dirty).toBe(false);
    page.draft!.on = false;
    expect(page.dirty).toBe(true);
    expect(await page.save()).toBe(true);
    expect(asked[1]).toMatchObject({
      method: 'PUT',
      path: '/api/v1/settings/queues',
      body: { version: 3, document: { on: false } },
    });
    expect([page.dirty, page.version]).toEqual([false, 4]);
  });
  it('is put back', async () => {
    hub([200, doc(3)]);
    const page = new SettingsDocument('queues');
    await page.load();
    page.draft!.showWait = false;
    page.undo();
    expect([page.dirty, page.draft!.showWait]).toEqual([false, true]);
  });
  it('tells who saved meanwhile, keeps both changes, and saves them on the later version', async () => {
    const by = { id: 'x', name: 'Other' };
    hub(
      [200, doc(3)],
      [409, { code: 'version_conflict', version: 4, by, at: '2026-11-21T09:30:00.000Z' }],
      [200, doc(4, { ...queues, showPosition: false }, by)],
      [200, doc(5, { ...queues, showPosition: false, on: false })],
    );
    const page = new SettingsDocument('queues');
    await page.load();
    page.draft!.on = false;
    expect(await page.save()).toBe(false);
    expect(page.conflict).toEqual({ version: 4, by, updatedAt: '2026-11-21T09:30:00.000Z' });
    expect(page.draft!.on).toBe(false);
    await page.keepMine();
    expect(page.conflict).toBeNull();
    expect(page.draft).toMatchObject({ on: false, showPosition: false });
    expect(await page.save()).toBe(true);
    expect(asked.at(-1)!.body).toMatchObject({ version: 4, document: { on: false, showPosition: false } });
  });
  it('news of a later version: taken where nothing is edited, told where something is', async () => {
    hub([200, doc(3)], [200, doc(4)], [200, doc(5)]);
    const page = new SettingsDocument('queues');
    await page.load();
    await page.heard();
    expect([page.version, page.conflict]).toEqual([4, null]);
    page.draft!.on = false;
    await page.heard();
    expect([page.version, page.conflict?.version, page.draft!.on]).toEqual([4, 5, false]);
  });
  it('puts what is refused to its place', async () => {
    hub(
      [200, doc(3)],
      [400, { code: 'invalid_input', errors: [{ path: 'document.rules.1.over', message: 'too_big' }] }],
    );
    const page = new SettingsDocument('queues');
    await page.load();
    page.draft!.on = false;
    expect(await page.save()).toBe(false);
    expect(page.wrongAt('rules.1')).toHaveLength(1);
    expect(page.wrongAt('rules.10')).toHaveLength(0);
    expect(page.draft!.on).toBe(false);
  });
  it('says when it cannot be read', async () => {
    hub([403, { code: 'not_allowed' }]);
    const page = new SettingsDocument('queues');
    await page.load();
    expect(page.draft).toBeNull();
    expect(page.trouble).toMatchObject({ code: 'not_allowed' });
  });
});
