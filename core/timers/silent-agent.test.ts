import { describe, expect, it } from 'vitest';
import { AGENT, find, GROUP, HOUR, kinds, life, MINUTE, OPENED, OTHER, said, set } from './life.ts';

describe('the customer waits for an answer of his agent', () => {
  const settings = set({ agentSilent: { on: true, after: 180, tell: { on: true, text: '请稍候' } } });
  const served = () => {
    const one = life(settings);
    one.wait(0);
    one.serve(MINUTE);
    return one;
  };

  it('SS-17: marks the row, tells the customer, and puts an alarm before the admins', () => {
    const one = served();
    one.visitor(2 * MINUTE);
    expect(one.next()).toBe(5 * MINUTE);
    const steps = one.tick(5 * MINUTE);
    expect(kinds(steps)).toEqual(['alarm', 'say', 'alert']);
    expect(said(steps)).toEqual(['请稍候']);
    expect(find(steps, 'alert')).toMatchObject({ kind: 'agent-silent', agentId: AGENT });
    expect(one.session.marks.alarmed).toBe(true);
  });

  it('SS-17: each of the three can be switched off; without any nothing is due', () => {
    const only = (more: object) => set({ agentSilent: { on: true, after: 180, mark: false, alarm: false, ...more } });
    for (const [more, expected] of [
      [{ mark: true }, ['alarm']],
      [{ alarm: true }, ['alarm', 'alert']],
      [{ tell: { on: true } }, ['alarm', 'say']],
      [{}, []],
    ] as const) {
      const one = life(only(more));
      one.serve(0);
      one.visitor(0);
      expect(one.next()).toBe(expected.length ? 3 * MINUTE : null);
      expect(kinds(one.tick(3 * MINUTE))).toEqual(expected);
    }
  });

  it('SS-23: one alarm for one silence; the next after an answer', () => {
    const one = served();
    one.visitor(2 * MINUTE);
    one.tick(5 * MINUTE);
    one.visitor(6 * MINUTE);
    expect(one.next()).toBeNull();
    one.agent(7 * MINUTE);
    expect(one.next()).toBeNull();
    one.visitor(8 * MINUTE);
    expect(one.next()).toBe(11 * MINUTE);
  });

  it('SS-23: an agent is not blamed for the time before he had it', () => {
    const one = life(settings);
    one.visitor(0);
    one.wait(0);
    one.serve(HOUR);
    expect(one.next()).toBe(HOUR + 3 * MINUTE);
    one.tick(HOUR + 3 * MINUTE);
    one.serve(2 * HOUR, OTHER);
    expect(one.session.marks.alarmed).toBeUndefined();
    expect(one.next()).toBe(2 * HOUR + 3 * MINUTE);
  });

  it('SS-17: who waits in a queue or talks to the rules waits for no agent', () => {
    const one = life(settings);
    one.visitor(0);
    expect(one.next()).toBeNull();
    one.wait(0);
    expect(one.next()).toBeNull();
  });
});

describe('an agent who says nothing to a customer given to him', () => {
  const settings = set({}, { on: true, after: 120 });

  it('loses him to the queue, to the place he had', () => {
    const one = life(settings);
    one.wait(0);
    one.serve(10 * MINUTE);
    expect(one.next()).toBe(12 * MINUTE);
    const steps = one.tick(12 * MINUTE);
    expect(find(steps, 'wait')).toEqual({ do: 'wait', groupId: GROUP, priority: 3, since: OPENED, lost: true });
    expect(one.session).toMatchObject({ state: 'waiting', agentId: null, waitingSince: OPENED, priority: 3 });
    expect(said(steps)).toHaveLength(1);
    // Matching gives him to somebody else, if it can.
    expect(one.session.marks.lostBy).toBe(AGENT);
    one.serve(13 * MINUTE, OTHER);
    expect(one.session.marks.lostBy).toBeUndefined();
  });

  it('one word of his is enough, also to the agent before', () => {
    const one = life(settings);
    one.wait(0);
    one.serve(0);
    one.agent(MINUTE);
    expect(one.next()).toBeNull();
    one.serve(5 * MINUTE, OTHER);
    expect(one.next()).toBe(7 * MINUTE);
    expect(find(one.tick(7 * MINUTE), 'wait')?.since).toBe(OPENED + 5 * MINUTE);
  });

  it('not where it is off, and not a locked session (A-17)', () => {
    const off = life(set({}));
    off.serve(0);
    expect(off.next()).toBeNull();
    const locked = life(settings);
    locked.serve(0);
    locked.lock(0);
    expect(locked.next()).toBeNull();
  });
});
