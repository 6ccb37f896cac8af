import type { Visit } from '../../connectors/web/entry.ts';
import type { Inbound, Whence } from '../../core/inbound.ts';
import type { Hub } from '../hub.ts';
import { fillContact, rememberVisit } from '../store/identities.ts';
import { kept, putKept } from '../store/keep.ts';
import type { identityByExternal } from '../store/visitors.ts';
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
  /** Absent in what an older hub has noted. */
  from?: Whence;
}
/** Who visits: the page's own id of him, and who that is if he has been here before. */
interface Visitor {
  id: string;
  identity: Awaited<ReturnType<typeof identityByExternal>>;
}

const DAY_MS = 86_400_000;
const nameOf = (channelId: string, visitorId: string) => `page:${channelId}:${visitorId}`;

/**
 * Notes what a visitor's page says hello with, and where it does. Who has written before has it on the card at once; it is
 * also kept, sealed, for a day, and goes with the first words: onto the card of a stranger, and into the session they open.
 */
export async function noteVisit(
  hub: Hub,
  channel: Pick<OpenChannel, 'id' | 'organisationId'>,
  { id, identity }: Visitor,
  { page, from, entry, profile }: Partial<Visit> & { page: Page; from: Whence },
): Promise<void> {
  const org = hub.db.org(channel.organisationId);
  const facts = Object.fromEntries(Object.entries(page).filter((pair): pair is [string, string] => Boolean(pair[1])));
  const told = Object.keys(profile ?? {}).length > 0;
  if (identity) {
    const moved = !isFrom(identity, from);
    if (moved || Object.keys(facts).length) await rememberVisit(org, identity.id, facts, moved ? from : undefined);
    const learnt = told && (await fillContact(org, identity.contact_id, profile!, new Date(hub.now())));
    if (moved || learnt) hub.live.publish(org.id, [{ kind: 'contact', id: identity.contact_id }]);
  }
  const asked = Object.keys(entry ?? {}).length > 0;
  if (identity && !told && !asked) return;
  const name = nameOf(channel.id, id);
  const noted: Noted = { page: facts, from, ...(asked && { entry }), ...(told && { profile }) };
  await putKept(hub.db, name, hub.secrets.seal(JSON.stringify(noted), name), new Date(hub.now() + DAY_MS));
}

const isFrom = (row: NonNullable<Visitor['identity']>, { ip, region, network, terminal }: Whence): boolean =>
  row.ip === ip &&
  row.region === region &&
  row.network === network &&
  (['device', 'os', 'browser'] as const).every((key) => row.terminal?.[key] === terminal?.[key]);

async function notedVisit(hub: Hub, channelId: string, visitorId: string): Promise<Noted | null> {
  const name = nameOf(channelId, visitorId);
  const row = await kept(hub.db, name, new Date(hub.now()));
  return row ? (JSON.parse(hub.secrets.open(row.value, name)) as Noted) : null;
}

/** Words that open a session bring what the visit was noted with; while one is open there is nothing to look up. */
export async function withVisit(hub: Hub, channel: OpenChannel, events: Inbound[]): Promise<Inbound[]> {
  const from = events[0]?.from;
  if (!from || hub.known.get({ channelId: channel.id, from })?.session) return events;
  const noted = await notedVisit(hub, channel.id, from);
  if (!noted) return events;
  const told = { ...noted.profile, more: noted.page, ...(noted.from && { from: noted.from }) };
  return events.map((event) => ({
    ...event,
    ...(noted.entry && { entry: noted.entry }),
    profile: { ...event.profile, ...told },
  }));
}
