import { describe, expect, it } from 'vitest';
import type { Step } from './step.ts';
import { type Told, withTracks } from './track.ts';

const told = (changes: Partial<Told['texts']> = {}): Told => ({
  texts: { showTrack: true, showAgentName: true, ...changes },
  language: 'en',
  member: (id) => ({ m1: 'Agent A', m2: 'Agent B' })[id],
  group: (id) => ({ g1: 'After-sales' })[id],
});
const said = (steps: readonly Step[], about = told()) =>
  withTracks(steps, about).flatMap((step) =>
    step.do === 'say' && step.content.type === 'text' ? [step.content.text] : [],
  );
const serve = (agentId: string): Step => ({ do: 'serve', agentId, how: 'matched' });

describe('AR-17, SS-06: the steps of a session, told to the visitor', () => {
  it.each<[string, Step[], Partial<Told['texts']>, string[]]>([
    ['who took it', [serve('m1')], {}, ['Agent A is with you now.']],
    [
      'SS-12: without his name where names are hidden',
      [serve('m1')],
      { showAgentName: false },
      ['Somebody is with you now.'],
    ],
    ['without a name where he is gone', [serve('m9')], {}, ['Somebody is with you now.']],
    [
      'where it was passed on to',
      [{ do: 'transfer', byId: 'm1', toAgentId: null, toGroupId: 'g1' }],
      {},
      ['Your conversation has been passed on to After-sales.'],
    ],
    [
      'a colleague who takes over is told once',
      [{ do: 'transfer', byId: 'm1', toAgentId: 'm2', toGroupId: null }, serve('m2')],
      {},
      ['Agent B is with you now.'],
    ],
    ['who joined', [{ do: 'join', memberId: 'm2', byId: 'm1' }], {}, ['Agent B has joined.']],
    ['who left', [{ do: 'part', memberId: 'm2', byId: 'm1' }], {}, ['Agent B has left.']],
    ['SS-12: nobody joins unnamed', [{ do: 'join', memberId: 'm2', byId: 'm1' }], { showAgentName: false }, []],
    [
      'a silent agent lost it',
      [{ do: 'wait', groupId: null, lost: true }],
      {},
      ['We are looking for somebody else for you.'],
    ],
    ['the queue says itself where he stands', [{ do: 'wait', groupId: 'g1' }], {}, []],
    ['off by default', [serve('m1')], { showTrack: false }, []],
  ])('%s', (_, steps, texts, texts2) => {
    expect(said(steps, told(texts))).toEqual(texts2);
  });
  it('AR-17: right after its step, before what is said next', () => {
    const hello: Step = { do: 'say', as: 'system', content: { type: 'text', text: 'Hello' } };
    expect(said([serve('m1'), hello])).toEqual(['Agent A is with you now.', 'Hello']);
    expect(withTracks([serve('m1'), hello], told({ showTrack: false }))).toEqual([serve('m1'), hello]);
  });
});
