import { describe, expect, it } from 'vitest';
import {
  type ConditionRule,
  type QueueRule,
  ReceptionPlan,
  RouteRule,
  Routing,
  When,
} from '../../core/settings/index.ts';
import { QueueRule as QueueShape } from '../../core/settings/queues.ts';
import { words as english } from '../src/lib/i18n/rules/en.ts';
import { words as chinese } from '../src/lib/i18n/rules/zh-CN.ts';
import { FIXED, freshPlan, freshQueueRule, freshRow, freshRule } from '../src/lib/settings/fresh.ts';
import {
  fallbackSummary,
  planSummary,
  queueSummary,
  ruleSummary,
  type Voice,
  whoIs,
} from '../src/lib/settings/summary.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [SALES, CARE, NIGHT, ANN, SITE, VIP, OLD, TEST] = [1, 2, 3, 4, 5, 6, 7, 8].map(id) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];
const NAMES = {
  zh: {
    [SALES]: '售前组',
    [CARE]: '售后组',
    [NIGHT]: '夜班组',
    [ANN]: '客服甲',
    [SITE]: '官网',
    [VIP]: 'VIP',
    [OLD]: '老客户',
    [TEST]: '测试',
    wechat: '微信',
    web: '网页',
  },
  en: {
    [SALES]: 'Sales',
    [CARE]: 'After-sales',
    [NIGHT]: 'Night',
    [ANN]: 'Agent A',
    [SITE]: 'Main site',
    [VIP]: 'VIP',
    [OLD]: 'regular',
    [TEST]: 'test',
    wechat: 'WeChat',
    web: 'Web',
  },
} as Record<'zh' | 'en', Record<string, string>>;
const voice = (language: 'zh' | 'en'): Voice => {
  const words: Record<string, string> = language === 'zh' ? chinese : english;
  return {
    say: (key, values) => words[key]!.replace(/\{(\w+)\}/g, (_, name: string) => String(values![name])),
    list: (names) => names.join(language === 'zh' ? '、' : ', '),
    name: (one) => NAMES[language][one],
  };
};
const zh = voice('zh');
const en = voice('en');
const rule = (patch: object) =>
  RouteRule.parse({ kind: 'rule', id: id(99), on: { to: 'group', groupId: CARE }, ...patch }) as ConditionRule;

describe('a route rule in plain words', () => {
  it.each<[string, object, string, string]>([
    [
      'channel, hours',
      { when: { connectors: ['wechat'] }, off: { to: 'leave' } },
      '工作时间，微信 → 售后组；其余时间 → 留言',
      'In working hours, WeChat → After-sales; otherwise leave a message',
    ],
    [
      'no rule for after hours',
      { when: { connectors: ['wechat', 'web'] } },
      '工作时间，微信、网页 → 售后组；其余时间 → 留言',
      'In working hours, WeChat, Web → After-sales; otherwise leave a message',
    ],
    [
      'another group at night',
      { when: { channelIds: [SITE] }, off: { to: 'group', groupId: NIGHT } },
      '工作时间，账号“官网” → 售后组；其余时间 → 夜班组',
      'In working hours, account Main site → After-sales; otherwise → Night',
    ],
    [
      'the same at any time',
      { off: { to: 'group', groupId: CARE } },
      '任何时间，所有客户 → 售后组',
      'At any time, everybody → After-sales',
    ],
    [
      'the bot at night',
      { when: { tags: { any: [VIP, OLD] } }, off: { to: 'bot' } },
      '工作时间，有标签“VIP”或“老客户” → 售后组；其余时间 → 自动回复接待',
      'In working hours, tagged VIP or regular → After-sales; otherwise the bot answers',
    ],
    [
      'the bot always',
      { when: { tags: { none: [VIP] } }, on: { to: 'bot' } },
      '任何时间，没有标签“VIP” → 自动回复接待',
      'At any time, not tagged VIP → the bot',
    ],
    [
      'the bot always, said twice',
      { on: { to: 'bot' }, off: { to: 'bot' } },
      '任何时间，所有客户 → 自动回复接待',
      'At any time, everybody → the bot',
    ],
    [
      'an agent with a group behind him',
      {
        when: { tags: { all: [VIP, OLD] } },
        on: { to: 'agent', memberId: ANN, groupId: SALES },
        off: { to: 'everybody' },
      },
      '工作时间，同时有标签“VIP、老客户” → 客服甲（不在时 → 售前组）；其余时间 → 公共队列',
      'In working hours, tagged all of VIP, regular → Agent A (→ Sales when away); otherwise → the queue of everybody',
    ],
    [
      'an agent alone',
      { on: { to: 'agent', memberId: ANN }, off: { to: 'leave' } },
      '工作时间，所有客户 → 客服甲；其余时间 → 留言',
      'In working hours, everybody → Agent A; otherwise leave a message',
    ],
    [
      'what the link says',
      { when: { entry: [{ name: 'source', values: ['app', 'h5'] }] }, off: { to: 'leave' } },
      '工作时间，链接参数 source 为“app”或“h5” → 售后组；其余时间 → 留言',
      'In working hours, link parameter source is app or h5 → After-sales; otherwise leave a message',
    ],
    [
      'several parts',
      { when: { connectors: ['wechat'], tags: { any: [VIP], none: [TEST] } }, off: { to: 'leave' } },
      '工作时间，微信，且有标签“VIP”，且没有标签“测试” → 售后组；其余时间 → 留言',
      'In working hours, WeChat and tagged VIP and not tagged test → After-sales; otherwise leave a message',
    ],
    [
      'a group that is gone',
      { on: { to: 'group', groupId: id(77) }, off: { to: 'leave' } },
      '工作时间，所有客户 → （已删除）；其余时间 → 留言',
      'In working hours, everybody → (deleted); otherwise leave a message',
    ],
  ])('%s', (_, patch, chineseWords, englishWords) => {
    expect(ruleSummary(rule(patch), 'leave', zh)).toBe(chineseWords);
    expect(ruleSummary(rule(patch), 'leave', en)).toBe(englishWords);
  });
  it.each([
    [
      'queue',
      '工作时间，所有客户 → 售后组；其余时间 → 照常排队',
      'In working hours, everybody → After-sales; otherwise wait all the same',
    ],
    [
      'hours',
      '工作时间，所有客户 → 售后组；其余时间 → 告知上班时间',
      'In working hours, everybody → After-sales; otherwise only hear the opening hours',
    ],
  ] as const)('without a word on after hours, as reception says: %s', (after, chineseWords, englishWords) => {
    expect(ruleSummary(rule({}), after, zh)).toBe(chineseWords);
    expect(ruleSummary(rule({}), after, en)).toBe(englishWords);
  });
  it('the two rows that are always there, and everybody else', () => {
    const row = (kind: 'entry' | 'choice') => ruleSummary({ kind, id: id(1), enabled: true }, 'leave', zh);
    expect([row('entry'), row('choice')]).toEqual([
      '链接或页面传入技能组 → 该技能组',
      '客户在菜单里选了技能组 → 该技能组',
    ]);
    const rest = { on: { to: 'everybody' as const }, off: null };
    expect(fallbackSummary(rest, 'leave', zh)).toBe('工作时间，其余客户 → 公共队列；其余时间 → 留言');
    expect(fallbackSummary(rest, 'leave', en)).toBe(
      'In working hours, all other customers → the queue of everybody; otherwise leave a message',
    );
  });
});

describe('a reception plan in plain words', () => {
  it.each([
    [
      'bot',
      true,
      '有标签“VIP”：自动回复先接待，客户要求时转人工',
      'tagged VIP: the bot answers first, a person on request',
    ],
    [
      'human',
      true,
      '有标签“VIP”：先找人工，没有人时由自动回复接待；客户开口后才分配',
      'tagged VIP: a person first, the bot where there is none; asked for once the customer has spoken',
    ],
    [
      'human-only',
      false,
      '有标签“VIP”：只由人工接待，自动回复不出声；一进来就分配',
      'tagged VIP: only people, the bot keeps silent; asked for on arrival',
    ],
  ] as const)('%s', (mode, afterMessage, chineseWords, englishWords) => {
    const plan = { when: When.parse({ tags: { any: [VIP] } }), mode, afterMessage };
    expect(planSummary(plan, zh)).toBe(chineseWords);
    expect(planSummary(plan, en)).toBe(englishWords);
  });
  it('a condition without parts is everybody', () => expect(whoIs(When.parse({}), en)).toBe('everybody'));
});

describe('a queue rule in plain words', () => {
  const queue = (patch: object): QueueRule => QueueShape.parse({ id: id(9), name: 'x', over: 5, ...patch });
  it.each<[string, object, string, string]>([
    [
      'example A (Q-07)',
      { overflowTo: NIGHT },
      '每个技能组排队超过 5 人时，第 6 位起去“夜班组”，并通知管理员',
      'Every group: with more than 5 waiting, number 6 and on go to Night, and admins are told',
    ],
    [
      'example B (Q-08)',
      { groupIds: [SALES, CARE], overflowTo: NIGHT, notify: false },
      '售前组、售后组排队超过 5 人时，第 6 位起去“夜班组”',
      'Sales, After-sales: with more than 5 waiting, number 6 and on go to Night',
    ],
    [
      'only a notice',
      { groupIds: [SALES], over: 0 },
      '售前组排队超过 0 人时，通知管理员',
      'Sales: with more than 0 waiting, admins are told',
    ],
    [
      'nothing at all',
      { notify: false },
      '每个技能组排队超过 5 人时，什么也不做',
      'Every group: with more than 5 waiting, nothing happens',
    ],
  ])('%s', (_, patch, chineseWords, englishWords) => {
    expect(queueSummary(queue(patch), zh)).toBe(chineseWords);
    expect(queueSummary(queue(patch), en)).toBe(englishWords);
  });
});

describe('new rows', () => {
  it('are what the schemas make of them', () => {
    const target = { to: 'everybody' } as const;
    expect(RouteRule.parse(freshRule(id(1), target))).toEqual(freshRule(id(1), target));
    expect(ReceptionPlan.parse({ id: id(1), name: 'x', when: {} })).toEqual({ ...freshPlan(id(1)), name: 'x' });
    expect(QueueShape.parse({ id: id(1), name: 'x', over: 5 })).toEqual({ ...freshQueueRule(id(1)), name: 'x' });
    expect(FIXED.map(freshRow)).toEqual(Routing.parse({}).rules);
  });
});
