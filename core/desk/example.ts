import { Refusal } from '../refusal.ts';
import { blank, type Session, type State } from '../session.ts';
import type { Member } from './member.ts';

/** Sessions and members for tests: one that is served is served by `me`. */
export const session = (state: State, more: Partial<Session> = {}): Session => ({
  ...blank('s', 'c', 0),
  state,
  agentId: state === 'serving' ? 'me' : null,
  ...more,
});

export const member = (more: Partial<Member> = {}): Member => ({
  id: 'me',
  role: 'agent',
  cap: 2,
  serving: 0,
  groupIds: [],
  ...more,
});

/** The code of a refusal, or `ok`. */
export function code(work: () => unknown): string {
  try {
    work();
    return 'ok';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
