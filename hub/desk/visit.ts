import type { Visit } from '../../connectors/web/entry.ts';
import type { Inbound } from '../../core/inbound.ts';
import type { Hub } from '../hub.ts';
import { fillContact, rememberPage } from '../store/identities.ts';
import { kept, putKept } from '../store/keep.ts';
import type { OpenChannel } from './rulebook.ts';

/** Where a visitor's page stands: its address, title and where they came from. */
export interface Page {
  url?: string | undefined;
  title?: string | undefined;
  referrer?: string | undefined;
}
/** What is known of a visit before a word is said. */
interface Noted extends Partial<Visit> {
  page: Record<string, string>;
}

const DAY_MS = 86_400_000;
const nameOf = (channelId: string, visitorId: string) => `page:${channelId}:${visitorId}`;

/**
 * Notes what a visitor's page says hello with. Who has written before has it on the card at once; it is also kept,
 * sealed, for a day, and goes with the first words: onto the card of a stranger, and into the session they open.
 */
export async function noteVisit(
  hub: Hub,
  channel: Pick<OpenChannel, 'id' | 'organisationId'>,
  visitor: { id: string; identityId?: string | undefined; contactId?: string | undefined },
  { page, entry, profile }: Partial<Visit> & { page: Page },
): Promise<void> {
  const org = hub.db.org(channel.organisationId);
  const facts = Object.fromEntries(Object.entries(page).filter((pair): pair is [string, string] => Boolean(pair[1])));
  if (visitor.identityId && Object.keys(facts).length) await rememberPage(org, visitor.identityId, facts);
  if (visitor.contactId && profile && Object.keys(profile).length) {
    await fillContact(org, visitor.contactId, profile, new Date(hub.now()));
    hub.live.publish(org.id, [{ kind: 'contact', id: visitor.contactId }]);
  }
  const more = Object.keys(entry ?? {}).length > 0 || Object.keys(profile ?? {}).length > 0;
  if (!more && (visitor.identityId || !Object.keys(facts).length)) return;
  const name = nameOf(channel.id, visitor.id);
  const noted: Noted = { page: facts, ...(entry && { entry }), ...(profile && { profile }) };
  await putKept(hub.db, name, hub.secrets.seal(JSON.stringify(noted), name), new Date(hub.now() + DAY_MS));
}

async function notedVisit(hub: Hub, channelId: string, visitorId: string): Promise<Noted | null> {
  const name = nameOf(channelId, visitorId);
  const row = await kept(hub.db, name, new Date(hub.now()));
  return row ? (JSON.parse(hub.secrets.open(row.value, name)) as Noted) : null;
}

/** What was kept of a stranger's page, or nothing. */
export async function notedPage(
  hub: Hub,
  channelId: string,
  visitorId: string,
): Promise<Record<string, string> | null> {
  const page = (await notedVisit(hub, channelId, visitorId))?.page;
  return page && Object.keys(page).length ? page : null;
}

/** Words that open a session bring what the visit was noted with; while one is open there is nothing to look up. */
export async function withVisit(hub: Hub, channel: OpenChannel, events: Inbound[]): Promise<Inbound[]> {
  const from = events[0]?.from;
  if (!from || hub.known.get({ channelId: channel.id, from })?.session) return events;
  const noted = await notedVisit(hub, channel.id, from);
  if (!noted?.entry && !noted?.profile) return events;
  return events.map((event) => ({
    ...event,
    ...(noted.entry && { entry: noted.entry }),
    ...(noted.profile && { profile: { ...event.profile, ...noted.profile } }),
  }));
}
