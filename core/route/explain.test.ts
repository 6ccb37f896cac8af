import { describe, expect, it } from 'vitest';
import { explainPlan } from '../plan.ts';
import { explain } from './decide.ts';
import type { Asking } from './decision.ts';
import {
  asking,
  closed,
  empty,
  floorOf,
  id,
  queued,
  queueRule,
  routes,
  rule,
  settings,
  staffed,
  toAgent,
  toGroup,
} from './example.ts';

const web = { connectors: ['web'] };
const open = floorOf({ one: staffed(), two: staffed(), three: staffed() }, { ann: { in: ['one'] } });

/** Each reason as `kind name: code`, with a star where it decided. */
const told = (all: ReturnType<typeof routes>, more: Partial<Asking> = {}, floor = open) =>
  explain(asking(more), all, floor).reasons.map(
    ({ kind, name, matched, code }) => `${matched ? '* ' : ''}${[kind, name].filter(Boolean).join(' ')}: ${code}`,
  );

describe('RT-19: my rule did not fire', () => {
  it('question 7: several hold; the first in order decided', () => {
    const all = routes([
      rule('line', { when: { connectors: ['line'] }, on: toGroup('three') }),
      rule('web', { when: web, on: toGroup('one') }),
      rule('vip', { when: { tags: { any: [id('VIP')] } }, on: toGroup('two') }),
    ]);
    expect(told(all, { tags: [id('VIP')] })).toEqual([
      'entry: entry-none',
      'rule line: connector',
      '* rule web: group-free',
      'rule vip: earlier',
      'choice: choice-none',
    ]);
    const { reasons } = explain(asking({ tags: [id('VIP')] }), all, open);
    expect(reasons[3]).toMatchObject({ id: id('vip'), params: { kind: 'rule', by: id('web') } });
  });

  it.each([
    ['an agent', { agent: id('ann') }, '* agent: agent-there'],
    ['a group', { group: id('two') }, '* entry: group-free'],
    ['an overflow policy', { overflow: 'Rush' }, '* overflow Rush: group-free'],
  ])('question 8: the link passed %s, which comes before the smart rules', (_, entry, decided) => {
    const queues = { policies: [{ id: id('p'), name: 'Rush', groupIds: [id('three')] }] };
    const all = routes([rule('web', { when: web, on: toGroup('one') })], { queues });
    const reasons = told(all, { entry });
    expect(reasons).toContain(decided);
    expect(reasons).toContain('rule web: earlier');
  });

  it('question 8: the rules conflict: an earlier one takes everybody', () => {
    const all = routes([rule('all', { on: toGroup('one') }), rule('web', { when: web, on: toGroup('two') })]);
    expect(told(all)).toEqual([
      'entry: entry-none',
      '* rule all: group-free',
      'rule web: earlier',
      'choice: choice-none',
    ]);
  });

  it('question 8: each rule says what about the customer it did not fit', () => {
    const all = routes([
      rule('off', { enabled: false }),
      rule('shop', { when: { channelIds: [id('shop')] } }),
      rule('vip', { when: { tags: { any: [id('VIP')] } } }),
      rule('both', { when: { tags: { all: [id('NEW'), id('OLD')] } } }),
      rule('not', { when: { tags: { none: [id('NEW')] } } }),
      rule('spring', { when: { entry: [{ name: 'campaign', values: ['spring'] }] } }),
    ]);
    const { reasons } = explain(asking({ tags: [id('NEW')], entry: { campaign: 'winter' } }), all, open);
    expect(reasons.filter(({ kind }) => kind === 'rule').map(({ code, params }) => [code, params])).toEqual([
      ['disabled', undefined],
      ['channel', { channelId: id('site') }],
      ['tag-any', {}],
      ['tag-all', { tagId: id('OLD') }],
      ['tag-none', { tagId: id('NEW') }],
      ['entry', { name: 'campaign', value: 'winter' }],
    ]);
  });

  it('question 9: the channel is another than expected, or the link passed a mode', () => {
    const { reception } = settings({
      reception: {
        mode: 'bot',
        plans: [{ id: id('app'), name: 'App', when: { connectors: ['mini-program'] }, mode: 'human' }],
      },
    });
    const why = (entry: Record<string, string>, connector = 'web') =>
      explainPlan(reception, asking({ entry, connector })).reasons;
    expect(why({})).toEqual([
      { kind: 'plan', id: id('app'), name: 'App', matched: false, code: 'connector', params: { connector: 'web' } },
      { kind: 'mode', matched: true, code: 'mode-standard', params: { mode: 'bot' } },
    ]);
    expect(why({ mode: 'bot' }, 'mini-program')).toEqual([
      { kind: 'plan', id: id('app'), name: 'App', matched: true, code: 'plan-first' },
      { kind: 'mode', matched: true, code: 'mode-link', params: { mode: 'bot' } },
    ]);
  });

  describe('question 11: human first, and yet the bot', () => {
    const all = routes([rule('web', { when: web, on: toGroup('one'), off: { to: 'bot' } })]);

    it('it is not working time', () => {
      const { decision, reasons } = explain(asking({ via: 'mode' }), all, floorOf({ one: closed() }));
      expect(decision.outcome).toEqual({ to: 'bot', why: 'rule' });
      expect(reasons[1]).toMatchObject({ name: 'web', matched: true, code: 'to-bot', params: { open: 0 } });
    });

    it('the group it leads to has nobody there, or nobody idle', () => {
      const nobody = explain(asking({ via: 'mode' }), all, floorOf({ one: empty() }));
      expect(nobody.reasons[1]).toMatchObject({ matched: true, code: 'group-nobody', params: { groupId: id('one') } });
      const busy = explain(asking({ via: 'mode' }), all, floorOf({ one: queued(3) }));
      expect(busy.reasons[1]).toMatchObject({ matched: true, code: 'group-busy', params: { waiting: 3 } });
    });

    it('the customer has said nothing yet', () => {
      const { reception } = settings({ reception: { mode: 'human', afterMessage: true } });
      expect(explainPlan(reception, asking()).reasons.at(-1)).toEqual({
        kind: 'mode',
        matched: true,
        code: 'mode-after-message',
        params: { mode: 'human' },
      });
    });
  });

  describe('question 12: the keyword found nobody', () => {
    const all = routes([rule('web', { when: web, on: toGroup('one') })]);

    it.each([
      ['it is not working time', closed(), 'group-closed'],
      ['nobody is there', empty(), 'group-nobody'],
      ['nobody is idle', queued(2), 'group-busy'],
    ])('%s', (_, one, code) => {
      const { decision, reasons } = explain(asking({ via: 'keyword' }), all, floorOf({ one }));
      expect(decision.outcome).toEqual({ to: 'bot', why: 'keyword' });
      expect(reasons.filter(({ matched }) => matched).map((reason) => reason.code)).toEqual([code, 'keyword-silent']);
    });

    it('the rules led elsewhere than the keyword says', () => {
      const reasons = told(
        all,
        { via: 'keyword', chosenGroupId: id('two') },
        floorOf({ one: queued(0), two: staffed() }),
      );
      expect(reasons).toEqual([
        'entry: entry-none',
        '* rule web: group-busy',
        'choice: earlier',
        ...['* keyword: keyword-silent'],
      ]);
    });
  });
});

describe('reasons', () => {
  it('an agent who cannot be waited for is told of, with who stands in for him', () => {
    const all = routes([
      rule('gone', { on: toAgent('zoe') }),
      rule('vip', { when: { tags: { any: [id('VIP')] } }, on: toAgent('ann', 'two') }),
    ]);
    const away = floorOf({ two: staffed() }, { ann: { present: false } });
    const { reasons } = explain(asking({ tags: [id('VIP')] }), all, away);
    expect(reasons.map(({ kind, matched, code, params }) => [kind, matched, code, params])).toEqual([
      ['tag-agent', false, 'agent-away', { memberId: id('ann') }],
      ['entry', false, 'entry-none', undefined],
      ['rule', false, 'agent-gone', { memberId: id('zoe') }],
      ['rule', true, 'group-free', { groupId: id('two'), memberId: id('ann'), instead: 'agent-away', open: 1 }],
      ['choice', false, 'choice-none', undefined],
    ]);
  });

  it('queue rules say of each queue why they spoke or were silent', () => {
    const queues = {
      rules: [
        queueRule('off', null, 0, 'two', { enabled: false }),
        queueRule('other', ['two'], 0, 'three'),
        queueRule('ten', ['one'], 10, 'two'),
        queueRule('five', ['one'], 5, 'three'),
        queueRule('all', null, 5, 'two'),
      ],
    };
    const all = routes([rule('web', { when: web, on: toGroup('one') })], { queues });
    const floor = floorOf({ one: queued(6), two: queued(0), three: queued(5) });
    const reasons = told(all, {}, floor).filter((one) => one.includes('queue '));
    expect(reasons).toEqual([
      'queue off: disabled',
      'queue other: queue-scope',
      'queue ten: queue-room',
      '* queue five: queue-over',
      'queue all: queue-earlier',
      'queue off: disabled',
      'queue other: queue-scope',
      'queue ten: queue-scope',
      'queue five: queue-scope',
      '* queue all: queue-over',
      'queue off: disabled',
      '* queue other: queue-circle',
      'queue ten: queue-scope',
      'queue five: queue-scope',
      'queue all: queue-room',
    ]);
  });
});
