import { describe, expect, it, test } from 'vitest';
import { accept, type Member, mayEnd, mayReply, maySee, RECALL_MS, recall, reply, transfer } from './desk.ts';
import { REFUSALS, Refusal } from './refusal.ts';
import { NOTHING_FOUND, type Rules, type Scan } from './rules.ts';
import type { Session, State } from './session.ts';

const session = (state: State, more: Partial<Session> = {}): Session => ({
  id: 's',
  state,
  channelId: 'c',
  groupId: null,
  agentId: state === 'serving' ? 'me' : null,
  ...more,
});
const member = (more: Partial<Member> = {}): Member => ({
  id: 'me',
  role: 'agent',
  cap: 2,
  serving: 0,
  groupIds: [],
  ...more,
});
const rules = (found: Partial<Scan> = {}) => ({ scan: () => ({ ...NOTHING_FOUND, ...found }) }) as unknown as Rules;
const hit = (kind: string, word: string) => ({ kind, word, start: 0, end: word.length });

/** The code of a refusal, or `ok`. */
function code(work: () => unknown): string {
  try {
    work();
    return 'ok';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('who may see (A-79)', () => {
  it.each([
    ['a supervisor, anything', session('closed', { agentId: 'another' }), member({ role: 'supervisor' }), true],
    ['his own', session('serving'), member(), true],
    ['his own, ended', session('closed', { agentId: 'me' }), member(), true],
    ['a colleague’s', session('serving', { agentId: 'another' }), member(), false],
    ['the queue of everybody', session('waiting'), member(), true],
    ['the queue of his group', session('waiting', { groupId: 'g' }), member({ groupIds: ['f', 'g'] }), true],
    ['the queue of another group', session('waiting', { groupId: 'g' }), member({ groupIds: ['f'] }), false],
    ['one with the rules', session('bot'), member(), false],
    ['one with the rules, in his group', session('bot', { groupId: 'g' }), member({ groupIds: ['g'] }), false],
    ['one with the rules, as a supervisor', session('bot'), member({ role: 'supervisor' }), true],
  ])('%s', (_, one, who, sees) => {
    expect(maySee(one, who)).toBe(sees);
  });
});

describe('accept', () => {
  it.each([
    ['waiting', session('waiting'), member(), 'ok'],
    ['waiting, the last place', session('waiting'), member({ serving: 1 }), 'ok'],
    ['at the cap', session('waiting'), member({ serving: 2 }), 'at_capacity'],
    ['cap 0', session('waiting'), member({ cap: 0 }), 'at_capacity'],
    ['cap 99', session('waiting'), member({ cap: 99, serving: 98 }), 'ok'],
    ['a supervisor at the cap', session('waiting'), member({ role: 'supervisor', serving: 2 }), 'at_capacity'],
    ['in a group that is not his', session('waiting', { groupId: 'g' }), member(), 'not_allowed'],
    ['in his group', session('waiting', { groupId: 'g' }), member({ groupIds: ['g'] }), 'ok'],
    ['served by a colleague', session('serving', { agentId: 'another' }), member(), 'taken'],
    ['served by himself', session('serving'), member(), 'taken'],
    ['ended', session('closed'), member(), 'session_closed'],
    ['with the rules', session('bot'), member(), 'not_waiting'],
    ['with the rules, as a supervisor', session('bot'), member({ role: 'supervisor' }), 'ok'],
  ])('%s', (_, one, who, result) => {
    expect(code(() => accept(one, who))).toBe(result);
  });
  test('gives the session to whoever asked', () => {
    expect(accept(session('waiting'), member())).toEqual([{ do: 'serve', agentId: 'me', how: 'accepted' }]);
  });
});

describe('reply', () => {
  it.each([
    ['his own', session('serving'), 'ok'],
    ['a colleague’s', session('serving', { agentId: 'another' }), 'not_your_session'],
    ['waiting', session('waiting'), 'not_your_session'],
    ['with the rules', session('bot'), 'not_your_session'],
    ['ended', session('closed', { agentId: 'me' }), 'session_closed'],
  ])('%s', (_, one, result) => {
    expect(code(() => mayReply(one, 'me'))).toBe(result);
    expect(code(() => reply(one, 'me', { id: 'm', content: { type: 'text', text: 'x' } }, rules()))).toBe(result);
  });
  const text = { id: 'm', content: { type: 'text' as const, text: 'the text' } };
  test('SW-07: a forbidden word stops it, with the words and where they are', () => {
    const refusal = (() => {
      try {
        return reply(
          session('serving'),
          'me',
          text,
          rules({
            forbidden: [hit('forbidden', 'bad'), hit('forbidden', 'bad'), hit('forbidden', 'worse')],
            sensitive: [hit('sensitive', 'hm')],
          }),
        );
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toMatchObject({
      code: 'forbidden_word',
      status: 422,
      message: 'bad, worse',
      more: { text: 'the text' },
    });
    expect((refusal as Refusal).more.hits).toHaveLength(3);
  });
  test('SW-08: a sensitive word lets it pass, marked and told', () => {
    expect(reply(session('serving'), 'me', text, rules({ sensitive: [hit('sensitive', 'hm')] }))).toEqual([
      {
        do: 'reply',
        id: 'm',
        agentId: 'me',
        content: text.content,
        quoteId: undefined,
        hits: [hit('sensitive', 'hm')],
      },
      { do: 'alert', kind: 'sensitive', text: 'the text', words: ['hm'], agentId: 'me' },
    ]);
    expect(reply(session('serving'), 'me', { ...text, quoteId: 'q' }, rules())).toEqual([
      { do: 'reply', id: 'm', agentId: 'me', content: text.content, quoteId: 'q', hits: [] },
    ]);
  });
  test('reminder words are about customers and bite no agent', () => {
    expect(reply(session('serving'), 'me', text, rules({ reminder: [hit('reminder', 'the')] }))).toHaveLength(1);
  });
});

describe('transfer', () => {
  const colleague = { kind: 'member', member: member({ id: 'b' }), available: true } as const;
  const group = { kind: 'group', groupId: 'g', members: 1 } as const;
  const supervisor = { id: 'boss', role: 'supervisor' } as const;
  const me = { id: 'me', role: 'agent' } as const;
  it.each([
    ['to a colleague', session('serving'), me, colleague, 'ok'],
    [
      'to a colleague at his cap (A-33)',
      session('serving'),
      me,
      { ...colleague, member: member({ id: 'b', cap: 0, serving: 5 }) },
      'ok',
    ],
    ['to one who is away', session('serving'), me, { ...colleague, available: false }, 'member_unavailable'],
    ['to whoever has it', session('serving'), me, { ...colleague, member: member() }, 'taken'],
    ['to a group', session('serving'), me, group, 'ok'],
    ['to an empty group (TR-03)', session('serving'), me, { ...group, members: 0 }, 'group_empty'],
    ['of a colleague’s', session('serving', { agentId: 'another' }), me, colleague, 'not_your_session'],
    ['of one that waits', session('waiting'), me, group, 'not_your_session'],
    ['of one that waits, by a supervisor', session('waiting'), supervisor, group, 'ok'],
    ['of a colleague’s, by a supervisor', session('serving', { agentId: 'another' }), supervisor, colleague, 'ok'],
    ['of one that has ended', session('closed', { agentId: 'me' }), supervisor, colleague, 'session_closed'],
  ] as const)('%s', (_, one, by, to, result) => {
    expect(code(() => transfer(one, by, to))).toBe(result);
  });
  test('a colleague takes over at once, a group queues', () => {
    expect(transfer(session('serving'), me, colleague)).toEqual([
      { do: 'transfer', byId: expect.any(String), toAgentId: 'b', toGroupId: null },
      { do: 'serve', agentId: 'b', how: 'transferred' },
    ]);
    expect(transfer(session('serving'), me, group)).toEqual([
      { do: 'transfer', byId: expect.any(String), toAgentId: null, toGroupId: 'g' },
      { do: 'wait', groupId: 'g' },
    ]);
  });
});

describe('the end', () => {
  it.each([
    ['his own', session('serving'), 'agent', 'ok'],
    ['a colleague’s', session('serving', { agentId: 'another' }), 'agent', 'not_your_session'],
    ['a colleague’s, by a supervisor', session('serving', { agentId: 'another' }), 'supervisor', 'ok'],
    ['one that waits', session('waiting'), 'agent', 'not_your_session'],
    ['one that waits, by an admin', session('waiting'), 'admin', 'ok'],
    ['one that has ended', session('closed', { agentId: 'me' }), 'owner', 'session_closed'],
  ] as const)('%s', (_, one, role, result) => {
    expect(code(() => mayEnd(one, { id: 'me', role }))).toBe(result);
  });
});

describe('recall (A-36)', () => {
  const sent = { authorId: 'me', createdAt: 1000, recalledAt: null, messageId: 'm' };
  it.each([
    ['at once', sent, 1000, 'ok'],
    ['in the last moment', sent, 1000 + RECALL_MS, 'ok'],
    ['a moment later', sent, 1001 + RECALL_MS, 'too_late'],
    ['a colleague’s', { ...sent, authorId: 'another' }, 1000, 'not_your_session'],
    ['a rule’s', { ...sent, authorId: null }, 1000, 'not_your_session'],
    ['twice', { ...sent, recalledAt: 1500 }, 2000, 'already_recalled'],
  ])('%s', (_, message, now, result) => {
    expect(code(() => recall(message, 'me', now))).toBe(result);
  });
  test('names the message', () => {
    expect(recall(sent, 'me', 1000)).toEqual([{ do: 'recall', messageId: 'm' }]);
  });
});

test('every refusal has a status that a browser understands', () => {
  for (const [name, status] of Object.entries(REFUSALS))
    expect([name, status >= 400 && status < 500]).toEqual([name, true]);
});
