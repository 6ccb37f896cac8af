import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { When } from './settings/index.ts';
import { holds, missing } from './when.ts';

const A = '00000000-0000-4000-8000-00000000000a';
const B = '00000000-0000-4000-8000-00000000000b';
const C = '00000000-0000-4000-8000-00000000000c';
const about = { connector: 'web', channelId: A, tags: [A], entry: { campaign: 'spring' } };
const when = (given: Parameters<typeof When.parse>[0]) => When.parse(given);

describe('a condition', () => {
  it('holds for everybody where it asks for nothing', () => {
    expect(holds(when({}), about)).toBe(true);
  });

  it.each([
    ['RT-01: the kind of channel', { connectors: ['web', 'line'] }, { connectors: ['line'] }, 'connector'],
    ['RT-03: the one account', { channelIds: [B, A] }, { channelIds: [B] }, 'channel'],
    ['RT-02: one of the tags', { tags: { any: [B, A] } }, { tags: { any: [B, C] } }, 'tag-any'],
    ['RT-02: all of the tags', { tags: { all: [A] } }, { tags: { all: [A, B] } }, 'tag-all'],
    ['RT-11: none of the tags', { tags: { none: [B, C] } }, { tags: { none: [B, A] } }, 'tag-none'],
    [
      'API-04: what the link passed',
      { entry: [{ name: 'campaign', values: ['winter', 'spring'] }] },
      { entry: [{ name: 'campaign', values: ['winter'] }] },
      'entry',
    ],
  ])('%s', (_, yes, no, code) => {
    expect(holds(when(yes), about)).toBe(true);
    expect(holds(when(no), about)).toBe(code);
  });

  it('RT-11: "has not" holds for customers without any tag, and "has" does not', () => {
    const nobody = { ...about, tags: [] };
    expect(holds(when({ tags: { none: [A] } }), nobody)).toBe(true);
    expect(holds(when({ tags: { any: [A] } }), nobody)).toBe('tag-any');
    expect(holds(when({ tags: { all: [A] } }), nobody)).toBe('tag-all');
  });

  it('needs all of its parts', () => {
    const both = when({
      connectors: ['web'],
      tags: { any: [A], none: [B] },
      entry: [{ name: 'campaign', values: ['spring'] }],
    });
    expect(holds(both, about)).toBe(true);
    expect(holds(both, { ...about, tags: [A, B] })).toBe('tag-none');
    expect(holds(both, { ...about, entry: {} })).toBe('entry');
  });

  it('is not fooled by names that every object has', () => {
    const odd = when({ entry: [{ name: 'constructor', values: ['x'] }] });
    expect(holds(odd, about)).toBe('entry');
    expect(missing(odd, 'entry', about)).toEqual({ name: 'constructor', value: '' });
  });

  it('tells which tag, channel or parameter it was', () => {
    expect(missing(when({ connectors: ['line'] }), 'connector', about)).toEqual({ connector: 'web' });
    expect(missing(when({ channelIds: [B] }), 'channel', about)).toEqual({ channelId: A });
    expect(missing(when({ tags: { all: [A, B] } }), 'tag-all', about)).toEqual({ tagId: B });
    expect(missing(when({ tags: { none: [B, A] } }), 'tag-none', about)).toEqual({ tagId: A });
    expect(missing(when({ entry: [{ name: 'campaign', values: ['x'] }] }), 'entry', about)).toEqual({
      name: 'campaign',
      value: 'spring',
    });
  });

  it('asks for nothing it was not told: a part more never makes it hold for more', () => {
    const ids = fc.subarray([A, B, C]);
    const given = fc.record({
      connectors: fc.subarray(['web', 'line']),
      channelIds: ids,
      tags: fc.record({ any: ids, all: ids, none: ids }),
    });
    const someone = fc.record({
      connector: fc.constantFrom('web', 'line'),
      channelId: fc.constantFrom(A, B, C),
      tags: ids,
      entry: fc.constant({}),
    });
    fc.assert(
      fc.property(given, someone, (all, who) => {
        const whole = holds(when(all), who) === true;
        const parts = Object.entries(all).map(([key, part]) => holds(when({ [key]: part }), who) === true);
        expect(whole).toBe(parts.every(Boolean));
      }),
    );
  });
});
