import { failed } from '../desk/transfer.ts';
import type { Session } from '../session.ts';
import { DAY } from '../settings/pieces.ts';
import type { Step } from '../step.ts';
import { ending, say, tagged } from './ending.ts';
import type { Timer } from './timer.ts';
import { words } from './words.ts';

const served = (session: Session) => session.servedSince ?? session.openedAt;

/** SS-17, SS-23: the customer waits for an answer of his agent. Counts from when this agent could have answered. */
export const agentSilent: Timer = {
  when(session, { timers: { agentSilent: timer } }) {
    if (session.state !== 'serving' || !timer.on || session.unansweredSince === null || session.marks.alarmed)
      return null;
    if (!timer.mark && !timer.tell.on && !timer.alarm) return null;
    return Math.max(session.unansweredSince, served(session)) + timer.after * 1000;
  },
  what({ agentId }, about) {
    const { tell, alarm } = about.settings.timers.agentSilent;
    const steps: Step[] = [{ do: 'alarm', agentId }];
    if (tell.on) steps.push(say(words('agentSilent', tell.text, about)));
    if (alarm) steps.push({ do: 'alert', kind: 'agent-silent', text: '', words: [], ...(agentId ? { agentId } : {}) });
    return steps;
  },
};

/** An agent who has not said a word to a customer given to him loses him, to the place he had in the queue. */
export const lost: Timer = {
  when(session, { matching: { silent } }) {
    if (session.state !== 'serving' || !silent.on || session.locked || session.servedSince === null) return null;
    if ((session.marks.agentAt ?? Number.NEGATIVE_INFINITY) >= session.servedSince) return null;
    return session.servedSince + silent.after * 1000;
  },
  what(session, about) {
    const { groupId, priority, marks } = session;
    return [
      { do: 'wait', groupId, priority, since: marks.place ?? served(session), lost: true },
      { ...say(words('lost', '', about)), told: true },
    ];
  },
};

/**
 * SS-18, SS-22: the last words are an agent's and the customer does not answer them. Each reminder counts from the one
 * before, so that after an outage they do not come all at once; a day after those words it is over in any case.
 */
export const visitorSilent: Timer = {
  when(session, { timers: { visitorSilent: timer } }) {
    const since = asked(session);
    if (since === null || !timer.on) return null;
    const over = (session.marks.reminded ?? 0) >= timer.reminders;
    const next = (session.marks.remindedAt ?? since) + timer.after * 1000;
    if (session.locked) return over || next >= since + DAY * 1000 ? null : next;
    return Math.min(next, since + DAY * 1000);
  },
  what(session, about) {
    const { reminders, text, endText, tagIds } = about.settings.timers.visitorSilent;
    const reminded = session.marks.reminded ?? 0;
    const first = reminded === 0;
    if (reminded >= reminders || (!session.locked && about.at >= asked(session)! + DAY * 1000))
      return ending(
        session,
        { reason: 'visitor-silent', text: words('visitorSilentEnd', endText, about), tagIds: first ? tagIds : [] },
        about,
      );
    return [
      { do: 'remind', whom: 'visitor' },
      say(words('visitorSilent', text, about)),
      ...(first ? tagged(tagIds) : []),
    ];
  },
};

/** Since when the customer owes an answer; null: he does not. */
function asked(session: Session): number | null {
  const { visitorAt = 0, agentAt } = session.marks;
  if (session.state !== 'serving' || session.unansweredSince !== null) return null;
  return agentAt === undefined || agentAt < visitorAt ? null : Math.max(agentAt, served(session));
}

/** SS-19: neither side writes. */
export const inactive: Timer = {
  when(session, { timers: { inactive: timer } }) {
    if (session.state !== 'serving' || !timer.on || session.locked) return null;
    const { visitorAt = 0, agentAt = 0 } = session.marks;
    return Math.max(served(session), visitorAt, agentAt) + timer.after * 1000;
  },
  what(session, about) {
    const text = words('inactive', about.settings.timers.inactive.text, about);
    return ending(session, { reason: 'inactive', text }, about);
  },
};

/** TR-02: nobody answered the request to take over, and whoever asked is told. */
export const offer: Timer = {
  when: ({ state, marks }) => (state === 'closed' ? null : (marks.offer?.until ?? null)),
  what: (session) => failed(session, 'expired', null),
};
