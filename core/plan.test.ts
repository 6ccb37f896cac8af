import { describe, expect, it } from 'vitest';
import { explainPlan, planFor } from './plan.ts';
import { id, settings } from './route/example.ts';

const about = { connector: 'web', channelId: id('site'), tags: [] as string[], entry: {} };
const { reception } = settings({
  reception: {
    mode: 'bot',
    plans: [
      { id: id('off'), name: 'Switched off', enabled: false, mode: 'human-only' },
      { id: id('vip'), name: 'VIP', when: { tags: { any: [id('VIP')] } }, mode: 'human', afterMessage: false },
      { id: id('web'), name: 'Web', when: { connectors: ['web'] }, mode: 'human' },
    ],
  },
});

describe('how a customer is received', () => {
  it('CH-07: the first enabled plan that is about him, else the standard', () => {
    expect(planFor(reception, { ...about, tags: [id('VIP')] })).toMatchObject({
      plan: { name: 'VIP' },
      afterMessage: false,
    });
    expect(planFor(reception, about)).toMatchObject({ plan: { name: 'Web' }, mode: 'human', afterMessage: true });
    expect(planFor(reception, { ...about, connector: 'line' })).toMatchObject({ plan: null, mode: 'bot' });
  });

  it.each(['bot', 'human', 'human-only'] as const)('CH-08: the link says %s, whatever the channel says', (mode) => {
    expect(planFor(reception, { ...about, entry: { mode } })).toMatchObject({ plan: { name: 'Web' }, mode });
    expect(planFor(reception, { ...about, connector: 'line', entry: { mode } }).mode).toBe(mode);
  });

  it('CH-08: a mode that is none of ours changes nothing', () => {
    expect(planFor(reception, { ...about, entry: { mode: 'HUMAN!' } }).mode).toBe('human');
  });

  it('CH-09: each plan says whether the customer must speak first', () => {
    const [vip, standard] = [
      planFor(reception, { ...about, tags: [id('VIP')] }),
      planFor(reception, { ...about, connector: 'line' }),
    ];
    expect([vip.afterMessage, standard.afterMessage]).toEqual([false, true]);
  });

  it('says of each plan why it was not taken', () => {
    const { reasons, ...manner } = explainPlan(reception, { ...about, tags: [id('VIP')] });
    expect(manner).toEqual(planFor(reception, { ...about, tags: [id('VIP')] }));
    expect(reasons).toEqual([
      { kind: 'plan', id: id('off'), name: 'Switched off', matched: false, code: 'disabled' },
      { kind: 'plan', id: id('vip'), name: 'VIP', matched: true, code: 'plan-first' },
      { kind: 'plan', id: id('web'), name: 'Web', matched: false, code: 'earlier', params: { by: id('vip') } },
      { kind: 'mode', matched: true, code: 'mode-plan', params: { mode: 'human' } },
    ]);
    expect(explainPlan(reception, { ...about, connector: 'line' }).reasons.slice(1)).toEqual([
      { kind: 'plan', id: id('vip'), name: 'VIP', matched: false, code: 'tag-any', params: {} },
      { kind: 'plan', id: id('web'), name: 'Web', matched: false, code: 'connector', params: { connector: 'line' } },
      { kind: 'mode', matched: true, code: 'mode-standard', params: { mode: 'bot' } },
    ]);
  });
});
