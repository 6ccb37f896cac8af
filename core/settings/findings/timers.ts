import type { Notes } from './notes.ts';
import { placeholders } from './texts.ts';

/** Seconds. */
const DAY = 86_400;

/** SS-17…SS-22: reminders that never come, and ends that another end is always before. */
export function timers(at: Notes): void {
  const { agentSilent, visitorSilent, inactive, waitReminder, waitOver, bot } = at.settings.timers;
  const { on, mark, tell, alarm } = agentSilent;
  if (on && !mark && !tell.on && !alarm) at.add(['agentSilent'], 'alarm-mute');
  waiting(at);
  silence(at);
  const said = { visitorSilent, inactive, waitReminder, waitOver, bot };
  for (const [key, { text }] of Object.entries(said)) placeholders(at, [key, 'text'], text);
  placeholders(at, ['visitorSilent', 'endText'], visitorSilent.endText);
  placeholders(at, ['agentSilent', 'tell', 'text'], tell.text);
}

function waiting(at: Notes): void {
  const { waitReminder: reminder, waitOver: over } = at.settings.timers;
  if (!reminder.on || !over.on || over.then !== 'end') return;
  const { times } = reminder;
  const room = over.after - reminder.after;
  const come = room <= 0 ? 0 : Math.min(times, Math.ceil(room / reminder.every));
  if (come < times) at.add(['waitReminder'], 'wait-reminders-cut', { come, times });
}

/** All count from the agent's last words: reminders each `after`, the end one `after` later, and a day at most (SS-22). */
function silence(at: Notes): void {
  const { visitorSilent: silent, inactive } = at.settings.timers;
  if (silent.reminders === 0 && silent.text.trim()) at.add(['visitorSilent', 'text'], 'reminder-unsaid');
  if (!silent.on) return;
  const times = silent.reminders;
  const before = (end: number) => Math.min(times, Math.ceil(end / silent.after) - 1);
  if (before(DAY) < times) at.add(['visitorSilent'], 'silence-day', { come: before(DAY), times });
  if (!inactive.on) return;
  const come = before(inactive.after);
  const end = Math.min(DAY, silent.after * (times + 1));
  if (come < times) at.add(['visitorSilent'], 'silence-cut', { come, times });
  else if (inactive.after < end) at.add(['visitorSilent'], 'silence-never', { silence: end, inactive: inactive.after });
}
