import { describe, expect, it } from 'vitest';
import { TAG_LIMITS } from '../../core/settings/limits.ts';
import { type Act, actOf, typedTo } from '../src/lib/tags/keys.ts';
import { type Drop, dropped, homes, type Step, target } from '../src/lib/tags/moves.ts';
import {
  added,
  changed,
  count,
  find,
  free,
  height,
  mayAdd,
  mayPlace,
  pathTo,
  placed,
  removed,
  spots,
  type Tag,
  taken,
} from '../src/lib/tags/tree.ts';

/** `a(b c(d)) e` as tags; ids are the names. */
function tree(text: string): Tag[] {
  const tokens = text.match(/\w+|[()]/g) ?? [];
  const list = (): Tag[] => {
    const tags: Tag[] = [];
    while (tokens.length && tokens[0] !== ')') {
      const token = tokens.shift()!;
      if (token === '(') {
        tags.at(-1)!.children = list();
        tokens.shift();
      } else tags.push({ id: token, name: token, colour: '#64748b', children: [] });
    }
    return tags;
  };
  return list();
}
const told = (tags: readonly Tag[]): string =>
  tags.map((tag) => tag.id + (tag.children.length ? `(${told(tag.children)})` : '')).join(' ');
/** A chain `l1(l2(…))` of so many levels. */
const chain = (levels: number, from = 1): Tag[] =>
  tree(Array.from({ length: levels }, (_, n) => `l${n + from}`).join('(') + ')'.repeat(levels - 1));
const wide = (n: number, prefix = 'w'): Tag[] => tree(Array.from({ length: n }, (_, i) => prefix + i).join(' '));
const HOUSE = 'a(b c(d e)) f g(h)';

describe('the tree of session tags', () => {
  it('TG-01: is counted, measured and searched', () => {
    const tags = tree(HOUSE);
    expect(count(tags)).toBe(8);
    expect(tags.map(height)).toEqual([3, 1, 2]);
    expect(pathTo(tags, 'e')?.map((one) => one.id)).toEqual(['a', 'c', 'e']);
    expect(find(tags, 'nobody')).toBeUndefined();
  });
  it('is shown parents first, without what is folded', () => {
    const tags = tree(HOUSE);
    expect(spots(tags).map(({ tag, level }) => tag.id + level)).toEqual(
      ['a1', 'b2', 'c2', 'd3', 'e3', 'f1', 'g1', 'h2'], //
    );
    const folded = spots(tags, (tag) => tag.id !== 'c');
    expect(folded.map(({ tag }) => tag.id).join('')).toBe('abcfgh');
    expect(folded[2]).toMatchObject({ index: 1, siblings: 2, level: 2, parent: { id: 'a' } });
  });

  it.each([
    // tree, tag, parent, index, what comes of it
    ['TG-02: among siblings', HOUSE, 'b', 'a', 1, 'a(c(d e) b) f g(h)'],
    ['TG-02: of the first level', HOUSE, 'g', null, 0, 'g(h) a(b c(d e)) f'],
    ['with all that is under it, into another', HOUSE, 'c', 'g', 0, 'a(b) f g(c(d e) h)'],
    ['to the end where no place is named', HOUSE, 'f', 'a', undefined, 'a(b c(d e) f) g(h)'],
    ['up to the first level', HOUSE, 'd', null, 1, 'a(b c(e)) d f g(h)'],
    ['never into itself', HOUSE, 'a', 'a', 0, HOUSE],
    ['nor into its own child', HOUSE, 'a', 'd', 0, HOUSE],
    ['nor into a tag that is not there', HOUSE, 'f', 'zz', 0, HOUSE],
    ['and one that is not there stays away', HOUSE, 'zz', 'a', 0, HOUSE],
  ])('a tag is moved %s', (_, text, id, parentId, index, after) => {
    const tags = tree(text);
    expect(told(placed(tags, id, parentId, index))).toBe(after);
    expect(told(tags)).toBe(text);
  });

  it.each<[string, string, Step, string]>([
    [HOUSE, 'f', 'up', 'f a(b c(d e)) g(h)'],
    [HOUSE, 'f', 'down', 'a(b c(d e)) g(h) f'],
    [HOUSE, 'a', 'up', HOUSE],
    [HOUSE, 'g', 'down', HOUSE],
    [HOUSE, 'f', 'in', 'a(b c(d e) f) g(h)'],
    [HOUSE, 'c', 'in', 'a(b(c(d e))) f g(h)'],
    [HOUSE, 'b', 'in', HOUSE],
    [HOUSE, 'd', 'out', 'a(b c(e) d) f g(h)'],
    [HOUSE, 'c', 'out', 'a(b) c(d e) f g(h)'],
    [HOUSE, 'f', 'out', HOUSE],
  ])('TG-02: in %s the keyboard moves %s %s', (text, id, step, after) => {
    const tags = tree(text);
    const to = target(tags, id, step);
    expect(told(to ? placed(tags, id, to.parentId, to.index) : tags)).toBe(after);
  });

  it('TG-03: is added to, edited and cut; what is not touched stays the same object', () => {
    const tags = tree(HOUSE);
    const tag: Tag = { id: 'n', name: 'n', colour: '#0c6a86', children: [] };
    expect(told(added(tags, 'c', tag))).toBe('a(b c(d e n)) f g(h)');
    expect(told(added(tags, null, tag, 1))).toBe('a(b c(d e)) n f g(h)');
    const next = changed(tags, 'd', { name: 'Refund', colour: '#bd2c2c' });
    expect(find(next, 'd')).toMatchObject({ name: 'Refund', colour: '#bd2c2c' });
    expect(next[1]).toBe(tags[1]);
    expect(next[2]).toBe(tags[2]);
    expect(find(next, 'b')).toBe(find(tags, 'b'));
    expect(told(removed(tags, 'c'))).toBe('a(b) f g(h)');
    expect(told(removed(tags, 'zz'))).toBe(HOUSE);
  });

  it.each([
    ['thirty of the first level', wide(29), null, null],
    ['not one more', wide(30), null, 'first'],
    ['a child of the ninth level', chain(10), 'l9', null],
    ['none of the tenth', chain(10), 'l10', 'levels'],
    ['999 in all', added(wide(1), 'w0', { ...wide(1, 'x')[0]!, children: wide(997, 'y') }), 'w0', null],
    ['not 1001', added(wide(1), 'w0', { ...wide(1, 'x')[0]!, children: wide(998, 'y') }), 'w0', 'all'],
  ])('TG-01: it takes %s', (_, tags, parentId, limit) => {
    expect(mayAdd(tags, parentId)).toBe(limit);
  });
  it.each([
    ['a branch that still fits', [...chain(8), ...chain(2, 20)], 'l20', 'l8', null],
    ['not one that is a level too high', [...chain(9), ...chain(2, 20)], 'l20', 'l9', 'levels'],
    ['a thirtieth', [...wide(28), ...tree('p(q)')], 'q', null, null],
    ['no thirty-first', [...wide(29), ...tree('p(q)')], 'q', null, 'first'],
    ['one of the first level among the thirty', wide(30), 'w3', null, null],
    ['nothing inside itself', tree(HOUSE), 'a', 'e', 'inside'],
  ])('TG-01: a move brings %s', (_, tags, id, parentId, limit) => {
    expect(mayPlace(tags, id, parentId)).toBe(limit);
    if (limit) expect(placed(tags, id, parentId)).toBe(tags);
  });
  it.each<[string, string, Drop, string]>([
    ['f', 'b', 'before', 'a(f b c(d e)) g(h)'],
    ['f', 'b', 'after', 'a(b f c(d e)) g(h)'],
    ['f', 'c', 'into', 'a(b c(d e f)) g(h)'],
    ['a', 'g', 'before', 'f a(b c(d e)) g(h)'],
    ['d', 'a', 'before', 'd a(b c(e)) f g(h)'],
    ['b', 'b', 'into', HOUSE],
    ['a', 'e', 'after', HOUSE],
  ])('TG-02: %s let go over %s, %s it', (id, over, drop, after) => {
    const tags = tree(HOUSE);
    const to = dropped(tags, id, over, drop);
    expect(told(to ? placed(tags, id, to.parentId, to.index) : tags)).toBe(after);
  });
  it('every home of a tag says the same as a move there would', () => {
    const tags = [...chain(9), ...tree(HOUSE)];
    for (const id of ['c', 'l8', 'f'])
      for (const { spot, limit } of homes(tags, id)) expect(limit).toBe(mayPlace(tags, id, spot.tag.id));
  });
  it('a new name is a free one', () => {
    const tags = tree('New(New)');
    expect([free(tags, null, 'New'), free(tags, null, 'Old'), free(tags, 'New', 'New')]).toEqual([
      'New 2',
      'Old',
      'New 2',
    ]);
  });
  it('two of one list do not share a name, two of different lists may', () => {
    const tags = tree('Refund(Late) Late2');
    expect(taken(tags, null, ' refund ')).toBe(true);
    expect(taken(tags, null, 'Late')).toBe(false);
    expect(taken(tags, 'Refund', 'late')).toBe(true);
    expect(taken(tags, 'Refund', 'Late', 'Late')).toBe(false);
  });
  it('a thousand tags move in a moment', () => {
    const tags = wide(30).map((tag, n) => ({ ...tag, children: wide(32, `c${n}_`) }));
    expect(count(tags)).toBeLessThanOrEqual(TAG_LIMITS.all);
    const started = performance.now();
    let next: readonly Tag[] = tags;
    for (let n = 0; n < 100; n++) next = placed(next, `c${n % 30}_5`, `w${(n + 7) % 30}`, 0);
    expect(count(next)).toBe(count(tags));
    // A frame is 16 ms; a move takes a fraction of it.
    expect((performance.now() - started) / 100).toBeLessThan(8);
  });
});

describe('the keys of the tree', () => {
  const rows = spots(tree(HOUSE), (tag) => tag.id !== 'g');
  const press = (key: string, at: string, more: object = {}): Act | null =>
    actOf(
      { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more },
      rows,
      rows.findIndex((row) => row.tag.id === at),
      (id) => id !== 'g',
    );
  it.each([
    ['ArrowDown', 'a', { act: 'go', id: 'b' }],
    ['ArrowUp', 'b', { act: 'go', id: 'a' }],
    ['ArrowUp', 'a', { act: 'go', id: 'a' }],
    ['ArrowDown', 'g', { act: 'go', id: 'g' }],
    ['Home', 'd', { act: 'go', id: 'a' }],
    ['End', 'd', { act: 'go', id: 'g' }],
    ['ArrowRight', 'g', { act: 'fold', open: true }],
    ['ArrowRight', 'a', { act: 'go', id: 'b' }],
    ['ArrowRight', 'b', { act: 'go', id: 'b' }],
    ['ArrowLeft', 'a', { act: 'fold', open: false }],
    ['ArrowLeft', 'd', { act: 'go', id: 'c' }],
    ['ArrowLeft', 'g', { act: 'go', id: 'g' }],
    ['Enter', 'd', { act: 'rename' }],
    ['Insert', 'd', { act: 'add' }],
    ['Backspace', 'd', { act: 'remove' }],
    ['x', 'd', { act: 'type', letter: 'x' }],
    ['Tab', 'd', null],
  ])('%s at %s', (key, at, act) => expect(press(key, at)).toEqual(act));
  it('Shift carries the tag, and what belongs to the browser stays there', () => {
    expect(press('ArrowLeft', 'd', { shiftKey: true })).toEqual({ act: 'step', step: 'out' });
    expect(press('Insert', 'd', { shiftKey: true })).toEqual({ act: 'add-under' });
    expect(press('ArrowLeft', 'd', { altKey: true })).toBeNull();
    expect(press('r', 'd', { ctrlKey: true })).toBeNull();
  });
  it('letters go to the next tag that begins with them', () => {
    const some = spots(tree('Refund Return Repair Praise'));
    expect([
      typedTo(some, 0, 'r'),
      typedTo(some, 2, 'r'),
      typedTo(some, 0, 're'),
      typedTo(some, 0, 'rep'),
      typedTo(some, 0, 'x'),
    ]).toEqual(['Return', 'Refund', 'Refund', 'Repair', undefined]);
  });
});
