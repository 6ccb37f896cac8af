import fc from 'fast-check';
import { group, on } from './any-rules.ts';
import { AGENTS, CUSTOMERS, GROUPS } from './names.ts';

/** What may happen in a day: customers, members, the clock. */

const who = fc.constantFrom(...CUSTOMERS);
const colleague = fc.constantFrom(...AGENTS);
const SAID = ['hello', '人工', '人工', '退款', '客服', 'price', 'angry', '1', '2', '5', '满意'];
export const act = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('says' as const), who, text: fc.constantFrom(...SAID) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wishes' as const),
      who,
      wish: fc.constantFrom(
        'human' as const,
        'human' as const,
        'leave-queue' as const,
        'end' as const,
        'enter' as const,
        'rate' as const,
      ),
      groupId: fc.option(group, { nil: undefined, freq: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('taps' as const),
      who,
      data: fc.constantFrom(
        'haina:leave',
        'haina:quit',
        'haina:human',
        'haina:group:i1',
        'haina:group:i2',
        'haina:rate:4',
      ),
    }),
  },
  fc.record({ do: fc.constant('rates' as const), who, stars: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ do: fc.constant('leaves' as const), who }),
  fc.record({ do: fc.constant('echoes' as const), who }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('matches' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('passes' as const),
      seconds: fc.constantFrom(1, 61, 700, 4000, 40_000, 100_000, -5000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('accepts' as const), who, agent: colleague }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('replies' as const), who }) },
  fc.record({ do: fc.constant('transfers' as const), who, to: fc.oneof(colleague, fc.constantFrom(...GROUPS)) }),
  fc.record({ do: fc.constant('answers' as const), who, yes: on }),
  fc.record({ do: fc.constant('locks' as const), who, on }),
  fc.record({ do: fc.constant('closes' as const), who }),
  fc.record({ do: fc.constant('turns' as const), agent: colleague, connected: on }),
);
export type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
