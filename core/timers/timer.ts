import type { HouseLanguage } from '../house-text.ts';
import type { Session } from '../session.ts';
import type { Settings } from '../settings/index.ts';
import type { Step } from '../step.ts';

/** The documents timers go by. */
export type Timed = Pick<Settings, 'timers' | 'matching'>;

/** What a timer needs besides, to speak. */
export interface Telling {
  settings: Settings;
  language: HouseLanguage;
  /** Now, epoch milliseconds. */
  at: number;
  /** The session's place in its queue, 1 is next; null: it does not wait, or nobody looked. */
  position: number | null;
  /** A fresh id, for an invitation. */
  newId(): string;
}

/**
 * One thing that time alone brings about. `when` is the moment it must happen, epoch milliseconds, or null: never, as things
 * are. What `what` asks for has to move that moment on, or there would be no end of waking.
 */
export interface Timer {
  when(session: Session, settings: Timed): number | null;
  what(session: Session, about: Telling): Step[];
}
