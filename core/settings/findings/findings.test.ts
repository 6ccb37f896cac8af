import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GroupFloor } from '../../floor.ts';
import { decide } from '../../route/decide.ts';
import { empty, id, settings } from '../../route/example.ts';
import { compileRoutes } from '../../route/routes.ts';
import { askings, floors, houses } from '../../test/routes.ts';
import { findings } from '../findings.ts';
import { defaults } from '../index.ts';
import { CASES } from './cases.ts';
import { FINDING_CODES, levelOfFinding } from './codes.ts';

/** The one channel there is speaks over the web. */
const known = {
  connectorOf: (channelId: string) => ({ [id('site')]: 'web', [id('line')]: 'line' })[channelId] ?? null,
};

describe('findings', () => {
  it('are none where nobody has set anything', () => {
    expect(findings(defaults(), known)).toEqual([]);
  });

  it.each(CASES)('%s at %s', (code, path, bad, good) => {
    const found = findings(settings(bad), known);
    expect(found).toContainEqual(expect.objectContaining({ code, path, level: levelOfFinding(code) }));
    expect(findings(settings(good), known).filter((one) => one.code === code && one.path === path)).toEqual([]);
  });

  it('say nothing else of documents in which one thing is wrong', () => {
    for (const [code, , bad, good] of CASES) {
      const codes = new Set(findings(settings(bad), known).map((one) => one.code));
      const others = new Set(findings(settings(good), known).map((one) => one.code));
      // What the two documents share is not what the case is about.
      expect([...codes].filter((one) => one !== code && !others.has(one))).toEqual([]);
    }
  });

  it('have a case each', () => {
    const cases = new Set(CASES.map(([code]) => code));
    expect(FINDING_CODES.filter((code) => !cases.has(code))).toEqual([]);
  });

  it('tell which entry stands before', () => {
    const [, , bad] = CASES.find(([code]) => code === 'rule-shadowed')!;
    expect(findings(settings(bad), known)).toContainEqual({
      level: 'warning',
      area: 'routing',
      path: 'rules.2',
      code: 'rule-shadowed',
      params: { by: id('a'), name: 'a', position: 2 },
    });
  });

  it('do not need to know the channels', () => {
    const [, , bad] = CASES.find(([code]) => code === 'never-channel')!;
    expect(findings(settings(bad)).map(({ code }) => code)).toEqual([]);
  });

  it('RT-09: a rule said to be shadowed never decides, whoever comes and whoever is there', () => {
    let decisions = 0;
    fc.assert(
      fc.property(houses, askings, floors, (house, asking, floor) => {
        const idle = findings(house).filter(({ code }) => /^(rule-shadowed|row-shadowed|never-)/.test(code));
        if (!idle.length) return;
        // Shadows hold as long as groups that rules name are there: the hub lets nobody delete one that is in use.
        const there = { ...floor, group: (group: string | null) => members(floor.group(group)) };
        const { by } = decide(asking, compileRoutes(house), there);
        const places = idle.map(({ path }) => Number(path.split('.')[1]));
        expect(places.map((n) => house.routing.rules[n]!.id)).not.toContain(by.id);
        decisions++;
      }),
      { numRuns: 1000 },
    );
    expect(decisions).toBeGreaterThan(200);
  }, 60_000);

  it('Q-06: a queue rule said to be shadowed never speaks', () => {
    let decisions = 0;
    fc.assert(
      fc.property(houses, askings, floors, (house, asking, floor) => {
        const idle = findings(house).filter(({ code }) => code === 'queue-shadowed');
        if (!idle.length) return;
        const { notices, overflowed } = decide(asking, compileRoutes(house), floor);
        const spoke = [...notices, ...overflowed.map(({ ruleId }) => ruleId)];
        for (const { path } of idle) expect(spoke).not.toContain(house.queues.rules[Number(path.split('.')[1])]!.id);
        decisions++;
      }),
      { numRuns: 1000 },
    );
    expect(decisions).toBeGreaterThan(200);
  }, 60_000);
});

/** A group that is there and has somebody in it. */
const members = (group: GroupFloor | null): GroupFloor => ({
  ...(group ?? empty()),
  members: Math.max(1, group?.members ?? 1),
});
