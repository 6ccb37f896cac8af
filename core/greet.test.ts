import { describe, expect, it, test } from 'vitest';
import { agentGreeting, groupTakesOver } from './greet.ts';
import { onInbound } from './reception.ts';
import { Texts } from './settings/index.ts';
import { answer, house } from './test/answer.ts';
import {
  become,
  CLOSED_GROUP,
  EMPTY_GROUP,
  event,
  FREE_GROUP,
  type Given,
  NOW,
  rule,
  said,
  sessionOf,
  situation,
  tapped,
  wish,
} from './test/situation.ts';
import { told } from './test/told.ts';

const free = { sales: FREE_GROUP, refunds: FREE_GROUP };
const queued = `system: ${house('queued')}`;
const items = [
  { id: 'i1', text: '售前', groupId: 'sales' },
  { id: 'i2', text: '退款', groupId: 'refunds' },
];

describe('a new session', () => {
  test('AR-10, SS-02: the company’s welcome, before the customer’s first words, once', () => {
    const set = { texts: { welcome: { on: true, text: 'welcome!' } } };
    expect(answer(wish('enter'), { set })).toEqual(['open', 'system: welcome!']);
    expect(answer(event({ kind: 'contact', change: 'added' }), { set })).toEqual([
      'reach true',
      'open',
      'system: welcome!',
    ]);
    expect(answer(said('hello'), { set })).toEqual(['open', 'hear', 'system: welcome!']);
    expect(answer(said('hello'), { set, session: 'bot' })).toEqual(['hear']);
    expect(answer(wish('enter'), { set: { texts: { welcome: { on: true } } } })[1]).toBe(`system: ${house('welcome')}`);
    expect(answer(wish('enter'), { set: { texts: { welcome: { on: false, text: 'welcome!' } } } })).toEqual([]);
  });
  test('AR-11, SS-03: the menu stands under the welcome', () => {
    const menu = { on: true, items };
    const welcome = { on: true, text: 'welcome!' };
    const hears = (texts: object, given: Given = {}) => answer(wish('enter'), { ...given, set: { texts } });
    expect(hears({ welcome, menu })).toEqual(['open', 'system: welcome! [售前 | 退款]']);
    expect(hears({ welcome, menu: { ...menu, text: 'what?' } })).toEqual([
      'open',
      'system: welcome!',
      'system: what? [售前 | 退款]',
    ]);
    expect(hears({ menu })).toEqual(['open', `system: ${house('menu')} [售前 | 退款]`]);
    expect(hears({ welcome, menu }, { replies: [rule('w', 'welcome', ['hi'])] })).toEqual([
      'open',
      'system: welcome!',
      'bot: hi',
      `system: ${house('menu')} [售前 | 退款]`,
    ]);
    expect(hears({ welcome, menu: { ...menu, on: false } })).toEqual(['open', 'system: welcome!']);
    expect(hears({ menu: { on: true, items: [] } })).toEqual([]);
  });
  test('AR-11, SS-03: an item leads to its group, by tap, number or words', () => {
    const set = { texts: { menu: { on: true, items } } };
    const session = become(null, onInbound(wish('enter'), situation({ set })));
    for (const words of ['2', '②', '退款', '2. 退款'])
      expect(answer(said(words), { session, set, floor: free })).toEqual(['hear', 'wait refunds', queued]);
    expect(answer(tapped('haina:group:i1', '售前'), { session, set, floor: free })[1]).toBe('wait sales');
    expect(answer(said('3'), { session, set, floor: free })).toEqual(['hear']);
    // Long after: the tap tells by itself; an item that is no longer there does not.
    expect(answer(tapped('haina:group:i2', '退款'), { session: 'bot', set, floor: free })[1]).toBe('wait refunds');
    expect(answer(tapped('haina:group:gone', 'x'), { session: 'bot', set, floor: free })).toEqual(['hear']);
  });
  test('AR-11: who waits changes the queue; who is served is only heard', () => {
    const set = { texts: { menu: { on: true, items } } };
    expect(answer(tapped('haina:group:i2'), { session: 'waiting', set })[1]).toBe('wait refunds');
    expect(answer(tapped('haina:group:i1'), { session: 'waiting', set })[1]).toMatch(house('still'));
    expect(answer(tapped('haina:group:i1'), { session: 'serving', set })).toEqual(['hear']);
  });
});

describe('AR-12, SS-04: the company’s greeting', () => {
  const set = { texts: { greeting: { on: true, text: 'got it' } } };
  test('AR-12: after the first words, once', () => {
    const first = onInbound(said('hello'), situation({ set }));
    expect(told(first)).toEqual(['open', 'hear', 'system: got it']);
    expect(answer(said('more'), { session: become(null, first), set })).toEqual(['hear']);
    const entered = sessionOf({ state: 'bot', marks: { heard: undefined } });
    expect(answer(said('hello'), { session: entered, set })).toEqual(['hear', 'system: got it']);
    expect(answer(wish('enter'), { set })).toEqual([]);
  });
  test('SS-04: with the switch off nothing; with no words of one’s own the house’s', () => {
    expect(answer(said('x'), { set: { texts: { greeting: { on: false, text: 'got it' } } } })).toEqual([
      'open',
      'hear',
    ]);
    expect(answer(said('x'), { set: { texts: { greeting: { on: true } } } })).toEqual([
      'open',
      'hear',
      `system: ${house('greeting')}`,
    ]);
  });
});

describe('a group’s greeting (AR-13)', () => {
  const groups = {
    sales: { greeting: { on: true, text: 'sales here' }, offHours: { on: true, text: 'sales sleeps' } },
  };
  test('SG-04: as he joins it, when he has said something', () => {
    const steps = onInbound(said('人工'), situation({ session: 'bot', groups, floor: free }));
    expect(told(steps)).toEqual(['hear', 'wait sales', 'system: sales here', queued]);
    const waiting = become(sessionOf({ state: 'bot' }), steps);
    expect(
      answer(said('hello'), { session: waiting, groups, set: { texts: { whileWaiting: { on: false } } } }),
    ).toEqual(['hear']);
  });
  test('SG-04: with his first words, when he joined without any, whoever serves him by then', () => {
    expect(answer(wish('human'), { groups, floor: free })).toEqual(['open', 'wait sales', queued]);
    for (const state of ['waiting', 'serving'] as const) {
      const session = sessionOf({ state, marks: { heard: undefined, toldAt: NOW } });
      expect(answer(said('hello'), { session, groups, floor: free })).toEqual(['hear', 'system: sales here']);
    }
  });
  test('SG-04: once in a session', () => {
    const session = sessionOf({ state: 'bot', marks: { said: ['group:sales'] } });
    expect(answer(said('人工'), { session, groups, floor: free })).toEqual(['hear', 'wait sales', queued]);
  });
  test('SG-05, SG-06: after hours not the greeting but the off-hours text', () => {
    const set = { reception: { afterHours: 'queue' as const } };
    const steps = answer(said('人工'), { session: 'bot', groups, set, floor: { sales: CLOSED_GROUP } });
    expect(steps).not.toContain('system: sales here');
    expect(steps.at(-1)).toMatch(/^system: sales sleeps\n/);
  });
  test('SG-05: each has its switch', () => {
    const off = {
      sales: { greeting: { on: false, text: 'sales here' }, offHours: { on: false, text: 'sales sleeps' } },
    };
    expect(answer(said('人工'), { session: 'bot', groups: off, floor: free })).toEqual(['hear', 'wait sales', queued]);
    expect(answer(said('人工'), { session: 'bot', groups: off, floor: { sales: CLOSED_GROUP } }).at(-1)).not.toMatch(
      'sleeps',
    );
  });
  const greeter = (given: Given, said: string[] = []) => ({ ...situation({ groups, ...given }), said });
  test('TR-04: on a transfer to it, once, and SG-06 by its hours', () => {
    expect(told(groupTakesOver('sales', greeter({ floor: free }), { greet: true }))).toEqual(['system: sales here']);
    expect(told(groupTakesOver('sales', greeter({ floor: free }, ['group:sales']), { greet: true }))).toEqual([]);
    expect(told(groupTakesOver('sales', greeter({ floor: { sales: CLOSED_GROUP } }), { greet: true }))).toEqual([
      'system: sales sleeps',
    ]);
    expect(told(groupTakesOver('gone', greeter({}), { greet: true }))).toEqual([]);
  });
  test('SS-09: a transferred session is not greeted again, by group or agent', () => {
    expect(groupTakesOver('sales', greeter({ floor: free }), { greet: false })).toEqual([]);
    const amy = { id: 'amy', name: 'Amy', greeting: 'I am {agent}' };
    const session = sessionOf({ state: 'serving' });
    expect(agentGreeting(session, amy, 'transferred', { greet: false })).toEqual([]);
    expect(told(agentGreeting(session, amy, 'transferred', { greet: true }))).toEqual(['system: I am Amy']);
    const steps = agentGreeting(session, amy, 'matched', { greet: false });
    expect(told(steps)).toEqual(['system: I am Amy']);
    expect(agentGreeting(become(session, steps), amy, 'accepted', { greet: true })).toEqual([]);
    expect(agentGreeting(session, { ...amy, greeting: ' ' }, 'accepted', { greet: true })).toEqual([]);
  });
});

describe('how he is received (CH-07…CH-09)', () => {
  const prices = [rule('price', 'keyword', ['99'])];
  const mode = (name: 'human' | 'human-only', more: object = {}) => ({ reception: { mode: name, ...more } });
  test('CH-08: the rules first: nobody is asked for unless he asks', () => {
    expect(answer(said('x'), { floor: free })).toEqual(['open', 'hear']);
  });
  test('CH-08: people first: his first words queue, before any answer of the rules', () => {
    for (const name of ['human', 'human-only'] as const)
      expect(answer(said('price'), { set: mode(name), replies: prices, floor: free })).toEqual([
        'open',
        'hear',
        'wait sales',
        queued,
      ]);
  });
  test('CH-08: people first, but nobody is there: the rules answer where they can, else he hears what there is', () => {
    const given: Given = { set: mode('human'), replies: prices, floor: { sales: EMPTY_GROUP } };
    expect(answer(said('price'), given)).toEqual(['open', 'hear', 'decided', 'bot: 99']);
    expect(answer(said('x'), given)[2]).toBe('wait sales');
    const fallback: Given = { ...given, set: mode('human', { fallback: 'sorry?' }) };
    expect(answer(said('x'), fallback)).toEqual(['open', 'hear', 'decided', 'bot: sorry?']);
    expect(answer(said('price 人工'), given)[2]).toBe('wait sales');
    expect(answer(said('price'), { ...given, floor: { sales: CLOSED_GROUP } })).toEqual([
      'open',
      'hear',
      'decided',
      'bot: 99',
    ]);
  });
  test('CH-08: people only: the rules never answer', () => {
    const given: Given = {
      set: mode('human-only', { fallback: 'sorry?' }),
      replies: prices,
      floor: { sales: CLOSED_GROUP },
    };
    expect(answer(said('price'), given).slice(2, 4)).toEqual(['decided', 'leaving true']);
  });
  test('CH-08: only the hours: said once a minute, not with every line', () => {
    const set = mode('human-only', { afterHours: 'hours' });
    const floor = { sales: CLOSED_GROUP };
    const first = onInbound(said('x'), situation({ session: 'bot', set, floor }));
    expect(told(first).at(-1)).toMatch(house('offHours'));
    expect(answer(said('y'), { session: become(sessionOf({ state: 'bot' }), first), set, floor })).toEqual([
      'hear',
      'decided',
    ]);
  });
  test('CH-08: a mode in the link outranks the channel’s', () => {
    expect(answer(said('x'), { set: mode('human'), floor: free, more: { entry: { mode: 'bot' } } })).toEqual([
      'open',
      'hear',
    ]);
    expect(answer(said('x'), { floor: free, more: { entry: { mode: 'human' } } })[2]).toBe('wait sales');
  });
  test('CH-07: a plan is for some: the first that holds', () => {
    const when = { connectors: [], channelIds: [], tags: { any: ['vip'], all: [], none: [] }, entry: [] };
    const plans = [{ id: 'p', name: 'vip', enabled: true, when, mode: 'human' as const, afterMessage: true }];
    const set = { reception: { plans } };
    expect(answer(said('x'), { set, floor: free, more: { tags: ['vip'] } })[2]).toBe('wait sales');
    expect(answer(said('x'), { set, floor: free })).toEqual(['open', 'hear']);
  });
  test('CH-09: without the switch a person is asked for as he enters; with it not before he speaks', () => {
    const enters = (after_: boolean, given: Given = {}) =>
      answer(wish('enter'), { set: mode('human', { afterMessage: after_ }), floor: free, ...given });
    expect(enters(false)).toEqual(['open', 'wait sales', queued]);
    expect(enters(true)).toEqual([]);
    expect(enters(false, { floor: { sales: EMPTY_GROUP } })).toEqual([]);
    const only = mode('human-only', { afterMessage: false });
    expect(answer(wish('enter'), { set: only, floor: { sales: CLOSED_GROUP } }).slice(0, 3)).toEqual([
      'open',
      'decided',
      'leaving true',
    ]);
  });
  test('CH-09: a picture is a message too', () => {
    const picture = event({ kind: 'message', messageId: 'm', content: { type: 'image', media: {} } });
    expect(answer(picture, { set: mode('human-only'), floor: free })[2]).toBe('wait sales');
  });
  test('AR-23: back to the agent who closed, past the rules', () => {
    const set = { reception: { back: { on: true, within: 3600 } } };
    const given = (ago: number, agents: Given['agents'] = { amy: {} }): Given => ({
      set,
      agents,
      replies: prices,
      more: { closedBy: { agentId: 'amy', at: NOW - ago } },
    });
    expect(answer(said('price'), given(3_600_000))).toEqual(['open', 'hear', 'wait sales for amy', queued]);
    expect(answer(said('price'), given(3_600_001))).toEqual(['open', 'hear', 'bot: 99']);
    expect(answer(said('price'), given(60_000, {}))).toEqual(['open', 'hear', 'bot: 99']);
    expect(answer(said('price'), { ...given(60_000), session: 'bot' })).toEqual(['hear', 'bot: 99']);
    const atOnce = { reception: { ...set.reception, afterMessage: false } };
    expect(answer(wish('enter'), { ...given(60_000), set: atOnce })).toEqual(['open', 'wait sales for amy', queued]);
  });
});

describe('what texts are unless somebody sets them', () => {
  it.each([
    ['SS-02: no welcome', Texts.parse({}).welcome.on, false],
    ['SS-03: no menu', Texts.parse({}).menu.on, false],
    ['SS-04: no greeting', Texts.parse({}).greeting.on, false],
    ['SS-05: a closing text', Texts.parse({}).closing.on, true],
    ['SS-06, AR-17: tracks are not shown', Texts.parse({}).showTrack, false],
    ['SS-07: who waits is answered', Texts.parse({}).whileWaiting.on, true],
    ['SS-12: the agent’s name is shown', Texts.parse({}).showAgentName, true],
    ['SS-13: and his state', Texts.parse({}).hideAgentState, false],
    ['SS-14: nobody idle is told', Texts.parse({}).noIdle.on, true],
  ])('%s', (_, value, expected) => expect(value).toBe(expected));
});
