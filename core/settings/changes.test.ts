import { describe, expect, test } from 'vitest';
import { changes, equal, spelt } from './changes.ts';
import { AREAS } from './index.ts';
import { bare, mapped, references, strays, walk } from './walk.ts';

const told = (before: unknown, after: unknown) =>
  changes(before, after).map((one) => [one.kind, spelt(one.path), one.before, one.after]);
const [a, b, c] = ['a', 'b', 'c'].map((letter) => `00000000-0000-4000-8000-00000000000${letter}`) as [
  string,
  string,
  string,
];

describe('what is different between two documents', () => {
  test('nothing, whatever the order of keys', () => {
    expect(told({ x: 1, y: { z: [1] } }, { y: { z: [1] }, x: 1 })).toEqual([]);
  });
  test('a value, at its place', () => {
    expect(told({ x: { y: 1 } }, { x: { y: 2 } })).toEqual([['set', 'x.y', 1, 2]]);
    expect(told({ tagIds: [a] }, { tagIds: [a, b] })).toEqual([['set', 'tagIds', [a], [a, b]]]);
  });
  test('entries are known by their ids, not by their places', () => {
    const before = {
      rules: [
        { id: a, name: '售后', on: 1 },
        { id: b, name: '' },
      ],
    };
    const after = {
      rules: [
        { id: c, name: '售前' },
        { id: a, name: '售后', on: 2 },
      ],
    };
    expect(told(before, after)).toEqual([
      ['removed', 'rules[#2]', { id: b, name: '' }, undefined],
      ['added', 'rules[售前]', undefined, { id: c, name: '售前' }],
      ['set', 'rules[售后].on', 1, 2],
    ]);
  });
  test('dragged entries are a change of order and nothing else', () => {
    const [one, two, three] = [
      { id: a, name: '一' },
      { id: b, name: '二' },
      { id: c, kind: 'entry' },
    ];
    expect(told({ rules: [one, two, three] }, { rules: [three, one, two] })).toEqual([
      ['moved', 'rules', ['一', '二', 'entry'], ['entry', '一', '二']],
    ]);
    // What only made room for a new one has not moved.
    expect(told({ rules: [one, two] }, { rules: [three, one, two] })).toHaveLength(1);
  });
  test('an empty list that gets entries tells each of them', () => {
    expect(told({ rules: [] }, { rules: [{ id: a, name: '一' }] })).toEqual([
      ['added', 'rules[一]', undefined, { id: a, name: '一' }],
    ]);
  });
  test('a way that turns elsewhere is told whole', () => {
    const [group, leave] = [{ on: { to: 'group', groupId: a } }, { on: { to: 'leave' } }];
    expect(told(group, leave)).toEqual([['set', 'on', group.on, leave.on]]);
    expect(told(group, { on: { to: 'group', groupId: b } })).toEqual([['set', 'on.groupId', a, b]]);
  });
  test('absent and undefined are one', () => {
    expect(equal({ x: undefined }, {})).toBe(true);
    expect(equal({ x: null }, {})).toBe(false);
    expect(equal([1], { 0: 1 })).toBe(false);
  });
});

describe('a document walked by its schema', () => {
  const rule = { kind: 'rule', id: a, when: { tags: { any: [b] } }, on: { to: 'agent', memberId: c, groupId: null } };
  test('finds what points elsewhere, with its place', () => {
    expect(references(AREAS.routing, AREAS.routing.parse({ rules: [rule] }))).toEqual([
      { ref: 'contact-tag', id: b, path: ['rules', 0, 'when', 'tags', 'any', 0] },
      { ref: 'member', id: c, path: ['rules', 0, 'on', 'memberId'] },
    ]);
  });
  test('replaces it, in a document with faults too, and keeps what it does not know', () => {
    expect(
      mapped(AREAS.routing, { rules: [{ ...rule, on: { to: 'group', groupId: '售后', x: 1 } }, 7] }, (ref, value) => [
        ref,
        value,
      ]),
    ).toMatchObject({ rules: [{ on: { to: 'group', groupId: ['group', '售后'], x: 1 } }, 7] });
  });
  test('follows a tree into itself', () => {
    const leaf = { id: b, name: 'b', colour: '#64748b', children: [] };
    const tags = [{ id: a, name: 'a', colour: '#64748b', children: [leaf] }];
    const names: unknown[] = [];
    walk(AREAS['session-tags'], { tags }, ({ path, value }) => path.at(-1) === 'name' && names.push(value));
    expect(names).toEqual(['a', 'b']);
  });
  test('tells the keys a schema dropped', () => {
    const given = { rules: [{ ...rule, wenn: {} }], fallbak: {} };
    expect(strays(given, AREAS.routing.parse(given))).toEqual([['rules', 0, 'wenn'], ['fallbak']]);
  });
  test('takes the option of a union that the value belongs to', () => {
    const options = AREAS.ratings.shape.options;
    expect(bare(options, []).safeParse([]).success).toBe(true);
  });
});
