import { describe, expect, test } from 'vitest';
import { houseText } from '../house-text.ts';
import { onInbound } from '../reception.ts';
import type { EndReason, Session } from '../session.ts';
import { become, type Changed, sessionOf, situation, wish } from '../test/situation.ts';
import { told } from '../test/told.ts';
import { closing } from './closing.ts';

const served = sessionOf({ state: 'serving', marks: { visitor: 2, agent: 2, streak: 1 } });
const closed = `system: ${houseText('closed', 'zh')}`;
const ends = (session: Session, set: Changed = {}, reason?: EndReason) =>
  closing(session, { by: reason ? 'system' : 'agent', memberId: reason ? null : 'amy', reason }, situation({ set }));

describe('the end of a session', () => {
  test('AR-14, SS-05: the closing text, the house’s, one’s own, or none', () => {
    const bot = sessionOf({ state: 'bot' });
    const texts = (closing: object) => told(ends(bot, { texts: { closing } }));
    expect(texts({})).toEqual([closed, 'close agent']);
    expect(texts({ text: 'tschüss' })).toEqual(['system: tschüss', 'close agent']);
    expect(texts({ on: false })).toEqual(['close agent']);
  });
  test('CS-01: then the invitation, where one is due, and then the end', () => {
    const steps = ends(served);
    expect(told(steps)).toEqual([closed, 'invite new-id by auto', 'system: rating', 'close agent']);
    const after = become(served, steps);
    expect(after).toMatchObject({
      state: 'closed',
      endedBy: 'agent',
      marks: { invited: { id: 'new-id', by: 'auto' } },
    });
    expect(told(ends(served, { ratings: { autoInvite: false } }))).toEqual([closed, 'close agent']);
  });
  test('CS-08: not where his silence ended it', () => {
    expect(told(ends(served, {}, 'inactive'))).toEqual([closed, 'close system']);
    expect(told(ends(served, { ratings: { skipAutoEnded: false } }, 'inactive'))).toContain('system: rating');
  });
  test('V-11: the customer ends it, where he may', () => {
    const by = (mayEnd: boolean) => told(onInbound(wish('end'), situation({ session: 'serving', more: { mayEnd } })));
    expect(by(true)).toEqual([closed, 'close visitor']);
    expect(by(false)).toEqual([]);
  });
});
