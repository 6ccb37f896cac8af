import { describe, expect, it } from 'vitest';
import { openedFor, shownGroups, shownSpots, toggled } from '../src/lib/tags/choose.ts';
import type { TagGroup } from '../src/lib/tags/known.svelte.ts';
import type { Tag } from '../src/lib/tags/tree.ts';

const tag = (name: string, ...children: Tag[]): Tag => ({ id: name, name, colour: '#64748b', children });
const TREE = [
  tag('Refund', tag('Late parcel', tag('Lost')), tag('Broken')),
  tag('Praise'),
  tag('Question', tag('Parcel size')),
];
const group = (name: string, multiple: boolean, ...tags: string[]): TagGroup => ({
  id: name,
  name,
  multiple,
  tags: tags.map((one) => ({ id: one, name: one, colour: '#64748b' })),
});
const LEVEL = group('Level', false, 'VIP', 'Normal');
const TOPIC = group('Interest', true, 'Books', 'Lamps');

describe('choosing tags', () => {
  it.each([
    ['', 'Refund Praise Question'],
    ['parcel', 'Refund Late parcel Question Parcel size'],
    ['LOST', 'Refund Late parcel Lost'],
    ['praise ', 'Praise'],
    ['nothing', ''],
  ])('a search for “%s” shows what is found under what it stands in', (wish, shown) => {
    expect(
      shownSpots(TREE, wish, () => false)
        .map((spot) => spot.tag.name)
        .join(' '),
    ).toBe(shown);
  });
  it('a small tree stands open, of a big one the way to what is chosen', () => {
    expect(openedFor(TREE, [])).toEqual(
      new Set(['Refund', 'Late parcel', 'Lost', 'Broken', 'Praise', 'Question', 'Parcel size']),
    );
    expect(openedFor(TREE, ['Lost', 'gone'], 3)).toEqual(new Set(['Refund', 'Late parcel']));
  });
  it.each([
    ['', 'Level: VIP Normal; Interest: Books Lamps'],
    ['vip', 'Level: VIP'],
    ['interest', 'Interest: Books Lamps'],
    ['x', ''],
  ])('TG-07: groups searched for “%s”', (wish, shown) => {
    const told = shownGroups([LEVEL, TOPIC], wish).map(
      (one) => `${one.name}: ${one.tags.map(({ name }) => name).join(' ')}`,
    );
    expect(told.join('; ')).toBe(shown);
  });
  it.each([
    ['one more of many', ['Books'], 'Lamps', TOPIC, ['Books', 'Lamps']],
    ['one for another of a group of one', ['VIP', 'Books'], 'Normal', LEVEL, ['Books', 'Normal']],
    ['none again', ['VIP', 'Books'], 'VIP', LEVEL, ['Books']],
    ['several of a group of one where a rule asks', ['VIP'], 'Normal', undefined, ['VIP', 'Normal']],
  ])('TG-07: %s', (_, chosen, id, of, after) => {
    expect(toggled(chosen, id, of)).toEqual(after);
  });
});
