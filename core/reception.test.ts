import { describe, expect, it, test } from 'vitest';
import { houseText } from './house-text.ts';
import type { Inbound } from './inbound.ts';
import { onInbound } from './reception.ts';
import { NOTHING_FOUND } from './rules.ts';
import { answer } from './test/answer.ts';
import { event, type Given, rule, said, situation, wish } from './test/situation.ts';
import { told } from './test/told.ts';

const OPTIONS = ' [留言 | 退出排队]';
const place = (position: number, minutes: number) =>
  `\n您排在第 ${position} 位。\n预计等待时间：约${minutes}分钟。${OPTIONS}`;
const busy = (position: number, minutes: number) => `system: ${houseText('busy', 'zh')}${place(position, minutes)}`;
const still = (position: number, minutes: number) => `system: ${houseText('still', 'zh')}${place(position, minutes)}`;

describe('every kind of event in every state', () => {
  const kinds: Record<string, Inbound> = {
    message: said('hello'),
    human: wish('human'),
    'leave-queue': wish('leave-queue'),
    end: wish('end'),
    enter: wish('enter'),
    'wish to rate': wish('rate'),
    rate: event({ kind: 'rate', invitationId: null, stars: 5, tags: [], resolved: null, comment: null }),
    'leave-message': event({ kind: 'leave-message', form: { name: 'x' }, text: 'call me' }),
    added: event({ kind: 'contact', change: 'added' }),
    returned: event({ kind: 'contact', change: 'returned' }),
    removed: event({ kind: 'contact', change: 'removed' }),
    edit: event({ kind: 'edit', messageId: 'm', content: { type: 'text', text: 'x' } }),
    recall: event({ kind: 'recall', messageId: 'm' }),
    receipt: event({ kind: 'receipt', state: 'read', session: 's', seq: 4 }),
    echo: event({ kind: 'echo', messageId: 'm', content: { type: 'text', text: 'x' } }),
    notice: event({ kind: 'notice', what: 'beacon' }),
    ignored: event({ kind: 'ignored', what: 'join' }),
  };
  const left = `system: ${houseText('left', 'zh')}`;
  const bye = [`system: ${houseText('closed', 'zh')}`, 'close visitor'];
  const thanks = `system: ${houseText('leftMessage', 'zh')}`;
  const later = `system: ${houseText('rateLater', 'zh')}`;
  const all = (...steps: string[]) => ({ none: steps, bot: steps, waiting: steps, serving: steps });
  const expected: Record<string, Record<'none' | 'bot' | 'waiting' | 'serving', string[]>> = {
    message: { none: ['open', 'hear', 'bot: hi'], bot: ['hear'], waiting: ['hear', still(2, 2)], serving: ['hear'] },
    human: {
      none: ['open', 'wait sales', busy(3, 3)],
      bot: ['wait sales', busy(3, 3)],
      waiting: [still(2, 2)],
      serving: [],
    },
    'leave-queue': { none: [], bot: [], waiting: ['leave', left], serving: [] },
    end: { none: [], bot: bye, waiting: bye, serving: bye },
    enter: { none: ['open', 'bot: hi'], bot: [], waiting: [], serving: [] },
    'wish to rate': {
      none: [],
      bot: [later],
      waiting: [later],
      serving: ['invite new-id by visitor', 'system: rating'],
    },
    rate: {
      none: [],
      bot: [later],
      waiting: [later],
      serving: ['invite new-id by visitor', 'rate 5 for new-id', `system: ${houseText('rated', 'zh')}`],
    },
    'leave-message': {
      ...all('left sales: call me', thanks),
      none: ['open', 'left sales: call me', thanks],
    },
    added: { ...all('reach true'), none: ['reach true', 'open', 'bot: hi'] },
    returned: { ...all('reach true'), none: ['reach true', 'open', 'bot: hi'] },
    removed: all('reach false'),
    edit: all('edit'),
    recall: all('recall'),
    receipt: { ...all('receipt read 4'), none: [] },
    echo: { ...all('echo', 'hush'), none: ['open', 'echo', 'hush'] },
    notice: { ...all('note'), none: [] },
    ignored: all(),
  };
  const replies = [rule('w', 'welcome', ['hi'])];
  const table = Object.entries(kinds).flatMap(([name, inbound]) =>
    (['none', 'bot', 'waiting', 'serving'] as const).map((state) => ({
      name,
      state,
      inbound,
      steps: expected[name]![state],
    })),
  );
  it.each(table)('$name, $state', ({ inbound, state, steps }) => {
    expect(answer(inbound, { session: state === 'none' ? null : state, replies, more: { ownPlace: 2 } })).toEqual(
      steps,
    );
  });
  it('without a welcome rule nothing opens by entering alone', () => {
    expect(answer(wish('enter'))).toEqual([]);
    expect(answer(event({ kind: 'contact', change: 'added' }))).toEqual(['reach true']);
  });
});

describe('rules', () => {
  test('AR-01: one by chance, or all', () => {
    const texts = ['a', 'b', 'c'];
    const random = [rule('price', 'keyword', texts, { mode: 'random' })];
    const at = (chance: number) => answer(said('price'), { session: 'bot', replies: random, more: { chance } })[1];
    expect([0, 0.34, 0.67, 0.999].map(at)).toEqual(['bot: a', 'bot: b', 'bot: c', 'bot: c']);
    expect(answer(said('price'), { session: 'bot', replies: [rule('price', 'keyword', texts)] })).toEqual([
      'hear',
      'bot: a',
      'bot: b',
      'bot: c',
    ]);
  });
  test('AR-02: a welcome comes first and only once', () => {
    const replies = [rule('price', 'keyword', ['99']), rule('w', 'welcome', ['hi'])];
    expect(answer(said('price'), { replies })).toEqual(['open', 'hear', 'bot: hi', 'bot: 99']);
    expect(answer(said('price'), { session: 'bot', replies })).toEqual(['hear', 'bot: 99']);
  });
  test('AR-03: the first rule in the order answers, alone; one of another channel does not', () => {
    const scan = () => ({ ...NOTHING_FOUND, replyIds: new Set(['a', 'b']) });
    const [a, b] = [rule('a', 'keyword', ['A']), rule('b', 'keyword', ['B'])];
    const heard = (replies: (typeof a)[]) => answer(said('x'), { session: 'bot', scan, replies });
    expect(heard([a, b])).toEqual(['hear', 'bot: A']);
    expect(heard([b, a])).toEqual(['hear', 'bot: B']);
    expect(heard([{ ...a, channelIds: ['another'] }, b])).toEqual(['hear', 'bot: B']);
    expect(heard([{ ...a, channelIds: ['another', 'channel'] }, b])).toEqual(['hear', 'bot: A']);
  });
  test('a welcome of another channel is silent', () => {
    const replies = [rule('w', 'welcome', ['hi'], { channelIds: ['another'] })];
    expect(answer(said('x'), { replies })).toEqual(['open', 'hear']);
  });
  test('a rule answers only while the rules have the word', () => {
    const replies = [rule('price', 'keyword', ['99'])];
    expect(answer(said('price'), { session: 'waiting', replies })).not.toContain('bot: 99');
    expect(answer(said('price'), { session: 'serving', replies })).toEqual(['hear']);
  });
  test('the fallback is said where nothing is known, but not on top of a welcome', () => {
    const set = { reception: { fallback: 'sorry?' } };
    expect(answer(said('x'), { session: 'bot', set })).toEqual(['hear', 'bot: sorry?']);
    expect(answer(said('x'), { set })).toEqual(['open', 'hear', 'bot: sorry?']);
    expect(answer(said('x'), { set, replies: [rule('w', 'welcome', ['hi'])] })).toEqual(['open', 'hear', 'bot: hi']);
    expect(answer(said('price'), { session: 'bot', set, replies: [rule('price', 'keyword', ['99'])] })).toEqual([
      'hear',
      'bot: 99',
    ]);
  });
  test('a picture has no words to find, and opens all the same', () => {
    const picture = event({ kind: 'message', messageId: 'm', content: { type: 'image', media: {} } });
    const scan = () => {
      throw new Error('nothing to scan');
    };
    expect(answer(picture, { scan })).toEqual(['open', 'hear']);
  });
});

describe('reminder words of a customer', () => {
  test('SW-09: are told, in every state, and the message is heard with its hits', () => {
    for (const session of ['bot', 'waiting', 'serving'] as const) {
      const steps = onInbound(said('angry'), situation({ session }));
      expect(told(steps).slice(0, 2)).toEqual(['hear', 'alert reminder angry']);
      expect(steps[0]).toMatchObject({ hits: [{ word: 'angry', start: 0, end: 5 }] });
    }
    expect(answer(said('calm'), { session: 'bot' })).toEqual(['hear']);
  });
  test('SW-09: in a message left as well', () => {
    const steps = answer(event({ kind: 'leave-message', form: {}, text: 'angry' }), { session: 'bot' });
    expect(steps.slice(0, 2)).toEqual(['alert reminder angry', 'left sales: angry']);
  });
  test('a long text is told by its beginning', () => {
    const hit = { kind: 'reminder', word: 'x', start: 0, end: 1 };
    const scan = () => ({ ...NOTHING_FOUND, reminder: [hit, { ...hit, start: 2, end: 3 }] });
    const alert = onInbound(said('x'.repeat(500)), situation({ session: 'bot', scan }))[1];
    expect(alert).toMatchObject({ text: `${'x'.repeat(200)}…`, words: ['x'] });
  });
});

describe('another application is in charge (LINE standby)', () => {
  test('words are kept and told, nothing is answered', () => {
    const replies = [rule('w', 'welcome', ['hi']), rule('price', 'keyword', ['99'])];
    const silent = { silent: true } as const;
    expect(answer(said('price', silent), { replies })).toEqual(['open', 'hear']);
    expect(answer(said('人工', silent), { session: 'bot' })).toEqual(['hear']);
    expect(answer(said('人工', silent), { session: 'waiting' })).toEqual(['hear']);
    expect(answer(said('angry', silent), { session: 'bot' })).toEqual(['hear', 'alert reminder angry']);
    expect(answer(event({ kind: 'contact', change: 'added' }, silent), { replies })).toEqual(['reach true']);
  });
});

describe('somebody of ours writes in the platform’s own app', () => {
  const hushed = { state: 'bot', hushed: true } as const;
  test('the rules keep silent, but who asks for a person gets one', () => {
    const replies = [rule('price', 'keyword', ['99'])];
    const set = { reception: { fallback: 'sorry?' }, texts: { greeting: { on: true } } };
    expect(answer(said('price'), { session: { ...hushed, marks: { heard: undefined } }, replies, set })).toEqual([
      'hear',
    ]);
    expect(answer(said('人工'), { session: hushed })).toEqual(['hear', 'wait sales', busy(3, 3)]);
    expect(answer(said('退款'), { session: hushed, floor: { refunds: { free: 1, waiting: 0 } } })[1]).toBe(
      'wait refunds',
    );
    expect(answer(said('退款'), { session: hushed, set })).toEqual(['hear', 'decided']);
    expect(answer(said('hello'), { session: { ...hushed, state: 'waiting' } })).toEqual(['hear']);
  });
});

describe('the right to answer', () => {
  const window = { grants: { message: { seconds: 60 }, scan: { seconds: 60 } } };
  const opens = (inbound: Inbound, given: Given = {}) => answer(inbound, { ...given, more: { window } });
  test('is granted after the session is there and before anything is said', () => {
    expect(opens(said('x'), { session: 'bot' })).toEqual(['grant', 'hear']);
    expect(opens(said('x'))).toEqual(['open', 'grant', 'hear']);
    const scan = event({ kind: 'contact', change: 'added' }, { trigger: 'scan' });
    expect(opens(scan, { replies: [rule('w', 'welcome', ['hi'])] })).toEqual([
      'reach true',
      'open',
      'grant',
      'bot: hi',
    ]);
    expect(opens(scan)).toEqual(['reach true']);
  });
});

test('a number of an ended session changes nothing in this one', () => {
  const receipt = (more: object) => event({ kind: 'receipt', state: 'delivered', ...more });
  expect(answer(receipt({ session: 'earlier', seq: 9 }), { session: 'bot' })).toEqual([]);
  expect(answer(receipt({ messageIds: ['a', 'b'] }), { session: 'bot' })).toEqual(['receipt delivered a,b']);
});
