import { describe, expect, it } from 'vitest';
import type { Floor, GroupFloor } from '../../core/floor.ts';
import { compileRoutes, explain, explainPlan, type Via } from '../../core/route/index.ts';
import { AREAS, defaults, type Settings } from '../../core/settings/index.ts';
import { words as english } from '../src/lib/i18n/rules/en.ts';
import { type Answer, headline, hintsOf, outcomeOf, type Question } from '../src/lib/settings/explain.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [SALES, CARE, ANN, SITE, VIP] = [1, 2, 3, 4, 5].map(id) as [string, string, string, string, string];
const AT = Date.UTC(2026, 10, 21, 3);
const ROWS = defaults().routing.rules;
const rule = (n: number, groupId: string, when: object = {}) => ({
  kind: 'rule',
  id: id(n),
  name: `rule ${n}`,
  when,
  on: { to: 'group', groupId },
});

interface House {
  reception?: object;
  rules?: object[];
  groups?: Record<string, Partial<GroupFloor>>;
  via?: Via | null;
}
/** What the hub would answer: core's own reasons, on a house of this kind. */
function ask(
  question: Partial<Question>,
  { reception = {}, rules = [], groups = {}, via }: House,
): Answer & { asked: Via | null } {
  const settings: Settings = {
    ...defaults(),
    reception: AREAS.reception.parse(reception),
    routing: AREAS.routing.parse({ rules: [ROWS[0], ...rules, ROWS[1]] }),
  };
  const floor: Floor = {
    group: (group) => ({
      open: true,
      opensAt: null,
      members: 2,
      present: 2,
      free: 1,
      waiting: 0,
      pace: 60,
      ...groups[group ?? '*'],
    }),
    agent: () => ({ present: true, free: true, groupIds: [SALES] }),
  };
  const about = { connector: 'web', channelId: SITE, tags: question.tags ?? [], entry: question.entry ?? {} };
  const manner = explainPlan(settings.reception, about);
  const spoke = Boolean(question.text);
  const asked = via !== undefined ? via : manner.mode !== 'bot' && (spoke || !manner.afterMessage) ? 'mode' : null;
  const { decision, reasons } = explain(
    {
      at: AT,
      via: asked ?? 'button',
      ...about,
      channelGroupId: null,
      chosenGroupId: question.groupId ?? null,
      closedBy: null,
    },
    compileRoutes(settings),
    floor,
  );
  const open = !Object.values(groups).some((group) => group.open === false);
  return {
    plan: manner.plan && { id: manner.plan.id, name: manner.plan.name },
    mode: manner.mode,
    said: { human: asked === 'word', keyword: asked === 'keyword', groupId: null },
    asked,
    decision,
    reasons: [...manner.reasons, ...reasons],
    agents: [],
    hours: { open, opensAt: null },
    contact: null,
    offHours: null,
  };
}
const full = (question: Partial<Question>): Question => ({ channelId: SITE, tags: [], entry: {}, ...question });
/** The sentences, and every one of them has words. */
function told(question: Partial<Question>, house: House) {
  const answer = ask(question, house);
  const hints = hintsOf(full(question), answer);
  for (const { key } of [outcomeOf(answer.decision), ...hints]) expect(english, key).toHaveProperty([key]);
  return { answer, keys: hints.map((hint) => hint.key), out: outcomeOf(answer.asked ? answer.decision : null).key };
}

describe('the five questions of support leads', () => {
  it('Q7: several rules hold; the first in order decides, and the others are told of', () => {
    const rules = [rule(11, CARE, { connectors: ['web'] }), rule(12, SALES), rule(13, SALES, { connectors: ['line'] })];
    const { answer, keys, out } = told({ text: 'human' }, { rules, via: 'word' });
    expect(answer.decision?.by).toEqual({ kind: 'rule', id: id(11) });
    expect(answer.reasons.filter((reason) => reason.code === 'earlier').map((reason) => reason.id)).toEqual([id(12)]);
    expect([keys, out]).toEqual([['hint.first'], 'out.free']);
  });
  it.each([
    ['agent', { entry: { agent: ANN } }, 'hint.passed.agent'],
    ['group', { entry: { group: SALES } }, 'hint.passed.entry'],
  ])('Q8 (1): an %s passed in goes before the rules', (_, question, hint) => {
    const { keys } = told({ ...question, text: 'human' }, { rules: [rule(11, CARE)], via: 'word' });
    expect(keys).toEqual([hint]);
  });
  it('Q8 (2): a rule that stands lower is in conflict with one above it', () => {
    const rules = [rule(11, CARE), rule(12, SALES, { tags: { any: [VIP] } })];
    const { answer, keys } = told({ tags: [VIP], text: 'human' }, { rules, via: 'word' });
    expect(answer.reasons).toContainEqual(expect.objectContaining({ id: id(12), code: 'earlier' }));
    expect(keys).toEqual(['hint.first']);
  });
  it('Q8: the group the customer chose comes last, unless it is dragged up', () => {
    const asked = { groupId: SALES, text: 'human' };
    expect(told(asked, { rules: [rule(11, CARE)], via: 'choice' }).answer.decision?.by.kind).toBe('rule');
    expect(told(asked, { rules: [], via: 'choice' }).answer.decision?.by.kind).toBe('choice');
  });
  it('Q9: a mode in the link goes before plan and standard', () => {
    const reception = { mode: 'human', plans: [{ id: id(21), name: 'web', mode: 'human-only' }] };
    const { answer, keys, out } = told({ entry: { mode: 'bot' }, text: 'hello' }, { reception });
    expect([answer.mode, answer.plan?.name, out]).toEqual(['bot', 'web', 'out.none']);
    expect(keys).toEqual(['hint.mode.link', 'hint.bot.word']);
  });
  it('Q9: a customer of another channel is in another plan', () => {
    const reception = { plans: [{ id: id(21), name: 'line', when: { connectors: ['line'] }, mode: 'human' }] };
    const { answer } = told({ text: 'hello' }, { reception });
    expect(answer.reasons[0]).toMatchObject({
      kind: 'plan',
      name: 'line',
      code: 'connector',
      params: { connector: 'web' },
    });
  });
  it('Q11 (1): human first, but after hours', () => {
    const house = {
      reception: { mode: 'human' },
      rules: [rule(11, CARE)],
      groups: { [CARE]: { open: false }, '*': { open: false } },
    };
    const { keys, out } = told({ text: 'hello' }, house);
    expect([keys, out]).toEqual([['hint.closed'], 'out.leave.off-hours']);
  });
  it('Q11 (2): human first, but nobody of that group is there', () => {
    const house = {
      reception: { mode: 'human', nobody: 'leave' },
      rules: [rule(11, CARE)],
      groups: { [CARE]: { present: 0, free: 0 } },
    };
    const { keys, out } = told({ text: 'hello' }, house);
    expect([keys, out]).toEqual([['hint.nobody'], 'out.leave.nobody']);
  });
  it('Q11 (3): human first, but he has said nothing', () => {
    const reception = { mode: 'human', afterMessage: true };
    expect(told({}, { reception })).toMatchObject({ keys: ['hint.silent'], out: 'out.none' });
    expect(told({ text: 'hello' }, { reception })).toMatchObject({ keys: [], out: 'out.free' });
  });
  it('Q12 (1): a keyword after hours', () => {
    const groups = { [CARE]: { open: false }, '*': { open: false } };
    const { keys, out } = told({ text: 'refund' }, { rules: [rule(11, CARE)], groups, via: 'keyword' });
    expect(out).toBe('out.bot.keyword');
    expect(keys).toEqual(['hint.closed', 'hint.keyword']);
  });
  it('Q12 (2): a keyword, and everybody is busy', () => {
    const groups = { [CARE]: { free: 0, waiting: 3 } };
    const { keys, out } = told({ text: 'refund' }, { rules: [rule(11, CARE)], groups, via: 'keyword' });
    expect(out).toBe('out.bot.keyword');
    expect(keys).toEqual(['hint.keyword', 'hint.busy']);
  });
});

describe('what becomes of a customer', () => {
  it.each([
    ['out.free', {}],
    ['out.wait', { free: 0, waiting: 2 }],
    ['out.wait.nobody', { free: 0, present: 0 }],
  ])('%s', (key, group) => {
    const { out } = told({ text: 'human' }, { rules: [rule(11, CARE)], groups: { [CARE]: group }, via: 'word' });
    expect(out).toBe(key);
  });
  it.each(['off-hours', 'nobody', 'rule', 'no-queue'] as const)('leaves a message: %s', (why) =>
    expect(english).toHaveProperty([outcomeOf({ outcome: { to: 'leave', groupId: null, why } }).key]),
  );
  it('a named agent, the hours, the bot', () => {
    expect(told({ text: 'human', entry: { agent: ANN } }, { via: 'word' }).out).toBe('out.agent');
    expect(outcomeOf({ outcome: { to: 'hours', groupId: null, opensAt: null } }).key).toBe('out.hours');
    expect(outcomeOf({ outcome: { to: 'bot', why: 'rule' } }).key).toBe('out.bot.rule');
  });
});

describe('a customer who is known', () => {
  const contact: NonNullable<Answer['contact']> = {
    id: id(9),
    name: 'Wang',
    tagIds: [],
    blocked: false,
    openSession: null,
    closedBy: null,
    regularAgentId: null,
  };
  const answer = (more: Partial<Answer['contact'] & object>, over: Partial<Answer> = {}): Answer => ({
    ...ask({ text: 'hi' }, { via: 'mode' }),
    contact: { ...contact, ...more },
    ...over,
  });
  const keys = (one: Answer) => {
    const told = hintsOf(full({ text: 'hi' }), one);
    for (const { key } of told) expect(english, key).toHaveProperty([key]);
    return told.map(({ key }) => key);
  };
  it('CT-05: is blocked: that and nothing else', () => {
    const one = answer({ blocked: true, regularAgentId: ANN }, { decision: null, asked: null, reasons: [] });
    expect(headline(one)).toEqual({ key: 'out.blocked' });
    expect(keys(one)).toEqual(['hint.contact.blocked']);
  });
  it.each([
    ['is in a session', { openSession: { id: id(8), state: 'serving' } }, {}, ['hint.contact.open']],
    ['AR-23: is back', { closedBy: { agentId: ANN, at: '' } }, { asked: 'back' }, ['hint.contact.back']],
    ['AR-23: is back too late', { closedBy: { agentId: ANN, at: '' } }, {}, []],
    ['RT-16: has a regular agent', { regularAgentId: ANN }, {}, ['hint.contact.regular']],
    ['V-39: comes after hours', {}, { offHours: 'text' }, ['hint.offHours.text']],
  ] as [string, object, Partial<Answer>, string[]][])('%s', (_, more, over, expected) => {
    expect(keys(answer(more, over))).toEqual(expected);
    expect(headline(answer(more, over)).key).toBe('out.free');
  });
});
