import { describe, expect, it } from 'vitest';
import { Timers } from '../settings/index.ts';
import { find, HOUR, kinds, life, MINUTE, OTHER, said, set, TAG } from './life.ts';

describe('the customer does not answer his agent', () => {
  const timer = { on: true, after: 600, reminders: 2, text: '您还在吗', endText: '再见', tagIds: [TAG] };
  const settings = set({ visitorSilent: timer });
  const asked = (given = settings) => {
    const one = life(given);
    one.serve(0);
    one.visitor(MINUTE);
    one.agent(2 * MINUTE);
    return one;
  };

  it('SS-18: is reminded so many times, tagged with the first, and it ends', () => {
    const one = asked();
    const all = [12, 22, 32].map((minute) => {
      expect(one.next()).toBe(minute * MINUTE);
      return one.tick(minute * MINUTE);
    });
    expect(all.map(kinds)).toEqual([
      ['remind', 'say', 'tag'],
      ['remind', 'say'],
      ['say', 'close'],
    ]);
    expect(all.map(said)).toEqual([['您还在吗'], ['您还在吗'], ['再见']]);
    expect(one.session).toMatchObject({
      state: 'closed',
      endedBy: 'system',
      endReason: 'visitor-silent',
      tagIds: [TAG],
    });
  });

  it('SS-18: without reminders it ends after the first time, tagged (TG-05)', () => {
    const one = asked(set({ visitorSilent: { ...timer, reminders: 0 } }));
    expect(kinds(one.tick(12 * MINUTE))).toEqual(['tag', 'say', 'close']);
  });

  it('SS-18: any word of his begins it anew', () => {
    const one = asked();
    one.tick(12 * MINUTE);
    one.visitor(13 * MINUTE);
    expect(one.next()).toBeNull();
    one.agent(14 * MINUTE);
    expect(one.next()).toBe(24 * MINUTE);
    expect(kinds(one.tick(24 * MINUTE))).toEqual(['remind', 'say', 'tag']);
  });

  it('SS-18: only where the last words are an agent’s', () => {
    const one = life(settings);
    one.serve(0);
    expect(one.next()).toBeNull();
    one.visitor(MINUTE);
    expect(one.next()).toBeNull();
  });

  it('SS-18: who was passed on is not reminded of the words of before the hour he waited', () => {
    const one = asked();
    one.wait(3 * MINUTE);
    one.serve(HOUR, OTHER);
    expect(one.next()).toBe(HOUR + 10 * MINUTE);
  });

  it('SS-22: a day after the agent’s words it is over, however many reminders are left', () => {
    const one = asked(set({ visitorSilent: { ...timer, after: 10 * 3600, reminders: 10 } }));
    const begun = 2 * MINUTE;
    expect(kinds(one.tick(begun + 10 * HOUR))).toContain('remind');
    expect(kinds(one.tick(begun + 20 * HOUR))).toContain('remind');
    expect(one.next()).toBe(begun + 24 * HOUR);
    expect(kinds(one.tick(begun + 24 * HOUR))).toEqual(['say', 'close']);
  });

  it('SS-22: the setting itself goes no further than a day', () => {
    const parse = (after: number) => Timers.safeParse({ visitorSilent: { after } }).success;
    expect([86_400, 86_401].map(parse)).toEqual([true, false]);
  });

  it('SS-18: after an outage one reminder comes, not all of them', () => {
    const one = asked();
    expect(kinds(one.tick(10 * HOUR))).toEqual(['remind', 'say', 'tag']);
    expect(one.next()).toBe(10 * HOUR + 10 * MINUTE);
  });

  it('SS-18: a locked session is reminded and does not end (A-17)', () => {
    const one = asked();
    one.lock(3 * MINUTE);
    one.tick(12 * MINUTE);
    one.tick(22 * MINUTE);
    expect(one.next()).toBeNull();
    expect(one.tick(25 * HOUR)).toEqual([]);
    one.lock(26 * HOUR, false);
    expect(find(one.tick(26 * HOUR), 'close')?.reason).toBe('visitor-silent');
  });
});

describe('an invitation to rate at an end that time brings', () => {
  const silentEnd = (skipAutoEnded: boolean, timers: Parameters<typeof set>[0]) => {
    const settings = set(timers);
    settings.ratings = { ...settings.ratings, skipAutoEnded };
    const one = life(settings);
    one.serve(0);
    one.visitor(0);
    one.agent(0);
    return one.tick(one.next()!);
  };

  it.each(['visitorSilent', 'inactive'] as const)('CS-08: none after %s, unless the organisation wants it', (timer) => {
    const timers = { [timer]: { on: true, after: 600, reminders: 0 } };
    expect(kinds(silentEnd(true, timers))).toEqual(['say', 'close']);
    expect(kinds(silentEnd(false, timers))).toEqual(['say', 'invite', 'say', 'close']);
  });
});

describe('neither side writes', () => {
  const settings = set({ inactive: { on: true, after: 3600, text: '长时间未沟通' } });

  it('SS-19: the customer hears it and it ends', () => {
    const one = life(settings);
    one.serve(0);
    one.visitor(MINUTE);
    expect(one.next()).toBe(HOUR + MINUTE);
    one.agent(2 * MINUTE);
    expect(one.next()).toBe(HOUR + 2 * MINUTE);
    const steps = one.tick(HOUR + 2 * MINUTE);
    expect(said(steps)).toEqual(['长时间未沟通']);
    expect(find(steps, 'close')?.reason).toBe('inactive');
  });

  it('SS-19: not in a queue, not with the rules, not when locked', () => {
    const one = life(settings);
    one.visitor(0);
    expect(one.next()).toBeNull();
    one.wait(0);
    expect(one.next()).toBeNull();
    one.serve(0);
    one.lock(0);
    expect(one.next()).toBeNull();
  });

  it('SS-19: the alarm that came due as well stays in the books, its text is not said', () => {
    const both = set({
      agentSilent: { on: true, after: 3600, tell: { on: true } },
      inactive: { on: true, after: 3600 },
    });
    const one = life(both);
    one.serve(0);
    one.visitor(0);
    const steps = one.tick(HOUR);
    expect(kinds(steps)).toEqual(['alarm', 'alert', 'say', 'close']);
  });
});
