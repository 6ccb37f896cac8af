import { describe, expect, it } from 'vitest';
import { groupPlaced, groupStepped, tagPlaced, tagStepped } from '../src/lib/tags/groups.ts';
import type { TagGroup } from '../src/lib/tags/known.svelte.ts';

/** `A:a b|B:c` as groups; ids are the names. */
const groups = (text: string): TagGroup[] =>
  text.split('|').map((one) => {
    const [id = '', tags = ''] = one.split(':');
    return {
      id,
      name: id,
      multiple: true,
      tags: tags
        .split(' ')
        .filter(Boolean)
        .map((tag) => ({ id: tag, name: tag, colour: '#64748b' })),
    };
  });
const told = (some: readonly TagGroup[]) =>
  some.map((one) => `${one.id}:${one.tags.map((tag) => tag.id).join(' ')}`).join('|');
const HOUSE = 'A:a b c|B:|C:d';

describe('groups of contact tags', () => {
  it.each<[string, -1 | 1, string]>([
    ['b', -1, 'A:b a c|B:|C:d'],
    ['b', 1, 'A:a c b|B:|C:d'],
    ['c', 1, 'A:a b|B:c|C:d'],
    ['d', -1, 'A:a b c|B:d|C:'],
    ['a', -1, HOUSE],
    ['d', 1, HOUSE],
    ['zz', 1, HOUSE],
  ])('the keyboard moves tag %s by %i', (id, by, after) => {
    expect(told(tagStepped(groups(HOUSE), id, by))).toBe(after);
  });
  it.each<[string, string, number, string]>([
    ['a', 'C', 1, 'A:b c|B:|C:d a'],
    ['c', 'A', 0, 'A:c a b|B:|C:d'],
    ['d', 'B', 0, 'A:a b c|B:d|C:'],
    ['a', 'nowhere', 0, HOUSE],
  ])('tag %s let go in %s at %i', (id, groupId, index, after) => {
    const before = groups(HOUSE);
    expect(told(tagPlaced(before, id, groupId, index))).toBe(after);
    expect(told(before)).toBe(HOUSE);
  });
  it('groups move as wholes', () => {
    expect(told(groupStepped(groups(HOUSE), 'C', -1))).toBe('A:a b c|C:d|B:');
    expect(told(groupStepped(groups(HOUSE), 'A', -1))).toBe(HOUSE);
    expect(told(groupPlaced(groups(HOUSE), 'A', 2))).toBe('B:|C:d|A:a b c');
    expect(told(groupPlaced(groups(HOUSE), 'zz', 0))).toBe(HOUSE);
  });
});
