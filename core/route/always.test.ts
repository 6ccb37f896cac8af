import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recorded } from '../floor.ts';
import { explainPlan } from '../plan.ts';
import { askings, floors, houses, routes } from '../test/routes.ts';
import { holds } from '../when.ts';
import { again, decide, explain } from './decide.ts';
import type { Reason, Trace } from './decision.ts';
import { id, settings } from './example.ts';
import { REASON_CODES, type ReasonCode } from './reasons.ts';
import { compileRoutes } from './routes.ts';

/** Any asking, any rules, any floor. */
const always = (
  check: (
    ...given: [Parameters<typeof decide>[0], ReturnType<typeof compileRoutes>, Parameters<typeof decide>[2]]
  ) => void,
  numRuns = 1000,
) => fc.assert(fc.property(askings, routes, floors, check), { numRuns });

describe('whatever the rules, whoever is there', { timeout: 60_000 }, () => {
  it('RT-19: explaining gives the decision that was made', () => {
    always((asking, all, floor) => {
      expect(explain(asking, all, floor).decision).toEqual(decide(asking, all, floor));
    });
  });

  it('a stored trace gives its decision again', () => {
    fc.assert(
      fc.property(askings, houses, floors, (asking, house, floor) => {
        const watched = recorded(floor);
        const decision = decide(asking, compileRoutes(house), watched);
        const trace: Trace = { asking, seen: watched.seen, versions: {}, decision };
        // As it comes back from the database, under settings that are read again.
        const stored = JSON.parse(JSON.stringify(trace)) as Trace;
        const read = compileRoutes(JSON.parse(JSON.stringify(house)));
        expect(again(stored, read)).toEqual(stored.decision);
        expect(stored.decision).toEqual(decision);
        // And why, without asking for more than was seen.
        const { reasons } = explain(stored.asking, read, {
          group: seen(stored.seen.groups),
          agent: seen(stored.seen.agents),
        });
        expect(reasons.length).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('there is an outcome, and one that can be kept', () => {
    always((asking, all, floor) => {
      const { outcome, by, overflowed, notices } = decide(asking, all, floor);
      const exists = (groupId: string | null) => groupId === null || floor.group(groupId) !== null;
      if (outcome.to === 'wait') {
        expect(exists(outcome.groupId)).toBe(true);
        expect(outcome.position).toBeGreaterThanOrEqual(1);
        if (outcome.idle) expect(outcome.present).toBe(true);
        if (outcome.agentId) expect(floor.agent(outcome.agentId)!.present).toBe(true);
        // Without a queue nobody waits but for who is free.
        if (!all.settings.queues.on && !outcome.agentId) expect(outcome.idle).toBe(true);
      } else if (outcome.to === 'bot') expect(['rule', 'keyword']).toContain(outcome.why);
      else if (outcome.to === 'leave') expect(outcome.why).toBeTruthy();
      else expect(outcome.to).toBe('hours');
      expect(by.kind).toBeTruthy();
      expect(new Set(notices).size).toBe(notices.length);
      if (overflowed.length) expect(outcome.to).toBe('wait');
    });
  });

  it('Q-03: overflow runs in no circle, and each queue it leaves is as full as its rule says', () => {
    always((asking, all, floor) => {
      const { outcome, overflowed } = decide(asking, all, floor);
      const way = overflowed.map(({ from }) => from);
      if (outcome.to === 'wait') expect(way).not.toContain(outcome.groupId);
      expect(new Set(way).size).toBe(way.length);
      for (const { from, ruleId } of overflowed) {
        const rule = all.settings.queues.rules.find((one) => one.id === ruleId)!;
        expect(floor.group(from)!.waiting).toBeGreaterThanOrEqual(rule.over);
        expect(rule.groupIds === null || rule.groupIds.includes(from!)).toBe(true);
      }
    });
  });

  it('RT-09: no rule before the one that decided could have', () => {
    always((asking, all, floor) => {
      const { decision, reasons } = explain(asking, all, floor);
      if (decision.by.kind !== 'rule') return;
      const place = all.rows.findIndex((row) => row.id === decision.by.id);
      for (const row of all.rows.slice(0, place)) {
        if (row.kind !== 'rule' || !row.enabled || holds(row.when, asking) !== true) continue;
        const why = reasons.find((reason) => reason.kind === 'rule' && reason.id === row.id)!;
        expect(why.matched).toBe(false);
        expect(['agent-away', 'agent-gone', 'agent-busy', 'agent-off-hours', 'group-gone', 'group-empty']).toContain(
          why.code,
        );
      }
    });
  });

  it('RT-19: every row is told of once, in order, and what decided is the one that matched', () => {
    always((asking, all, floor) => {
      const { decision, reasons } = explain(asking, all, floor);
      const told = reasons.filter(({ kind }) => ['rule', 'entry', 'choice', 'tag-agent'].includes(kind));
      const rows = told.filter((one) => one.kind !== 'tag-agent' || one.matched);
      expect(new Set(rows.map((one) => one.id)).size).toBe(all.rows.length);
      expect(rows).toHaveLength(all.rows.length);
      const chain = reasons.filter(({ kind }) => kind !== 'queue' && kind !== 'keyword');
      expect(chain.filter(({ matched }) => matched).map(({ kind, id: by }) => ({ kind, id: by }))).toEqual([
        { id: undefined, ...decision.by },
      ]);
      const places = told
        .filter(({ kind }) => kind !== 'tag-agent')
        .map((one) => all.rows.findIndex((row) => row.id === one.id));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    });
  });

  it('no reason is never given', () => {
    const given = new Set<ReasonCode>();
    const note = (reasons: Reason[]) => {
      for (const { code } of reasons) given.add(code);
    };
    const { reception } = settings({
      reception: {
        mode: 'human',
        plans: [
          { id: id('p1'), name: 'Off', enabled: false },
          { id: id('p2'), name: 'Web', when: { connectors: ['web'] } },
          { id: id('p3'), name: 'Again', when: { connectors: ['web'] } },
        ],
      },
    });
    fc.assert(
      fc.property(askings, routes, floors, (asking, all, floor) => {
        note(explain(asking, all, floor).reasons);
        note(explainPlan(reception, asking).reasons);
        note(explainPlan(reception, { ...asking, entry: { mode: 'bot' } }).reasons);
      }),
      { numRuns: 3000, seed: 20261121 },
    );
    expect(REASON_CODES.filter((code) => !given.has(code))).toEqual([]);
  });
});

/** Throws where something is asked that was not seen. */
const seen =
  <T>(of: Record<string, T | null>) =>
  (key: string | null): T | null => {
    if (!Object.hasOwn(of, key ?? '*')) throw new Error(`never looked at: ${key}`);
    return of[key ?? '*']!;
  };
