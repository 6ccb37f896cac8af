import { Refusal } from '../../core/refusal.ts';
import type { Step } from '../../core/step.ts';
import { act } from '../desk/act.ts';
import type { Hub } from '../hub.ts';
import type { Org } from '../store/org.ts';
import { sum } from './view.ts';

export type Notice =
  | 'payment_paid'
  | 'payment_closed'
  | 'payment_expired'
  | 'payment_refunded'
  | 'payment_refund_failed';

/** The quiet line that tells of it in the conversation. */
export const notice = (what: Notice, amount: number, currency: string): Step => ({
  do: 'note',
  what,
  text: sum({ amount, currency }),
});

/**
 * Money moves and the conversation says so, in one transaction: `work` gives the lines to write, none where another was
 * faster. Where the channel is gone there is no conversation to write into; the money is booked all the same.
 */
export async function within(
  hub: Hub,
  org: Org,
  sessionId: string,
  work: (tx: Org) => Promise<readonly Step[]>,
): Promise<void> {
  try {
    await act(hub, org, sessionId, ({ org: tx }) => work(tx), { locked: true });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'not_found') throw error;
    await org.transaction(work);
  }
}
