import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import type { Asking } from './decision.ts';
import {
  asking,
  choiceRow,
  closed,
  empty,
  entryRow,
  floorOf,
  id,
  MORNING,
  queued,
  routes,
  rows,
  rule,
  staffed,
  toAgent,
  toGroup,
} from './example.ts';

const day = floorOf(
  { one: staffed(), two: staffed(), three: staffed(), four: staffed() },
  { ann: { in: ['one'] }, bob: { in: ['two'] } },
);
/** Working time is over for group one and for the organisation; two serves the night. */
const night = floorOf({ '*': closed(), one: closed(), two: staffed() }, { ann: { in: ['one'] }, bob: { in: ['two'] } });
const nobodyIn = (...names: string[]) =>
  floorOf({ one: staffed(), two: staffed(), ...Object.fromEntries(names.map((name) => [name, empty()])) });

/** The group he waits for, by name; or what else becomes of it. */
const goes = (all: ReturnType<typeof routes>, more: Partial<Asking> = {}, floor = day) => {
  const { outcome } = decide(asking(more), all, floor);
  if (outcome.to !== 'wait') return outcome.to;
  const name = ['one', 'two', 'three', 'four'].find((one) => id(one) === outcome.groupId) ?? 'everybody';
  const agent = ['ann', 'bob'].find((one) => id(one) === outcome.agentId);
  return agent ? `${agent} in ${name}` : name;
};
const vip = { tags: [id('VIP')] };
const forVip = { tags: { any: [id('VIP')] } };

describe('rules', () => {
  it('RT-01: the kind of channel, in working time and after hours', () => {
    const all = routes([
      rule('web', { when: { connectors: ['web'] }, on: toGroup('one'), off: toGroup('two') }),
      rule('mini', { when: { connectors: ['mini-program'] }, on: toGroup('two') }),
    ]);
    expect(goes(all)).toBe('one');
    expect(goes(all, { connector: 'mini-program' })).toBe('two');
    expect(goes(all, {}, night)).toBe('two');
    expect(goes(all, { connector: 'line' })).toBe('everybody');
  });

  it('RT-02: the tags of the customer', () => {
    const all = routes([
      rule('vip', { when: forVip, on: toGroup('one') }),
      rule('plain', { when: { tags: { all: [id('NORMAL')] } }, on: toGroup('two') }),
    ]);
    expect([goes(all, vip), goes(all, { tags: [id('NORMAL')] }), goes(all)]).toEqual(['one', 'two', 'everybody']);
  });

  it('RT-03: the one account, in working time and after hours', () => {
    const all = routes([
      rule('shop', { when: { channelIds: [id('site')] }, on: toGroup('one'), off: { to: 'leave' } }),
    ]);
    expect(goes(all)).toBe('one');
    expect(goes(all, { channelId: id('other') })).toBe('everybody');
    expect(decide(asking(), all, night)).toMatchObject({
      outcome: { to: 'leave', groupId: id('one'), why: 'off-hours' },
      open: false,
      by: { kind: 'rule', id: id('shop') },
    });
  });

  it('RT-04: the group the link or page passed', () => {
    const entry = { group: id('two') };
    expect(decide(asking({ entry }), routes(), day)).toMatchObject({
      outcome: { to: 'wait', groupId: id('two'), position: 1, seconds: 0, present: true, idle: true },
      by: { kind: 'entry' },
    });
    // One that is not there decides nothing.
    expect(goes(routes([rule('all', { on: toGroup('one') })]), { entry: { group: id('gone') } })).toBe('one');
  });

  it('RT-05: the rows stand in the order the admin dragged them into', () => {
    const web = rule('web', { when: { connectors: ['web'] }, on: toGroup('one') });
    const tagged = rule('vip', { when: forVip, on: toGroup('two') });
    const all = { ...vip, entry: { group: id('three') }, chosenGroupId: id('four') };
    expect(goes(rows([entryRow, web, tagged, choiceRow]), all)).toBe('three');
    expect(goes(rows([web, entryRow, tagged, choiceRow]), all)).toBe('one');
    expect(goes(rows([tagged, web, entryRow, choiceRow]), all)).toBe('two');
    expect(goes(rows([choiceRow, tagged, web, entryRow]), all)).toBe('four');
  });

  it('RT-09: of several that hold the first decides', () => {
    const [a, b] = [
      rule('a', { when: { connectors: ['web'] }, on: toGroup('one') }),
      rule('b', { on: toGroup('two') }),
    ];
    expect([goes(routes([a, b])), goes(routes([b, a]))]).toEqual(['one', 'two']);
  });

  it('RT-10: what is switched off, or is no longer there, is passed over', () => {
    const off = rule('off', { enabled: false, on: toGroup('one') });
    const on = rule('on', { on: toGroup('two') });
    expect(goes(routes([off, on]))).toBe('two');
    expect(goes(routes([{ ...off, enabled: true }, on]))).toBe('one');
    expect(goes(rows([{ ...entryRow, enabled: false }, on]), { entry: { group: id('three') } })).toBe('two');
    expect(goes(routes([rule('gone', { on: toGroup('gone') }), on]))).toBe('two');
  });

  it('RT-11: "has not" is asked of customers without any tag too', () => {
    const all = routes([rule('new', { when: { tags: { none: [id('VIP')] } }, on: toGroup('one') })]);
    expect([goes(all), goes(all, vip)]).toEqual(['one', 'everybody']);
  });

  it('RT-18: after hours a rule may give the word to the bot', () => {
    const all = routes([rule('all', { on: toGroup('one'), off: { to: 'bot' } })]);
    expect(goes(all)).toBe('one');
    expect(decide(asking(), all, night).outcome).toEqual({ to: 'bot', why: 'rule' });
  });

  it('a rule may lead to everybody, or to a message, at any hour', () => {
    const all = routes([rule('web', { when: { connectors: ['web'] }, on: { to: 'leave' } }), rule('all', {})]);
    expect(decide(asking(), all, day).outcome).toEqual({ to: 'leave', groupId: null, why: 'rule' });
    expect(goes(all, { connector: 'line' })).toBe('everybody');
  });
});

describe('the chain', () => {
  const overflow = { policies: [{ id: id('policy'), name: 'Rush', groupIds: [id('two'), id('three')] }] };
  const smart = rule('smart', { on: toGroup('one') });

  it('RT-06: a named agent outranks a named group', () => {
    expect(goes(routes(), { entry: { agent: id('ann'), group: id('two') } })).toBe('ann in one');
    expect(goes(rows([choiceRow, entryRow]), { entry: { agent: id('bob') }, chosenGroupId: id('one') })).toBe(
      'bob in two',
    );
  });

  it('RT-06: an agent who is not there, or not one of ours any more, gives way', () => {
    const away = floorOf({ two: staffed() }, { ann: { present: false, free: false } });
    expect(goes(routes(), { entry: { agent: id('ann'), group: id('two') } }, away)).toBe('two');
    expect(goes(routes(), { entry: { agent: id('zoe'), group: id('two') } }, away)).toBe('two');
  });

  it('RT-06: who is busy is waited for', () => {
    const busy = floorOf({ one: queued(3, { pace: 60 }) }, { ann: { free: false, in: ['one'] } });
    expect(decide(asking({ entry: { agent: id('ann') } }), routes(), busy).outcome).toEqual({
      to: 'wait',
      groupId: id('one'),
      agentId: id('ann'),
      position: 4,
      seconds: 240,
      present: true,
      idle: false,
    });
  });

  it('RT-07: a rule about tags that names an agent is asked first, wherever it stands', () => {
    const all = routes([smart, rule('vip', { when: forVip, on: toAgent('bob') })]);
    expect(goes(all, { ...vip, entry: { group: id('three') } })).toBe('bob in two');
    expect(goes(all)).toBe('one');
    // Only rules about tags have this right.
    expect(goes(routes([smart, rule('web', { when: { connectors: ['web'] }, on: toAgent('bob') })]))).toBe('one');
  });

  it('RT-07: the agent of the link comes before it; an agent who is away leaves the rule to its place', () => {
    const all = routes([rule('vip', { when: forVip, on: toAgent('bob', 'three') }), smart]);
    expect(goes(all, { ...vip, entry: { agent: id('ann') } })).toBe('ann in one');
    const away = floorOf({ one: staffed(), three: staffed(), two: staffed() }, { bob: { present: false } });
    expect(goes(all, { ...vip, entry: { group: id('two') } }, away)).toBe('two');
    expect(goes(all, vip, away)).toBe('three');
    expect(goes(routes([rule('vip', { when: forVip, on: toAgent('bob') }), smart]), vip, away)).toBe('one');
  });

  it('RT-08: agent, group, overflow policy, smart rules, the group chosen, the channel, everybody', () => {
    const all = routes([smart], { queues: overflow });
    const everything = { agent: id('ann'), group: id('four'), overflow: 'Rush' };
    const { agent, ...noAgent } = everything;
    const { group, ...onlyPolicy } = noAgent;
    const more = { chosenGroupId: id('three'), channelGroupId: id('two') };
    expect(goes(all, { ...more, entry: everything })).toBe('ann in one');
    expect(goes(all, { ...more, entry: noAgent })).toBe('four');
    expect(goes(all, { ...more, entry: onlyPolicy })).toBe('two');
    expect(goes(all, more)).toBe('one');
    expect(goes(routes([]), more)).toBe('three');
    expect(goes(routes([]), { channelGroupId: id('two') })).toBe('two');
    expect(goes(routes([]))).toBe('everybody');
  });

  it('RT-08, RT-13: a policy takes its first group with somebody free, by id or by name; without one the rules go on', () => {
    const all = routes([smart], { queues: overflow });
    const busy = floorOf({ one: staffed(), two: queued(1), three: staffed() });
    expect(goes(all, { entry: { overflow: id('policy') } }, busy)).toBe('three');
    expect(goes(all, { entry: { overflow: 'Rush' } }, nobodyIn('two', 'three'))).toBe('one');
    expect(goes(all, { entry: { overflow: 'Calm' } })).toBe('one');
    // Without rules it still stands before the group chosen.
    expect(goes(routes([], { queues: overflow }), { entry: { overflow: 'Rush' }, chosenGroupId: id('four') })).toBe(
      'two',
    );
  });

  it('AR-23: back to the agent who closed, before the rules and for so long', () => {
    const all = routes([smart], { reception: { back: { on: true, within: 3600 } } });
    const closedBy = { agentId: id('bob'), at: asking().at - 3_600_000 };
    expect(goes(all, { closedBy })).toBe('bob in two');
    expect(goes(all, { closedBy: { ...closedBy, at: closedBy.at - 1 } })).toBe('one');
    expect(goes(all, { closedBy: { agentId: id('zoe'), at: asking().at } })).toBe('one');
    expect(goes(routes([smart]), { closedBy })).toBe('one');
  });
});

describe('hours', () => {
  it('RT-14, SS-11: an agent is waited for only in working time of one of his groups, unless sessions are given out at any hour', () => {
    const entry = { agent: id('ann') };
    expect(decide(asking({ entry }), routes(), night).by.kind).toBe('fallback');
    expect(goes(routes([], { matching: { onlyInHours: false } }), { entry }, night)).toBe('ann in one');
    expect(goes(routes(), { entry: { agent: id('bob') } }, night)).toBe('bob in two');
    // An admin who writes him down for the night means it; nobody is idle for matching then.
    const all = routes([rule('all', { on: toGroup('one'), off: toAgent('ann') })]);
    expect(decide(asking(), all, night)).toMatchObject({
      outcome: { to: 'wait', agentId: id('ann'), idle: false, seconds: null },
      open: false,
    });
  });

  it('RT-15, SS-11: only who is at the desk counts', () => {
    const away = nobodyIn('one');
    const all = (nobody: 'queue' | 'leave') => routes([rule('all', { on: toGroup('one') })], { reception: { nobody } });
    expect(decide(asking(), all('leave'), away).outcome).toEqual({ to: 'leave', groupId: id('one'), why: 'nobody' });
    expect(decide(asking(), all('queue'), away).outcome).toMatchObject({ to: 'wait', present: false, idle: false });
  });

  it('RT-17: when everybody is at his cap he waits', () => {
    const full = floorOf({ one: queued(2, { pace: 45.4 }) });
    expect(decide(asking(), routes([rule('all', { on: toGroup('one') })]), full).outcome).toEqual({
      to: 'wait',
      groupId: id('one'),
      agentId: null,
      position: 3,
      seconds: 136,
      present: true,
      idle: false,
    });
  });

  it('WT-06: after hours, where no rule says otherwise: a message, the queue, or the hours', () => {
    const ends = (afterHours: 'leave' | 'queue' | 'hours') =>
      decide(asking(), routes([rule('all', { on: toGroup('one') })], { reception: { afterHours } }), night).outcome;
    expect(ends('leave')).toEqual({ to: 'leave', groupId: id('one'), why: 'off-hours' });
    expect(ends('hours')).toEqual({ to: 'hours', groupId: id('one'), opensAt: MORNING });
    expect(ends('queue')).toMatchObject({ to: 'wait', groupId: id('one'), seconds: null, idle: false });
  });

  it('WT-06: a rule goes by the hours of its own group, and where it names none by those of the organisation', () => {
    const late = floorOf({ '*': closed(), one: staffed(), two: staffed() });
    expect(goes(routes([rule('all', { on: toGroup('one'), off: { to: 'bot' } })]), {}, late)).toBe('one');
    expect(goes(routes([rule('all', { on: { to: 'everybody' }, off: toGroup('two') })]), {}, late)).toBe('two');
    expect(goes(routes([], { fallback: { on: { to: 'everybody' }, off: { to: 'bot' } } }), {}, late)).toBe('bot');
  });

  it('an off-hours group that is closed as well does what is done after hours', () => {
    const all = routes([rule('all', { on: toGroup('one'), off: toGroup('three') })]);
    const dark = floorOf({ '*': closed(), one: closed(), three: closed() });
    expect(decide(asking(), all, dark).outcome).toEqual({ to: 'leave', groupId: id('three'), why: 'off-hours' });
  });
});

describe('what is missing', () => {
  it('SG-07: a group that was deleted takes nobody, wherever it is named', () => {
    const all = routes([rule('gone', { on: toGroup('gone') }), rule('two', { on: toGroup('two') })]);
    const gone = { entry: { group: id('gone') }, chosenGroupId: id('gone'), channelGroupId: id('gone') };
    expect(goes(all, gone)).toBe('two');
    expect(goes(routes(), gone)).toBe('everybody');
  });

  it('SG-02: a group without members takes nobody', () => {
    const all = routes([rule('a', { on: toGroup('one') }), rule('b', { on: toGroup('two') })]);
    expect(goes(all, {}, floorOf({ one: empty({ members: 0 }), two: staffed() }))).toBe('two');
  });

  it('the fallback always decides: everybody, where its own target is not there', () => {
    const lost = floorOf();
    expect(goes(routes([], { fallback: { on: toGroup('gone') } }), {}, lost)).toBe('everybody');
    expect(goes(routes([], { fallback: { on: toAgent('zoe') } }), {}, lost)).toBe('everybody');
    const nothing = { group: () => null, agent: () => null };
    expect(decide(asking(), routes(), nothing).outcome).toMatchObject({ to: 'wait', groupId: null, present: false });
  });
});
