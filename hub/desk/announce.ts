import type { Hub } from '../hub.ts';
import type { News } from '../live.ts';
import type { Changes, SessionRow } from '../store/changes.ts';

/** Longer than any write takes that had not seen the recall. Milliseconds. */
const RECALLED_MS = 1_500;

/**
 * After the commit: screens hear what is new, and what follows is woken. Everything here may be lost without harm,
 * because `tick` finds the rows again. `held`: channels whose messages leave in the platform's own request.
 */
export function announce(
  hub: Hub,
  organisationId: string,
  changes: Changes,
  held: ReadonlySet<string> = new Set(),
): void {
  const sessions: SessionRow[] = [...changes.newSessions, ...changes.sessions.values()];
  const news: News[] = [];
  for (const session of sessions) {
    const events = changes.events.filter((event) => event.session_id === session.id);
    if (!events.length) continue;
    const messages = changes.messages.filter((message) => message.session_id === session.id);
    const changed = events.flatMap((event) => (event.type !== 'message' && event.message_id ? [event.message_id] : []));
    news.push({
      kind: 'session',
      id: session.id,
      from: events[0]!.seq,
      to: session.seq,
      rows: { session, messages, events, changed },
    });
  }
  const queues = new Set([...changes.waits.map((row) => row.group_id), ...changes.waitEnds.map((end) => end.group_id)]);
  for (const groupId of queues) news.push({ kind: 'queue', groupId });
  for (const row of changes.ignored) {
    if (row.what !== 'recalled') continue;
    const early = { channelId: row.channel_id, messageId: row.external_id.slice('recalled:'.length) };
    news.push({ kind: 'early-recall', ...early });
    hub.jobs.add('recalled', { organisationId, ...early }, RECALLED_MS);
  }
  if (changes.leftMessages.length) news.push({ kind: 'changed', area: 'leave-messages' });
  for (const alert of changes.alerts) news.push({ kind: 'alert', id: alert.id });
  for (const agentId of new Set([
    ...changes.services.map((row) => row.agent_id),
    ...sessions.flatMap((row) => (row.agent_id ? [row.agent_id] : [])),
  ])) {
    if (changes.services.length || changes.serviceEnds.length) news.push({ kind: 'member', id: agentId, load: true });
  }
  const froms = new Map(changes.identities.map((row) => [row.contact_id, row]));
  for (const contact of changes.contacts) hub.directory.know(contact, froms.get(contact.id));
  hub.live.publish(organisationId, news);

  const pending = new Set(
    changes.messages.flatMap((message) =>
      message.delivery === 'pending' && !held.has(message.channel_id) ? [message.session_id] : [],
    ),
  );
  if (pending.size) hub.outbox.wake(organisationId, [...pending]);
  const eased = changes.events.some(({ type }) => type === 'released' || type === 'ranked');
  if (changes.waits.length || changes.serviceEnds.length || eased) hub.pairing.wake(organisationId);
  if (changes.media.length) hub.jobs.add('media', { organisationId, mediaIds: changes.media.map((row) => row.id) });
  const strangers = changes.identities.filter((row) => !row.name);
  if (strangers.length) hub.jobs.add('profile', { organisationId, identityIds: strangers.map((row) => row.id) });
}
