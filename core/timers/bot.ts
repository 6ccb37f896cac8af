import { DAY } from '../settings/pieces.ts';
import { ending } from './ending.ts';
import type { Timer } from './timer.ts';
import { words } from './words.ts';

/**
 * SS-22, AR-20: a conversation with the rules ends when the customer is silent. Where somebody of ours answers elsewhere it
 * is his: it ends a day after the last words, and without any.
 */
export const botSilent: Timer = {
  when(session, { timers: { bot: timer } }) {
    if (session.state !== 'bot' || !timer.on || session.locked) return null;
    const { visitorAt = 0, agentAt = 0, stateAt = 0 } = session.marks;
    const since = Math.max(session.openedAt, stateAt, visitorAt, session.hushed ? agentAt : 0);
    return since + (session.hushed ? DAY : timer.after) * 1000;
  },
  what(session, about) {
    const text = session.hushed ? '' : words('bot', about.settings.timers.bot.text, about);
    return ending(session, { reason: 'bot-silent', text }, about);
  },
};
