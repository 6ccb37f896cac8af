import { describe, expect, it, test } from 'vitest';
import { GroupName, GroupText, lastGroup } from './groups.ts';

describe('SG-01: a group’s name', () => {
  it.each(['售后咨询', 'After-sales 2', 'Equipe São Paulo', '1', '华东 (上海)', 'R&D', 'ฝ่ายขาย'])('SG-01: %s', (name) =>
    expect(GroupName.parse(` ${name} `)).toBe(name),
  );
  it.each(['', ' ', '🙂', '-', 'a\u0000b', '<b>', 'x'.repeat(101)])('SG-01: not %j', (name) =>
    expect(GroupName.safeParse(name).success).toBe(false),
  );
  test('SG-01: what reads the same is the same', () => {
    expect(GroupName.parse(' ＶＩＰ  售后（一） ')).toBe('VIP 售后(一)');
    expect(GroupName.parse('售前')).not.toBe(GroupName.parse('售后'));
  });
});

test('SG-03, SG-05: greeting and off-hours text: words, with a switch, of 1000 characters at most', () => {
  expect(GroupText.safeParse({ on: true, text: '好'.repeat(1000) }).success).toBe(true);
  expect(GroupText.safeParse({ on: true, text: '好'.repeat(1001) }).success).toBe(false);
  expect(GroupText.safeParse({ on: true, text: { type: 'image' } }).success).toBe(false);
  expect(GroupText.safeParse({ text: 'hello' }).success).toBe(false);
});

describe('SG-09: the last group in a record', () => {
  const groups: Record<string, string[]> = { amy: ['sales', 'refunds'], bob: ['refunds'] };
  const last = (...takes: [string, string | null][]) =>
    lastGroup(
      takes.map(([agentId, groupId]) => ({ agentId, groupId })),
      (id) => groups[id] ?? [],
    );
  it.each<[string, [string, string | null][], object]>([
    ['the group whose queue it came from', [['amy', 'refunds']], { kind: 'group', groupId: 'refunds' }],
    ['from everybody’s queue: his first', [['amy', null]], { kind: 'group', groupId: 'sales' }],
    ['from a queue that is not his: his first', [['bob', 'sales']], { kind: 'group', groupId: 'refunds' }],
    ['an agent of no group: other', [['eve', 'sales']], { kind: 'other' }],
    [
      'the same one twice: still other',
      [
        ['eve', null],
        ['eve', null],
      ],
      { kind: 'other' },
    ],
    [
      'several, the last of no group: none',
      [
        ['amy', 'sales'],
        ['eve', null],
      ],
      { kind: 'none' },
    ],
    [
      'several, the last of a group',
      [
        ['eve', null],
        ['bob', 'refunds'],
      ],
      { kind: 'group', groupId: 'refunds' },
    ],
    ['nobody', [], { kind: 'none' }],
  ])('SG-09: %s', (_, takes, expected) => expect(last(...takes)).toEqual(expected));
});
