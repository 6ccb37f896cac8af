import { describe, expect, it, test } from 'vitest';
import { levelOf } from './level.ts';
import { agent, hall, waits } from './match/example.ts';
import { match } from './match.ts';
import { Matching } from './settings/index.ts';

const levels = [['gold', 'diamond'], [], ['silver', 'gold'], ['bronze']];

describe('DS-02: tags make levels', () => {
  it.each([
    ['a tag of the first', ['gold'], 1],
    ['another of the same', ['diamond'], 1],
    ['tags of several: the first level decides', ['bronze', 'silver'], 3],
    ['a tag in two levels counts for the first', ['gold', 'bronze'], 1],
    ['a level without tags is nobody’s', ['silver'], 3],
    ['no tag of any level', ['new'], 11],
    ['no tag', [], 11],
  ])('%s', (_, tags, level) => {
    expect(levelOf(tags, levels)).toBe(level);
  });
  it('without levels everybody is alike', () => {
    expect(levelOf(['gold'], [])).toBe(11);
  });
  it('there are ten at most', () => {
    const ids = Array.from({ length: 11 }, (_, index) => [`018f0000-0000-7000-8000-0000000000${10 + index}`]);
    expect(Matching.safeParse({ levels: ids.slice(0, 10) }).success).toBe(true);
    expect(Matching.safeParse({ levels: ids }).success).toBe(false);
    expect(levelOf([ids[9]![0]!], ids.slice(0, 10))).toBe(10);
  });
});

test('DS-01: within a group the higher level goes first, whoever came earlier', () => {
  const queue = [
    waits('early', { since: 1, priority: levelOf([], levels) }),
    waits('late', { since: 9, priority: levelOf(['gold'], levels) }),
    waits('middle', { since: 5, priority: levelOf(['bronze'], levels) }),
  ];
  expect(match(queue, [agent('x', { cap: 2 })], hall()).map((pair) => pair.sessionId)).toEqual(['late', 'middle']);
});
