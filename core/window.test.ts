import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReplyWindow } from './can.ts';
import { TRIGGERS } from './can.ts';
import type { Step } from './step.ts';
import { allowance, granted, type Ledger, spent, thrifty } from './window.ts';

/** Made up after channels/wechat.md §8: five in 48 hours, three in a minute. */
const HOUR = 3_600_000;
const window: ReplyWindow = {
  grants: { message: { seconds: 48 * 3600, sends: 5 }, menu: { seconds: 60, sends: 3 }, pay: { seconds: 3600 } },
};
const at = 1_000_000;

describe('the right to write', () => {
  test.each<[string, Ledger | null, 'message' | 'menu' | 'pay' | 'scan', Ledger | null]>([
    ['a first message grants five for two days', null, 'message', { until: at + 48 * HOUR, left: 5 }],
    ['a menu grants three for a minute', null, 'menu', { until: at + 60_000, left: 3 }],
    ['an act without a grant grants nothing', null, 'scan', null],
    ['quotas do not add up', { until: at + HOUR, left: 4 }, 'message', { until: at + 48 * HOUR, left: 5 }],
    [
      'a smaller grant takes nothing away',
      { until: at + 40 * HOUR, left: 4 },
      'menu',
      { until: at + 40 * HOUR, left: 4 },
    ],
    [
      'a used-up window gets what the act grants',
      { until: at + 40 * HOUR, left: 0 },
      'menu',
      { until: at + 40 * HOUR, left: 3 },
    ],
    ['what is over counts for nothing', { until: at, left: 4 }, 'menu', { until: at + 60_000, left: 3 }],
    ['an uncounted grant stays uncounted', { until: at + HOUR, left: null }, 'menu', { until: at + HOUR, left: null }],
    ['and lifts the count', { until: at + HOUR / 2, left: 2 }, 'pay', { until: at + HOUR, left: null }],
  ])('%s', (_, before, trigger, after) => expect(granted(before, window, trigger, at)).toEqual(after));

  test.each<[string, Ledger | null, ReplyWindow | undefined, number]>([
    ['a channel without rules', null, undefined, Number.POSITIVE_INFINITY],
    ['a channel that only costs quota', null, { quota: 'push' }, Number.POSITIVE_INFINITY],
    ['nothing granted yet', null, window, 0],
    ['inside', { until: at + 1, left: 2 }, window, 2],
    ['inside and not counted', { until: at + 1, left: null }, window, Number.POSITIVE_INFINITY],
    ['at its very end', { until: at, left: 2 }, window, 0],
  ])('%s', (_, ledger, rule, left) => expect(allowance(ledger, rule, at)).toBe(left));

  test('is never more than the largest grant since the last message, however acts and sends follow', () => {
    const acts = fc.oneof(
      fc.record({ do: fc.constant('act' as const), trigger: fc.constantFrom(...TRIGGERS), after: fc.nat(HOUR) }),
      fc.record({ do: fc.constant('send' as const), after: fc.nat(HOUR) }),
    );
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 60 }), (list) => {
        const counted: ReplyWindow = { grants: { message: window.grants!.message!, menu: window.grants!.menu! } };
        let ledger: Ledger | null = null;
        let now = 0;
        let sent = 0;
        for (const act of list) {
          now += act.after;
          if (act.do === 'act') {
            if (counted.grants?.[act.trigger]) sent = 0;
            ledger = granted(ledger, counted, act.trigger, now);
          } else if (allowance(ledger, counted, now) >= 1) {
            ledger = spent(ledger, 1);
            sent++;
          }
          expect(sent).toBeLessThanOrEqual(5);
          expect(ledger?.left ?? 0).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

describe('thrift where messages are counted', () => {
  const say = (as: 'bot' | 'system', text: string): Step => ({ do: 'say', as, content: { type: 'text', text } });
  const can = { text: 20, window };

  test('texts of one breath become one, in their order', () =>
    expect(thrifty([say('bot', 'hello'), say('bot', 'price')], can)).toEqual([say('bot', 'hello\n\nprice')]));
  test.each<[string, Step[]]>([
    ['authors stay apart', [say('bot', 'a'), say('system', 'b')]],
    ['what does not fit stays apart', [say('bot', 'x'.repeat(10)), say('bot', 'y'.repeat(9))]],
    ['what is between stays between', [say('bot', 'a'), { do: 'wait', groupId: null }, say('bot', 'b')]],
  ])('%s', (_, steps) => expect(thrifty(steps, can)).toEqual(steps));
  test('nothing is joined where nothing is counted', () => {
    const steps = [say('bot', 'a'), say('bot', 'b')];
    expect(thrifty(steps, { text: 20 })).toBe(steps);
    expect(thrifty(steps, { text: 20, window: { quota: 'push' } })).toBe(steps);
  });
});
