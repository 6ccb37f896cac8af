import { describe, expect, it, test } from 'vitest';
import { code, member, session } from './desk/example.ts';
import { accept, mayEnd, mayReply, maySee, RECALL_MS, recall, reply } from './desk.ts';
import { REFUSALS, type Refusal } from './refusal.ts';
import { NOTHING_FOUND, type Rules, type Scan } from './rules.ts';

const rules = (found: Partial<Scan> = {}) => ({ scan: () => ({ ...NOTHING_FOUND, ...found }) }) as unknown as Rules;
const hit = (kind: string, word: string) => ({ kind, word, start: 0, end: word.length });

const offered = (to: string) =>
  session('serving', { agentId: 'another', marks: { offer: { to, by: 'another', until: 1 } } });

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
    ['one he takes part in (A-25)', session('serving', { agentId: 'another', participants: ['me'] }), member(), true],
    ['one he is asked to take over (TR-02)', offered('me'), member(), true],
    ['one that a colleague is asked to take over', offered('third'), member(), false],
    [
      'one that waits for him by name',
      session('waiting', { groupId: 'g', wanted: { agentId: 'me', until: 1 } }),
      member(),
      true,
    ],
  ])('%s', (_, one, who, sees) => {
    expect(maySee(one, who)).toBe(sees);
  });
  test('A-72: with the switch off, agents do not look into what waits, but still take it', () => {
    const off = { seeWaiting: false };
    expect(maySee(session('waiting'), member(), off)).toBe(false);
    expect(maySee(session('waiting'), member({ role: 'supervisor' }), off)).toBe(true);
    expect(maySee(session('serving'), member(), off)).toBe(true);
    expect(code(() => accept(session('waiting'), member()))).toBe('ok');
  });
});

describe('accept', () => {
  it.each([
    ['waiting', session('waiting'), member(), 'ok'],
    ['waiting, the last place', session('waiting'), member({ serving: 1 }), 'ok'],
    ['A-32: at the cap', session('waiting'), member({ serving: 2 }), 'at_capacity'],
    ['A-33: cap 0', session('waiting'), member({ cap: 0 }), 'at_capacity'],
    ['cap 99', session('waiting'), member({ cap: 99, serving: 98 }), 'ok'],
    ['a supervisor at the cap', session('waiting'), member({ role: 'supervisor', serving: 2 }), 'at_capacity'],
    ['in a group that is not his', session('waiting', { groupId: 'g' }), member(), 'not_allowed'],
    ['in his group', session('waiting', { groupId: 'g' }), member({ groupIds: ['g'] }), 'ok'],
    ['held for a colleague', session('waiting', { wanted: { agentId: 'another', until: 9 } }), member(), 'ok'],
    ['asked for by name', session('waiting', { groupId: 'g', wanted: { agentId: 'me', until: 9 } }), member(), 'ok'],
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
    ['a colleague’s, taking part (A-25)', session('serving', { agentId: 'another', participants: ['me'] }), 'ok'],
    ['ended, having taken part', session('closed', { agentId: 'another', participants: ['me'] }), 'session_closed'],
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
