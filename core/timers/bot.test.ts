import { describe, expect, it } from 'vitest';
import { Timers } from '../settings/index.ts';
import { AGENT, HOUR, kinds, life, MINUTE, OPENED, OTHER, said, set } from './life.ts';

describe('the customer is silent with the rules', () => {
  const settings = set({ bot: { on: true, after: 1800, text: '会话结束' } });

  it('SS-22: it ends', () => {
    const one = life(settings);
    expect(one.next()).toBe(30 * MINUTE);
    one.visitor(10 * MINUTE);
    one.put(10 * MINUTE, { do: 'say', as: 'bot', content: { type: 'text', text: '您好' } });
    expect(one.next()).toBe(40 * MINUTE);
    const steps = one.tick(40 * MINUTE);
    expect(said(steps)).toEqual(['会话结束']);
    expect(one.session).toMatchObject({ state: 'closed', endReason: 'bot-silent' });
  });

  it('SS-22: the setting goes no further than an hour', () => {
    const parse = (after: number) => Timers.safeParse({ bot: { after } }).success;
    expect([3600, 3601].map(parse)).toEqual([true, false]);
  });

  it('SS-22: who comes back from a queue has his time again', () => {
    const one = life(settings);
    one.wait(MINUTE);
    expect(one.next()).toBeNull();
    one.put(5 * HOUR, { do: 'leave' });
    expect(one.next()).toBe(5 * HOUR + 30 * MINUTE);
  });

  it('SS-22: somebody of ours answers elsewhere: a day, and not a word', () => {
    const one = life(settings);
    one.visitor(0);
    one.put(HOUR, { do: 'echo', content: { type: 'text', text: '在' }, messageId: 'e' }, { do: 'hush' });
    expect(one.next()).toBe(25 * HOUR);
    expect(kinds(one.tick(25 * HOUR))).toEqual(['close']);
  });

  it('SS-22: not when locked (A-17)', () => {
    const one = life(settings);
    one.lock(0);
    expect(one.next()).toBeNull();
  });
});

it('TR-02: a request to take over runs out', () => {
  const one = life(set({}));
  one.serve(0);
  one.put(0, { do: 'offer', byId: AGENT, toAgentId: OTHER, until: OPENED + MINUTE });
  expect(one.next()).toBe(MINUTE);
  expect(one.tick(MINUTE)).toEqual([
    { do: 'offer-end', outcome: 'expired', memberId: null },
    { do: 'alert', kind: 'transfer', text: '', words: ['expired'], agentId: AGENT },
  ]);
  expect(one.session).toMatchObject({ state: 'serving', agentId: AGENT });
  expect(one.next()).toBeNull();
});
