import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { When } from '../settings/index.ts';
import { askings, houses } from '../test/routes.ts';
import { holds } from '../when.ts';
import { asking, id } from './example.ts';
import { lookup } from './lookup.ts';

const all = ({ next }: { next(): number }) => {
  const found: number[] = [];
  for (let n = next(); n >= 0; n = next()) found.push(n);
  return found;
};
const candidates = (whens: (When | null | undefined)[], about: Parameters<typeof holds>[1]) => {
  const found = lookup(whens).candidates(about);
  return all({ next: () => found.next() });
};

describe('finding rules', () => {
  it('finds all that hold, in order and each once', () => {
    fc.assert(
      fc.property(houses, askings, ({ routing }, about) => {
        const whens = routing.rules.map((row) => (row.kind === 'rule' ? row.when : null));
        const found = candidates(whens, about);
        expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
        for (const [n, when] of whens.entries()) if (!when || holds(when, about) === true) expect(found).toContain(n);
      }),
      { numRuns: 1000 },
    );
  });

  it('looks at few of a thousand', () => {
    const whens = Array.from({ length: 1000 }, (_, n) =>
      When.parse({
        connectors: ['web'],
        tags: { any: [id(`t${n % 100}`)] },
        channelIds: n % 2 ? [id(`c${n % 50}`)] : [],
      }),
    );
    expect(candidates(whens, asking({ tags: [id('t4')], channelId: id('c1') })).length).toBeLessThanOrEqual(30);
    expect(candidates(whens, asking({ tags: [], channelId: id('none') }))).toEqual([]);
  });

  it('always looks at what asks for nothing, and never at what is left out', () => {
    const none = When.parse({ tags: { none: [id('t1')] } });
    expect(candidates([null, undefined, none, When.parse({})], asking())).toEqual([0, 2, 3]);
    expect(candidates([], asking())).toEqual([]);
  });
});
