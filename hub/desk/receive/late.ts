import type { Inbound } from '../../../core/inbound.ts';
import type { Step } from '../../../core/step.ts';
import { lastOf } from '../../store/arrivals.ts';
import type { SessionRow } from '../../store/changes.ts';
import type { Org } from '../../store/org.ts';
import { invitedSession, session as readSession } from '../../store/sessions.ts';
import { apply } from '../apply/index.ts';
import type { Arriving } from './arriving.ts';

/** What is said about a session that has ended. */

/** The card of an earlier session may still be open while the customer is in a new one: what he answers there is of the earlier. */
export async function ratedOf(org: Org, event: Inbound, draft: Arriving): Promise<Arriving> {
  if (event.kind !== 'rate' || !event.invitationId) return draft;
  const { invited } = (draft.session ?? draft.last)?.marks ?? {};
  if (invited?.id === event.invitationId) return draft;
  const row = await invitedSession(org, event.invitationId, draft.identity.id);
  return row ? { ...draft, session: null, view: undefined, from: 0, last: lastOf(row) } : draft;
}

/** What may be about the session that ended last. */
const LATE: ReadonlySet<Step['do']> = new Set(['rate', 'invite', 'say']);

/**
 * An answer to an invitation belongs to the session it was about, which may be over: its record grows by the rating, or by
 * the words that it came too late.
 */
export async function put(org: Org, draft: Arriving, steps: readonly Step[]): Promise<void> {
  const { last } = draft;
  const late = !draft.session && last && steps[0]?.do !== 'open' && steps.some(({ do: what }) => LATE.has(what));
  const row = late ? await ended(org, draft, last.id) : undefined;
  if (!row) return apply(draft, steps);
  apply({ ...draft, session: row, view: undefined, from: row.seq }, steps);
  draft.last = lastOf(row);
}

/** As this batch has left it, where it did: what it wrote of it is not stored yet. */
async function ended(org: Org, { changes }: Arriving, id: string): Promise<SessionRow | undefined> {
  return changes.sessions.get(id) ?? changes.newSessions.find((row) => row.id === id) ?? (await readSession(org, id));
}
