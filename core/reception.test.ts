import { describe, expect, it, test } from 'vitest';
import { houseText } from './house-text.ts';
import type { Inbound, InboundKind } from './inbound.ts';
import { closing, onInbound, type Situation } from './reception.ts';
import { type AutoReplyRule, NOTHING_FOUND, type Rules, type Scan } from './rules.ts';
import type { Session, State } from './session.ts';
import type { Step } from './step.ts';

const CHANNEL = 'channel';
const RECEPTION: Rules['reception'] = {
  mode: 'bot',
  fallback: '',
  queued: '',
  noAgent: '',
  closing: '',
  silentKeyword: true,
};

/** Words stand for what the matching engine found: the engine has its own tests. */
const WORDS: Record<string, Partial<Scan>> = {
  人工: { human: true },
  退款: { keywordHuman: { groupId: 'refunds' } },
  客服: { keywordHuman: { groupId: null } },
  both: { keywordHuman: { groupId: null }, human: true },
  price: { replyIds: new Set(['price']) },
  'price 人工': { replyIds: new Set(['price']), human: true },
  'price 退款': { replyIds: new Set(['price']), keywordHuman: { groupId: 'refunds' } },
  angry: { reminder: [{ kind: 'reminder', word: 'angry', start: 0, end: 5 }] },
};

const rule = (
  id: string,
  type: AutoReplyRule['type'],
  texts: string[],
  more: Partial<AutoReplyRule> = {},
): AutoReplyRule => ({
  id,
  type,
  mode: 'all',
  channelIds: [],
  replies: texts.map((text) => ({ type: 'text', text })),
  ...more,
});

interface Given {
  state?: State | null;
  rules?: Partial<Rules>;
  reception?: Partial<Rules['reception']>;
  staffed?: (string | null)[] | 'all';
  chance?: number;
  mayEnd?: boolean;
  ownPlace?: number;
}

function at({
  state = null,
  rules = {},
  reception = {},
  staffed = 'all',
  chance = 0,
  mayEnd = true,
  ownPlace,
}: Given = {}): Situation {
  const session: Session | null = state && {
    id: 's',
    state,
    channelId: CHANNEL,
    groupId: state === 'waiting' ? 'sales' : null,
    agentId: state === 'serving' ? 'agent' : null,
  };
  return {
    session,
    channelId: CHANNEL,
    language: 'zh',
    mayEnd,
    chance,
    ownPlace: ownPlace ?? null,
    rules: {
      reception: { ...RECEPTION, ...reception },
      replies: [],
      scan: (text) => ({ ...NOTHING_FOUND, ...WORDS[text] }),
      groupFor: () => 'sales',
      ...rules,
    },
    staffed: (groupId) => staffed === 'all' || staffed.includes(groupId),
    place: (groupId) => (groupId === 'refunds' ? 7 : 3),
  };
}

const base = { externalId: 'e', from: 'visitor', at: 1 };
const event = (kind: InboundKind, more: Partial<Inbound> = {}): Inbound => ({ ...base, ...kind, ...more }) as Inbound;
const said = (text: string, more: Partial<Inbound> = {}) =>
  event({ kind: 'message', messageId: 'm', content: { type: 'text', text } }, more);
const wish = (which: 'human' | 'leave-queue' | 'end' | 'enter', groupId?: string) =>
  event({ kind: 'wish', wish: which, groupId });

/** A step as one short word, so that a whole answer is read at a glance. */
function told(steps: readonly Step[]): string[] {
  return steps.map((step) => {
    switch (step.do) {
      case 'say':
        return `${step.as}: ${step.content.type === 'text' ? step.content.text : step.content.type}`;
      case 'wait':
        return `wait ${step.groupId}`;
      case 'close':
        return `close ${step.by}`;
      case 'alert':
        return `alert ${step.kind} ${step.words.join()}`;
      case 'reach':
        return `reach ${step.reachable}`;
      case 'receipt':
        return `receipt ${step.state} ${step.seq ?? step.messageIds?.join()}`;
      default:
        return step.do;
    }
  });
}
const answer = (inbound: Inbound, given?: Given) => told(onInbound(inbound, at(given)));
const queued = (position: number) => `system: ${houseText('queued', 'zh', '', { position })}`;
const nobody = (position: number) => `system: ${houseText('noAgent', 'zh', '', { position })}`;

describe('every kind of event in every state', () => {
  const kinds: Record<string, Inbound> = {
    message: said('hello'),
    human: wish('human'),
    'leave-queue': wish('leave-queue'),
    end: wish('end'),
    enter: wish('enter'),
    added: event({ kind: 'contact', change: 'added' }),
    returned: event({ kind: 'contact', change: 'returned' }),
    removed: event({ kind: 'contact', change: 'removed' }),
    edit: event({ kind: 'edit', messageId: 'm', content: { type: 'text', text: 'x' } }),
    recall: event({ kind: 'recall', messageId: 'm' }),
    receipt: event({ kind: 'receipt', state: 'read', session: 's', seq: 4 }),
    notice: event({ kind: 'notice', what: 'beacon' }),
    ignored: event({ kind: 'ignored', what: 'join' }),
  };
  const rules = { replies: [rule('w', 'welcome', ['hi'])] };
  const left = `system: ${houseText('left', 'zh')}`;
  const bye = `system: ${houseText('closed', 'zh')}`;
  const expected: Record<string, Record<'none' | 'bot' | 'waiting' | 'serving', string[]>> = {
    message: { none: ['open', 'hear', 'bot: hi'], bot: ['hear'], waiting: ['hear'], serving: ['hear'] },
    human: {
      none: ['open', 'wait sales', queued(3)],
      bot: ['wait sales', queued(3)],
      waiting: [queued(2)],
      serving: [],
    },
    'leave-queue': { none: [], bot: [], waiting: ['leave', left], serving: [] },
    end: { none: [], bot: [bye, 'close visitor'], waiting: [bye, 'close visitor'], serving: [bye, 'close visitor'] },
    enter: { none: ['open', 'bot: hi'], bot: [], waiting: [], serving: [] },
    added: {
      none: ['reach true', 'open', 'bot: hi'],
      bot: ['reach true'],
      waiting: ['reach true'],
      serving: ['reach true'],
    },
    returned: {
      none: ['reach true', 'open', 'bot: hi'],
      bot: ['reach true'],
      waiting: ['reach true'],
      serving: ['reach true'],
    },
    removed: { none: ['reach false'], bot: ['reach false'], waiting: ['reach false'], serving: ['reach false'] },
    edit: { none: ['edit'], bot: ['edit'], waiting: ['edit'], serving: ['edit'] },
    recall: { none: ['recall'], bot: ['recall'], waiting: ['recall'], serving: ['recall'] },
    receipt: { none: [], bot: ['receipt read 4'], waiting: ['receipt read 4'], serving: ['receipt read 4'] },
    notice: { none: [], bot: ['note'], waiting: ['note'], serving: ['note'] },
    ignored: { none: [], bot: [], waiting: [], serving: [] },
  };
  const table = Object.entries(kinds).flatMap(([name, inbound]) =>
    (['none', 'bot', 'waiting', 'serving'] as const).map((state) => ({
      name,
      state,
      inbound,
      steps: expected[name]![state],
    })),
  );
  it.each(table)('$name, $state', ({ inbound, state, steps }) => {
    expect(answer(inbound, { state: state === 'none' ? null : state, rules, ownPlace: 2 })).toEqual(steps);
  });
  it('without a welcome rule nothing opens by entering alone', () => {
    expect(answer(wish('enter'))).toEqual([]);
    expect(answer(event({ kind: 'contact', change: 'added' }))).toEqual(['reach true']);
  });
});

describe('asking for a person', () => {
  test('SW-01, SW-02: whoever asks is queued and told, whether somebody is there or not', () => {
    expect(answer(wish('human'), { state: 'bot' })).toEqual(['wait sales', queued(3)]);
    expect(answer(wish('human'), { state: 'bot', staffed: [] })).toEqual(['wait sales', nobody(3)]);
    expect(answer(wish('human', 'refunds'), { state: 'bot', staffed: ['sales'] })).toEqual(['wait refunds', nobody(7)]);
  });
  test('SW-03: a forced word is the button; an ordinary word is not', () => {
    expect(answer(said('人工'), { state: 'bot' })).toEqual(['hear', 'wait sales', queued(3)]);
    expect(answer(said('人工'), { state: 'bot', staffed: [] })).toEqual(['hear', 'wait sales', nobody(3)]);
    expect(answer(said('hello'), { state: 'bot' })).toEqual(['hear']);
  });
  test('SW-03: people outrank answers', () => {
    const rules = { replies: [rule('price', 'keyword', ['99'])] };
    expect(answer(said('price 人工'), { state: 'bot', rules })).toEqual(['hear', 'wait sales', queued(3)]);
    expect(answer(said('price'), { state: 'bot', rules })).toEqual(['hear', 'bot: 99']);
  });
  test('SW-04, SW-06: the keyword list queues where its group is staffed, and is silent where it is not', () => {
    const rules = { replies: [rule('price', 'keyword', ['99'])] };
    expect(answer(said('退款'), { state: 'bot' })).toEqual(['hear', 'wait refunds', queued(7)]);
    expect(answer(said('客服'), { state: 'bot' })).toEqual(['hear', 'wait sales', queued(3)]);
    expect(answer(said('退款'), { state: 'bot', staffed: ['sales'] })).toEqual(['hear']);
    expect(answer(said('price 退款'), { state: 'bot', staffed: ['sales'], rules })).toEqual(['hear', 'bot: 99']);
  });
  test('SW-04 with the silence switched off: queued and told', () => {
    expect(answer(said('退款'), { state: 'bot', staffed: [], reception: { silentKeyword: false } })).toEqual([
      'hear',
      'wait refunds',
      nobody(7),
    ]);
  });
  test('SW-05: in both lists the keyword list decides: nobody there, no word', () => {
    expect(answer(said('both'), { state: 'bot', staffed: [] })).toEqual(['hear']);
    expect(answer(said('both'), { state: 'bot' })).toEqual(['hear', 'wait sales', queued(3)]);
    expect(answer(said('人工'), { state: 'bot', staffed: [] })).toEqual(['hear', 'wait sales', nobody(3)]);
  });
  test('who waits already hears the place again, and does not lose it', () => {
    expect(answer(said('人工'), { state: 'waiting', ownPlace: 5 })).toEqual(['hear', queued(5)]);
    expect(answer(said('退款'), { state: 'waiting', ownPlace: 5 })).toEqual(['hear']);
    expect(answer(said('人工'), { state: 'serving' })).toEqual(['hear']);
  });
  test('own wordings are said instead of the house’s', () => {
    const reception = { queued: 'Platz {position}', noAgent: 'zu, {position}', closing: 'tschüss' };
    expect(answer(wish('human'), { state: 'bot', reception })).toEqual(['wait sales', 'system: Platz 3']);
    expect(answer(wish('human'), { state: 'bot', staffed: [], reception })).toEqual(['wait sales', 'system: zu, 3']);
    expect(answer(wish('end'), { state: 'bot', reception })).toEqual(['system: tschüss', 'close visitor']);
  });
});

describe('rules', () => {
  test('AR-01: one by chance, or all', () => {
    const texts = ['a', 'b', 'c'];
    const random = { replies: [rule('price', 'keyword', texts, { mode: 'random' })] };
    expect(
      [0, 0.34, 0.67, 0.999].map((chance) => answer(said('price'), { state: 'bot', rules: random, chance })[1]),
    ).toEqual(['bot: a', 'bot: b', 'bot: c', 'bot: c']);
    expect(answer(said('price'), { state: 'bot', rules: { replies: [rule('price', 'keyword', texts)] } })).toEqual([
      'hear',
      'bot: a',
      'bot: b',
      'bot: c',
    ]);
  });
  test('AR-02: a welcome comes first and only once', () => {
    const rules = { replies: [rule('price', 'keyword', ['99']), rule('w', 'welcome', ['hi'])] };
    expect(answer(said('price'), { rules })).toEqual(['open', 'hear', 'bot: hi', 'bot: 99']);
    expect(answer(said('price'), { state: 'bot', rules })).toEqual(['hear', 'bot: 99']);
  });
  test('AR-03: the first rule in the order answers, alone; one of another channel does not', () => {
    const scan = () => ({ ...NOTHING_FOUND, replyIds: new Set(['a', 'b']) });
    const replies = [rule('a', 'keyword', ['A']), rule('b', 'keyword', ['B'])];
    expect(answer(said('x'), { state: 'bot', rules: { scan, replies } })).toEqual(['hear', 'bot: A']);
    expect(answer(said('x'), { state: 'bot', rules: { scan, replies: [replies[1]!, replies[0]!] } })).toEqual([
      'hear',
      'bot: B',
    ]);
    const elsewhere = rule('a', 'keyword', ['A'], { channelIds: ['another'] });
    expect(answer(said('x'), { state: 'bot', rules: { scan, replies: [elsewhere, replies[1]!] } })).toEqual([
      'hear',
      'bot: B',
    ]);
    const here = rule('a', 'keyword', ['A'], { channelIds: ['another', CHANNEL] });
    expect(answer(said('x'), { state: 'bot', rules: { scan, replies: [here, replies[1]!] } })).toEqual([
      'hear',
      'bot: A',
    ]);
  });
  test('a welcome of another channel is silent', () => {
    expect(
      answer(said('x'), { rules: { replies: [rule('w', 'welcome', ['hi'], { channelIds: ['another'] })] } }),
    ).toEqual(['open', 'hear']);
  });
  test('a rule answers only while the rules have the word', () => {
    const rules = { replies: [rule('price', 'keyword', ['99'])] };
    expect(answer(said('price'), { state: 'waiting', rules })).toEqual(['hear']);
    expect(answer(said('price'), { state: 'serving', rules })).toEqual(['hear']);
  });
  test('the fallback is said where nothing is known, but not on top of a welcome', () => {
    const reception = { fallback: 'sorry?' };
    expect(answer(said('x'), { state: 'bot', reception })).toEqual(['hear', 'bot: sorry?']);
    expect(answer(said('x'), { reception })).toEqual(['open', 'hear', 'bot: sorry?']);
    expect(answer(said('x'), { reception, rules: { replies: [rule('w', 'welcome', ['hi'])] } })).toEqual([
      'open',
      'hear',
      'bot: hi',
    ]);
    expect(
      answer(said('price'), { state: 'bot', reception, rules: { replies: [rule('price', 'keyword', ['99'])] } }),
    ).toEqual(['hear', 'bot: 99']);
  });
  test('CH-08: people first, the first words queue', () => {
    const reception = { mode: 'human' as const, fallback: 'sorry?' };
    expect(answer(said('x'), { reception })).toEqual(['open', 'hear', 'wait sales', queued(3)]);
    expect(answer(said('x'), { reception, staffed: [] })).toEqual(['open', 'hear', 'wait sales', nobody(3)]);
    expect(answer(said('price'), { reception, rules: { replies: [rule('price', 'keyword', ['99'])] } })).toEqual([
      'open',
      'hear',
      'wait sales',
      queued(3),
    ]);
    expect(answer(said('x'), { reception: { ...reception, mode: 'bot' } })).toEqual(['open', 'hear', 'bot: sorry?']);
  });
  test('a picture has no words to find, and opens all the same', () => {
    const picture = event({ kind: 'message', messageId: 'm', content: { type: 'image', media: {} } });
    const rules = {
      scan: () => {
        throw new Error('nothing to scan');
      },
    };
    expect(answer(picture, { rules })).toEqual(['open', 'hear']);
  });
});

describe('reminder words of a customer (SW-09)', () => {
  test('are told, in every state, and the message is heard with its hits', () => {
    for (const state of ['bot', 'waiting', 'serving'] as const) {
      const steps = onInbound(said('angry'), at({ state }));
      expect(told(steps)).toEqual(['hear', 'alert reminder angry']);
      expect(steps[0]).toMatchObject({ hits: [{ word: 'angry', start: 0, end: 5 }] });
    }
    expect(answer(said('calm'), { state: 'bot' })).toEqual(['hear']);
  });
  test('a long text is told by its beginning', () => {
    const scan = () => ({
      ...NOTHING_FOUND,
      reminder: [
        { kind: 'reminder', word: 'x', start: 0, end: 1 },
        { kind: 'reminder', word: 'x', start: 2, end: 3 },
      ],
    });
    const alert = onInbound(said('x'.repeat(500)), at({ state: 'bot', rules: { scan } }))[1];
    expect(alert).toMatchObject({ text: `${'x'.repeat(200)}…`, words: ['x'] });
  });
});

describe('another application is in charge (LINE standby)', () => {
  test('words are kept and told, nothing is answered', () => {
    const rules = { replies: [rule('w', 'welcome', ['hi']), rule('price', 'keyword', ['99'])] };
    expect(answer(said('price', { silent: true }), { rules })).toEqual(['open', 'hear']);
    expect(answer(said('人工', { silent: true }), { state: 'bot' })).toEqual(['hear']);
    expect(answer(said('人工', { silent: true }), { state: 'waiting', ownPlace: 1 })).toEqual(['hear']);
    expect(answer(said('angry', { silent: true }), { state: 'bot' })).toEqual(['hear', 'alert reminder angry']);
    expect(answer(event({ kind: 'contact', change: 'added' }, { silent: true }), { rules })).toEqual(['reach true']);
  });
});

describe('the end', () => {
  test('V-11: only where the channel lets the customer', () => {
    expect(answer(wish('end'), { state: 'serving', mayEnd: false })).toEqual([]);
    expect(answer(wish('end'), { state: 'serving' })).toHaveLength(2);
  });
  test('the text before the end, and who ended', () => {
    expect(told(closing(at().rules, 'en', 'agent'))).toEqual([`system: ${houseText('closed', 'en')}`, 'close agent']);
  });
  test('a number of an ended session changes nothing in this one', () => {
    expect(answer(event({ kind: 'receipt', state: 'read', session: 'earlier', seq: 9 }), { state: 'bot' })).toEqual([]);
    expect(answer(event({ kind: 'receipt', state: 'delivered', messageIds: ['a', 'b'] }), { state: 'bot' })).toEqual([
      'receipt delivered a,b',
    ]);
  });
});
