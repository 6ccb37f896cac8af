import type { Hub } from '../../hub.ts';
import { type Arrival, lastOf, ledgerOf } from '../../store/arrivals.ts';
import type { Changes } from '../../store/changes.ts';
import type { Draft } from '../apply/index.ts';
import { timing } from '../deadline.ts';
import type { CompiledRules, OpenChannel } from '../rulebook.ts';
import type { Looked } from './look.ts';

/** A draft of an arrival: beside the open session, what its last one left behind. */
export interface Arriving extends Draft {
  last: Arrival['last'];
}

/** One customer's draft, made with his first event of a batch. His session is a copy: what is remembered is changed by a commit only. */
export function begin(
  hub: Hub,
  changes: Changes,
  channel: OpenChannel,
  person: Arrival,
  found: Looked['found'],
  rules: CompiledRules,
): Arriving {
  const session = person.session && { ...person.session };
  return {
    changes,
    at: new Date(hub.now()),
    channel,
    identity: { id: person.identity.id, contactId: person.identity.contactId },
    session,
    from: session?.seq ?? 0,
    ledger: person.ledger,
    last: person.last,
    found: { get: (id: string) => found.get(`${channel.id}:${id}`) } as Draft['found'],
    ...timing(rules),
  };
}

/** What stands after an event: of a session that it ended, what matters to the next. */
export function after(draft: Arriving): Arriving {
  const { session } = draft;
  if (session?.state !== 'closed') return draft;
  const ledger = ledgerOf(session.window_until, session.window_left);
  return { ...draft, session: null, view: undefined, from: 0, ledger, last: lastOf(session) };
}
