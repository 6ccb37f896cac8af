import { describe, expect, it } from 'vitest';
import type { GroupFloor } from '../floor.ts';
import { decide } from './decide.ts';
import { asking, closed, empty, floorOf, id, queued, queueRule, routes, rule, staffed, toGroup } from './example.ts';

const all = routes([rule('all', { on: toGroup('one') })]);
const loud = routes([rule('all', { on: toGroup('one') })], { reception: { silentKeyword: false } });
const outcome = (one: GroupFloor, via: 'button' | 'word' | 'keyword', settings = all) =>
  decide(asking({ via }), settings, floorOf({ one })).outcome;

describe('whoever asks for a person', () => {
  it('SW-01: is transferred where somebody is at the desk; otherwise the organisation says what then', () => {
    expect(outcome(staffed(), 'button')).toMatchObject({ to: 'wait', present: true, idle: true, position: 1 });
    expect(outcome(empty(), 'button')).toMatchObject({ to: 'wait', present: false });
    const leave = routes([rule('all', { on: toGroup('one') })], { reception: { nobody: 'leave' } });
    expect(outcome(empty(), 'button', leave)).toEqual({ to: 'leave', groupId: id('one'), why: 'nobody' });
  });

  it('SW-02: with everybody busy he queues, and his place is known', () => {
    expect(outcome(queued(4), 'button')).toMatchObject({ to: 'wait', position: 5, present: true, idle: false });
  });

  it.each(['free', 'busy', 'empty', 'closed'])('SW-03: a forced-human word does what the button does (%s)', (state) => {
    const one = { free: staffed(), busy: queued(1), empty: empty(), closed: closed() }[state]!;
    expect(outcome(one, 'word')).toEqual(outcome(one, 'button'));
  });

  it('SW-04: a keyword that finds nobody free says nothing and the rules go on, unless it is to be told', () => {
    expect(outcome(queued(0), 'keyword')).toEqual({ to: 'bot', why: 'keyword' });
    expect(outcome(queued(0), 'keyword', loud)).toMatchObject({ to: 'wait', position: 1 });
    expect(outcome(staffed(), 'keyword')).toMatchObject({ to: 'wait', idle: true });
  });

  it.each([
    ['working time is over', closed()],
    ['working time is over, though somebody is still there', closed({ present: 1, free: 1 })],
    ['nobody is at the desk', empty()],
    ['nobody is idle', queued(2)],
  ])('SW-06: a keyword fails where %s', (_, one) => {
    expect(outcome(one, 'keyword')).toEqual({ to: 'bot', why: 'keyword' });
    expect(outcome(one, 'keyword', loud)).toEqual(outcome(one, 'button', loud));
  });

  it('SW-06: a keyword that fails has joined no queue: no rule of it speaks', () => {
    const queues = { rules: [queueRule('busy', null, 0, null)] };
    const settings = routes([rule('all', { on: toGroup('one') })], { queues });
    const decided = decide(asking({ via: 'keyword' }), settings, floorOf({ one: queued(3) }));
    expect(decided).toMatchObject({ outcome: { to: 'bot', why: 'keyword' }, notices: [], overflowed: [] });
  });

  it('SW-06: where overflow finds somebody idle, the keyword has found him', () => {
    const queues = { rules: [queueRule('busy', ['one'], 2, 'two')] };
    const settings = routes([rule('all', { on: toGroup('one') })], { queues });
    const floor = floorOf({ one: queued(2), two: staffed() });
    expect(decide(asking({ via: 'keyword' }), settings, floor).outcome).toMatchObject({
      to: 'wait',
      groupId: id('two'),
    });
  });

  it('SW-04: a rule that leads elsewhere is no person either', () => {
    const bot = routes([rule('all', { on: { to: 'bot' } })]);
    const leave = routes([rule('all', { on: { to: 'leave' } })]);
    expect(decide(asking({ via: 'keyword' }), bot, floorOf()).outcome).toEqual({ to: 'bot', why: 'rule' });
    expect(decide(asking({ via: 'keyword' }), leave, floorOf()).outcome).toEqual({ to: 'bot', why: 'keyword' });
  });
});
