import type { Session } from '../../session.ts';
import type { Step } from '../../step.ts';

/** What a session's row must say after the steps, told by the steps themselves and not by the events made of them. */
export type Mirror = Pick<Session, 'state' | 'groupId' | 'agentId' | 'hushed' | 'locked' | 'endedBy' | 'endReason'> & {
  leaving: boolean;
  heard: number;
};

export const mirrored = (): Mirror => ({
  state: 'bot',
  groupId: null,
  agentId: null,
  hushed: false,
  locked: false,
  endedBy: null,
  endReason: null,
  leaving: false,
  heard: 0,
});

/** The steps that change it. */
export function reflect(mirror: Mirror, step: Step): void {
  switch (step.do) {
    case 'hear':
      mirror.heard++;
      return;
    case 'wait':
      Object.assign(mirror, { state: 'waiting', groupId: step.groupId, agentId: null, leaving: false });
      return;
    case 'leave':
      mirror.state = 'bot';
      return;
    case 'serve':
      Object.assign(mirror, { state: 'serving', agentId: step.agentId, leaving: false });
      return;
    case 'close':
      Object.assign(mirror, { state: 'closed', endedBy: step.by, endReason: step.reason ?? null, leaving: false });
      return;
    case 'hush':
      mirror.hushed = true;
      return;
    case 'lock':
      mirror.locked = step.on;
      return;
    case 'leaving':
      mirror.leaving = step.on;
      return;
    case 'leave-message':
      mirror.leaving = false;
  }
}

/** The same of a session, and of the events it is made of. */
export const mirrorOf = (session: Session, heard: number): Mirror => ({
  state: session.state,
  groupId: session.groupId,
  agentId: session.agentId,
  hushed: session.hushed,
  locked: session.locked,
  endedBy: session.endedBy,
  endReason: session.endReason,
  leaving: session.marks.leaving === true,
  heard,
});
