import type { Changes } from '../changes.ts';
import type { Org } from '../org.ts';
import { alerts, ignored, invitations, leaveMessages, olderRatings, ratings } from './care.ts';
import { media, newMessages, patches, reads } from './messages.ts';
import { contacts, identities, reach } from './people.ts';
import { serviceEnds, services, transferEnds, transfers, waitEnds, waits } from './service.ts';
import { changedSessions, events, newSessions, talkedSessions } from './sessions.ts';
import { asStep, type Share, Statement } from './statement.ts';

/** In this order; the last one present is the statement, the others stand before it in a `with`. */
const PARTS = [
  talkedSessions,
  changedSessions,
  patches,
  reads,
  waitEnds,
  serviceEnds,
  transferEnds,
  reach,
  contacts,
  identities,
  newSessions,
  newMessages,
  waits,
  services,
  transfers,
  invitations,
  olderRatings,
  ratings,
  leaveMessages,
  alerts,
  ignored,
  media,
  events,
].map(asStep);

/** By the shares they are made of: there are few, and PostgreSQL plans each once a connection. */
const statements = new Map<string, Statement>();

/**
 * One statement for all of it: a transaction in one round trip. Where several sessions change they are locked in one order
 * first, as deliveries do too, so that writers wait for each other and never in a ring.
 */
export async function writeChanges(org: Org, changes: Changes): Promise<void> {
  const shares: Share[] = [];
  let key = '';
  for (const step of PARTS) {
    const rows = step.part.rows(changes);
    if (!rows.length) continue;
    shares.push({ step, rows });
    key += rows.length === 1 ? `${step.part.name} ` : `${step.part.name}* `;
  }
  if (!shares.length) return;
  const locks = changes.sessions.size > 1 || changes.patches.length > 0 || changes.reads.length > 0;
  if (locks) key += 'locks';
  let statement = statements.get(key);
  if (!statement) statements.set(key, (statement = new Statement(shares, locks)));
  const parameters = statement.parameters(shares);
  if (locks) parameters.push([...changes.sessions.keys()]);
  await org.statement(statement.text, parameters);
}
