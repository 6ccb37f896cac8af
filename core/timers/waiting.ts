import { houseText } from '../house-text.ts';
import { MENU, withOptions } from '../menu.ts';
import type { Session } from '../session.ts';
import type { Step } from '../step.ts';
import { ending, say } from './ending.ts';
import type { Timer } from './timer.ts';
import { words } from './words.ts';

/** Timers count this stay in the queue; the place in it may be an earlier one. */
const joined = (session: Session) => session.marks.stateAt ?? session.waitingSince ?? session.openedAt;

/** RT-06: the agent it waits for has had his time. */
export const hold: Timer = {
  when: ({ state, wanted }) => (state === 'waiting' ? (wanted?.until ?? null) : null),
  what: () => [{ do: 'release' }],
};

/** SS-20: the customer is told that he has not been forgotten, and may leave a message instead. */
export const waitReminder: Timer = {
  when(session, { timers: { waitReminder: timer } }) {
    const { waitReminded = 0, waitRemindedAt } = session.marks;
    if (session.state !== 'waiting' || !timer.on || waitReminded >= timer.times) return null;
    return waitRemindedAt === undefined ? joined(session) + timer.after * 1000 : waitRemindedAt + timer.every * 1000;
  },
  what(session, about) {
    const { text: own, leaveButton } = about.settings.timers.waitReminder;
    const text = words('waitReminder', own, about);
    const options = [{ id: MENU.leave, text: houseText('leaveOption', about.language) }];
    const said = withOptions(text, leaveButton && !session.marks.leaving ? options : []);
    return [
      { do: 'remind', whom: 'waiting' },
      ...said.map((content): Step => ({ do: 'say', as: 'system', content, told: true })),
    ];
  },
};

/** SS-21: he has waited too long. It is over, or he hears that it will take longer. */
export const waitOver: Timer = {
  when(session, { timers: { waitOver: timer } }) {
    if (session.state !== 'waiting' || !timer.on || session.marks.waitOver) return null;
    return timer.then === 'end' && session.locked ? null : joined(session) + timer.after * 1000;
  },
  what(session, about) {
    const { waitOver: over, waitReminder: reminder } = about.settings.timers;
    if (over.then === 'end') {
      const tagIds = new Set([...over.tagIds, ...(reminder.on ? reminder.tagIds : [])]);
      return ending(
        session,
        { reason: 'wait-over', text: words('waitEnd', over.text, about), tagIds: [...tagIds] },
        about,
      );
    }
    const text = words('waitKeep', over.text, about);
    return [{ do: 'wait-over' }, { ...say(text), told: true }];
  },
};
