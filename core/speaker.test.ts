import { describe, expect, it, test } from 'vitest';
import type { State } from './session.ts';
import { speaker, stateShown } from './speaker.ts';

describe('under which name', () => {
  it.each<[string, State | null, { dispatcher?: string; showAgentName?: boolean }, string | null, string]>([
    ['SS-01: before anybody takes it, the dispatcher', 'bot', { dispatcher: '小海' }, null, '小海'],
    ['SS-01: in the queue too, whoever had it before', 'waiting', { dispatcher: '小海' }, 'Amy', '小海'],
    ['SS-01: with no session yet', null, { dispatcher: '小海' }, null, '小海'],
    ['SS-01: the channel where none is set', 'bot', { dispatcher: ' ' }, null, 'Shop'],
    ['SS-12, V-26: then the agent', 'serving', { dispatcher: '小海' }, 'Amy', 'Amy'],
    ['SS-12: whose name is hidden', 'serving', { dispatcher: '小海', showAgentName: false }, 'Amy', '小海'],
    ['SS-12: or unknown', 'serving', { dispatcher: '小海' }, null, '小海'],
    ['V-14: when it is over, the channel', 'closed', { dispatcher: '小海' }, 'Amy', 'Shop'],
  ])('%s', (_, state, { dispatcher = '', showAgentName = true }, agent, name) =>
    expect(speaker(state && { state }, { dispatcher, showAgentName }, 'Shop', agent)).toBe(name),
  );
});

test('SS-13: the agent’s state is the customer’s to see, or not', () => {
  expect(stateShown({ hideAgentState: false }, 'busy')).toBe('busy');
  expect(stateShown({ hideAgentState: true }, 'busy')).toBeNull();
  expect(stateShown({ hideAgentState: false }, null)).toBeNull();
});
