import type { Sendable } from '../../../core/message.ts';
import type { Step } from '../../../core/step.ts';
import { allowance, granted, isMetered, spent } from '../../../core/window.ts';
import { ledgerOf } from '../../store/arrivals.ts';
import type { MessageRow } from '../../store/changes.ts';
import { canOf } from '../rulebook.ts';
import { type Draft, touch } from './draft.ts';

/** The ledger of the right to write (`core/window.ts`), kept on the session. */

/** What the platform would refuse is stopped here, kept, and told why. A template is what one sends when the window is shut. */
export function spend(draft: Draft, piece: Sendable): Partial<MessageRow> {
  const session = draft.session!;
  const { window } = canOf(draft.channel);
  if (!isMetered(window) || piece.type === 'template') return {};
  const ledger = ledgerOf(session.window_until, session.window_left);
  if (allowance(ledger, window, draft.at.getTime()) < 1)
    return {
      delivery: 'failed',
      error_code: 'window_closed',
      error_text: 'The platform takes no more messages until the customer writes again.',
    };
  session.window_left = spent(ledger, 1)?.left ?? null;
  return {};
}

export function grant(draft: Draft, step: Extract<Step, { do: 'grant' }>): void {
  const session = draft.session!;
  keepRight(draft);
  const before = ledgerOf(session.window_until, session.window_left);
  const after = granted(before, canOf(draft.channel).window, step.trigger, step.at || draft.at.getTime());
  if (!after || (after.until === before?.until && after.left === before.left)) return;
  session.window_until = new Date(after.until);
  session.window_left = after.left;
  touch(draft);
}

/** An act may bring a right to answer without being a message (Douyin: the conversation was opened); the later end wins. */
function keepRight(draft: Draft): void {
  const { reply, session } = draft;
  if (!reply || !session || (session.reply_until && session.reply_until.getTime() >= reply.until)) return;
  session.reply_token = reply.token;
  session.reply_until = new Date(reply.until);
  touch(draft);
}
