import type { Notes } from './notes.ts';

/** TR-02: a request a colleague may answer later than the session lasts. */
export function transfers(at: Notes): void {
  const { confirm, answerWithin: answer } = at.settings.transfers;
  const { inactive } = at.settings.timers;
  if (confirm && inactive.on && answer >= inactive.after)
    at.add(['answerWithin'], 'answer-too-late', { answer, inactive: inactive.after });
}
