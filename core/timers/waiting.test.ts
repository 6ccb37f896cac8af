import { describe, expect, it } from 'vitest';
import { AGENT, find, HOUR, kinds, life, MINUTE, OPENED, said, set, TAG, TAG2 } from './life.ts';

describe('the customer waits in the queue', () => {
  const reminder = {
    on: true,
    after: 120,
    times: 2,
    every: 60,
    text: '前面还有人，您是第 {position} 位',
    tagIds: [TAG],
  };

  it('SS-20: is reminded after a time, then at intervals, and may leave a message', () => {
    const one = life(set({ waitReminder: reminder }));
    one.wait(MINUTE);
    expect(one.next()).toBe(3 * MINUTE);
    const steps = one.tick(3 * MINUTE);
    expect(kinds(steps)).toEqual(['remind', 'say']);
    expect(find(steps, 'say')?.content).toMatchObject({ type: 'menu', options: [{ id: 'haina:leave', text: '留言' }] });
    expect(one.session.marks.menu?.[0]?.id).toBe('haina:leave');
    expect(one.next()).toBe(4 * MINUTE);
    expect(kinds(one.tick(4 * MINUTE))).toEqual(['remind', 'say']);
    expect(one.next()).toBeNull();
  });

  it('SS-20: hears his place where the text says it', () => {
    const one = life(set({ waitReminder: reminder }));
    one.wait(0);
    expect(said(one.look(HOUR, 7))).toEqual(['前面还有人，您是第 7 位']);
  });

  it('SS-20: the button can be switched off, and is not offered to who is leaving one', () => {
    const without = life(set({ waitReminder: { ...reminder, leaveButton: false } }));
    without.wait(0);
    expect(find(without.tick(2 * MINUTE), 'say')?.content.type).toBe('text');
    const leaving = life(set({ waitReminder: reminder }));
    leaving.wait(0);
    leaving.put(0, { do: 'leaving', on: true });
    expect(find(leaving.tick(2 * MINUTE), 'say')?.content.type).toBe('text');
  });

  it('SS-20: a new stay in a queue counts anew, though it keeps its place', () => {
    const one = life(set({ waitReminder: reminder }));
    one.wait(0);
    one.tick(2 * MINUTE);
    one.serve(3 * MINUTE);
    expect(one.next()).toBeNull();
    one.wait(HOUR, { since: OPENED });
    expect(one.session.waitingSince).toBe(OPENED);
    expect(one.next()).toBe(HOUR + 2 * MINUTE);
  });

  it('SS-21: waited too long, told, and it ends with the tags of both (TG-05)', () => {
    const over = { on: true, after: 600, then: 'end', text: '请稍后再来', tagIds: [TAG2] };
    const one = life(set({ waitReminder: { ...reminder, after: 3600 }, waitOver: over }));
    one.wait(0);
    expect(one.next()).toBe(10 * MINUTE);
    const steps = one.tick(10 * MINUTE);
    expect(kinds(steps)).toEqual(['tag', 'say', 'close']);
    expect(find(steps, 'tag')?.tagIds).toEqual([TAG2, TAG]);
    expect(said(steps)).toEqual(['请稍后再来']);
    expect(one.session).toMatchObject({ state: 'closed', endReason: 'wait-over' });
  });

  it('SS-21: or waited too long, told once, and he waits on', () => {
    const one = life(set({ waitOver: { on: true, after: 600, then: 'keep', text: '请继续等待' } }));
    one.wait(0);
    const steps = one.tick(10 * MINUTE);
    expect(kinds(steps)).toEqual(['wait-over', 'say']);
    expect(one.session.state).toBe('waiting');
    expect(one.next()).toBeNull();
  });

  it('SS-21: a reminder due at the same moment is not said besides', () => {
    const one = life(
      set({
        waitReminder: { ...reminder, after: 600 },
        waitOver: { on: true, after: 600, then: 'keep', text: '请继续等待' },
      }),
    );
    one.wait(0);
    const steps = one.tick(10 * MINUTE);
    expect(said(steps)).toEqual(['请继续等待']);
    expect(one.next()).toBe(11 * MINUTE);
  });

  it('SS-21: a locked session waits on (A-17)', () => {
    const one = life(set({ waitOver: { on: true, after: 600, then: 'end' } }));
    one.wait(0);
    one.lock(0);
    expect(one.next()).toBeNull();
  });

  it('RT-06: the agent it waits for has his time, then it is anybody’s', () => {
    const one = life(set({}));
    one.wait(0, { wanted: { agentId: AGENT, until: OPENED + MINUTE } });
    expect(one.next()).toBe(MINUTE);
    expect(one.tick(MINUTE)).toEqual([{ do: 'release' }]);
    expect(one.session.wanted).toBeNull();
    expect(one.next()).toBeNull();
  });
});
