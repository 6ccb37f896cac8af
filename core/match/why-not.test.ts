import { describe, expect, it } from 'vitest';
import { whyNot } from '../match.ts';
import { agent, hall, waits } from './example.ts';

const told = (...given: Parameters<typeof whyNot>) =>
  whyNot(...given).map(({ agentId, code, params }) => [agentId, code, ...(params ? [params] : [])]);

describe('RT-19: why not this agent', () => {
  const staff = [
    agent('gone', { connected: false }),
    agent('away', { status: 'away' }),
    agent('busy', { status: 'busy' }),
    agent('hidden', { status: 'invisible' }),
    agent('zero', { cap: 0 }),
    agent('full', { cap: 2, serving: 2 }),
    agent('stranger', { groups: {} }),
    agent('helper', { groups: {}, overflow: ['g'] }),
    agent('second', { lastAssigned: 7 }),
    agent('first'),
  ];
  it('says so of everybody, the best first', () => {
    expect(told(waits('s'), staff, hall())).toEqual([
      ['first', 'first'],
      ['second', 'behind', { place: 2 }],
      ['gone', 'offline'],
      ['away', 'away'],
      ['busy', 'busy'],
      ['hidden', 'invisible'],
      ['zero', 'cap-zero'],
      ['full', 'full', { serving: 2, cap: 2 }],
      ['stranger', 'not-in-group'],
      ['helper', 'helper'],
    ]);
  });
  it('RT-14: the group is closed', () => {
    expect(told(waits('s'), staff.slice(-2), hall({}, { open: () => false }))).toEqual([
      ['second', 'closed'],
      ['first', 'closed'],
    ]);
  });
  it('RT-06: somebody else is waited for', () => {
    const one = waits('s', { wanted: { agentId: 'full', until: 2000 } });
    expect(told(one, staff.slice(5, 10), hall())).toEqual([
      ['full', 'full', { serving: 2, cap: 2 }],
      ['stranger', 'not-in-group'],
      ['helper', 'held', { agentId: 'full' }],
      ['second', 'held', { agentId: 'full' }],
      ['first', 'held', { agentId: 'full' }],
    ]);
  });
  it('nobody at all', () => {
    expect(whyNot(waits('s'), [], hall())).toEqual([]);
  });
});
