import { houseLanguage } from '../../core/house-text.ts';
import type { Inbound } from '../../core/inbound.ts';
import { onInbound } from '../../core/reception.ts';
import type { Scan } from '../../core/rules.ts';
import type { Step } from '../../core/step.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import {
  type Arrival,
  arrivals,
  lastOf,
  ledgerOf,
  oursBefore,
  pointedAt,
  TAKEN,
  takenBefore,
} from '../store/arrivals.ts';
import { Changes, Conflict, type MessageRow } from '../store/changes.ts';
import type { Org } from '../store/org.ts';
import { invitedSession, session as readSession } from '../store/sessions.ts';
import { announce } from './announce.ts';
import { apply, type Draft } from './apply/index.ts';
import { inBatches } from './batch.ts';
import { timing } from './deadline.ts';
import { pulse } from './pulse.ts';
import type { CompiledRules, OpenChannel } from './rulebook.ts';
import { type Desk, decided, pageLanguage, situation } from './situation.ts';

/** One request's events, all of one channel, in the order the platform gave them. */
export interface Delivery {
  channel: OpenChannel;
  events: Inbound[];
  /** What is said is answered in the platform's own request: `deliver` leaves it alone. */
  hold?: boolean;
}

const TRIES = 20;

/** How a hub receives. One per hub: `receive(delivery)` resolves when what was said is safe, and rejects when it is not. */
export function receiver(hub: Hub): (delivery: Delivery) => Promise<void> {
  const note = pulse(hub);
  const enqueue = inBatches<Delivery, void>(async (organisationId, deliveries) => {
    const org = hub.db.org(organisationId);
    try {
      await settle(hub, org, deliveries);
      return deliveries.map(() => DONE);
    } catch (error) {
      if (deliveries.length === 1) throw error;
      // Something among them is poisonous: each alone, so that only that one fails.
      const results: PromiseSettledResult<void>[] = [];
      for (const delivery of deliveries) {
        const [result] = await Promise.allSettled([settle(hub, org, [delivery])]);
        results.push(result!);
      }
      return results;
    }
  });
  return async (delivery) => {
    if (delivery.events.length) await enqueue(delivery.channel.organisationId, delivery);
    note(delivery.channel);
  };
}

const DONE: PromiseSettledResult<void> = { status: 'fulfilled', value: undefined };

/** Load once, decide each, write once. Whoever was slower than another writer reads again and decides again. */
async function settle(hub: Hub, org: Org, deliveries: readonly Delivery[]): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      const changes = new Changes();
      const met = await decide(hub, org, deliveries, changes, tries > 1);
      await changes.write(org);
      for (const person of met) hub.known.put(person);
      const held = new Set(deliveries.filter(({ hold }) => hold).map(({ channel }) => channel.id));
      announce(hub, org.id, changes, held);
      return;
    } catch (error) {
      if (!(error instanceof Conflict) || tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5 * tries));
    }
  }
}

/**
 * Decides every event on what is true now and fills `changes`. `again`: a conflict told us that somebody else wrote, maybe
 * the same message, so nothing remembered is believed. Gives the people who are new, to be remembered once they are stored.
 */
async function decide(
  hub: Hub,
  org: Org,
  deliveries: readonly Delivery[],
  changes: Changes,
  again: boolean,
): Promise<Arrival[]> {
  const rules = await hub.rulebook.rules(org.id);
  const scans = new Map<string, Scan>();
  const memo: CompiledRules = { ...rules, scan: (text) => remember(scans, text, rules.scan) };
  const events = deliveries.flatMap(({ channel, events: all }) => all.map((event) => ({ channel, event })));
  const keys = events.flatMap(({ channel, event }) =>
    event.from
      ? [{ channelId: channel.id, from: event.from, messageId: event.kind === 'message' ? event.messageId : null }]
      : [],
  );
  const pointers = events.flatMap(({ event }) => idsIn(event, again));
  if (again) for (const key of keys) hub.known.forget(key);
  const missing = keys.filter((key) => !hub.known.get(key));
  const forms = events.filter(({ event }) => isForm(event));
  const [{ known, early }, found, taken] = await Promise.all([
    missing.length ? arrivals(org, missing) : { known: [], early: [] as string[] },
    pointers.length
      ? pointedAt(org, [...new Set(deliveries.map(({ channel }) => channel.id))], pointers)
      : new Map<string, MessageRow | 'tombstone'>(),
    takenBefore(
      org,
      forms.map(({ channel, event }) => ({ channelId: channel.id, externalId: event.externalId })),
    ),
  ]);
  const desk: Desk = { floor: null };
  for (const { channelId, messageId } of keys)
    if (messageId && hub.known.wasRecalled(channelId, messageId)) early.push(`${channelId}:${messageId}`);
  for (const message of early) if (!found.has(message)) found.set(message, 'tombstone');
  for (const person of known) hub.known.put(person);
  const met = new Map<string, Arrival>();
  const drafts = new Map<string, Arriving>();
  for (const { channel, event } of events) {
    if (!event.from || event.kind === 'ignored') {
      ignore(hub, changes, channel, event);
      continue;
    }
    if (
      (event.kind === 'message' || event.kind === 'echo') &&
      found.has(`${channel.id}:${event.messageId}`) &&
      found.get(`${channel.id}:${event.messageId}`) !== 'tombstone'
    )
      continue;
    if (isForm(event)) {
      const form = `${channel.id}:${event.externalId}`;
      if (taken.has(form)) continue;
      taken.add(form);
      ignore(hub, changes, channel, { ...event, kind: 'ignored', what: 'done', externalId: TAKEN + event.externalId });
    }
    const key = `${channel.id}:${event.from}`;
    let person = met.get(key) ?? hub.known.get({ channelId: channel.id, from: event.from });
    if (!person) {
      person = meet(changes, channel, event, new Date(hub.now()));
      met.set(key, person);
    }
    // CT-05: who is on the blacklist is not heard. That he tried is kept by name.
    if (person.contact.blocked) {
      ignore(hub, changes, channel, { ...event, kind: 'ignored', what: 'blocked' });
      continue;
    }
    const draft = drafts.get(key) ?? begin(hub, changes, channel, person, found, memo);
    drafts.set(key, draft);
    draft.reply = event.reply;
    const before = draft.session?.state;
    const told =
      event.kind === 'receipt' && event.before !== undefined
        ? { ...event, messageIds: await sentBefore(org, channel, draft, event.before, found) }
        : event;
    const target = await ratedOf(org, event, draft);
    const at = situation(hub, channel, { ...person, last: target.last }, target.session, memo, event.entry);
    const steps = await decided(hub, org, memo, desk, target.session, at, (seen) => onInbound(told, seen));
    await put(org, target, steps);
    if (event.kind === 'message' || event.kind === 'echo')
      found.set(
        `${channel.id}:${event.messageId}`,
        changes.messages.findLast((row) => row.external_id === event.messageId)!,
      );
    if (before !== 'waiting' && draft.session?.state === 'waiting') desk.floor?.joined(draft.session.group_id);
    if (draft.session?.state === 'closed') {
      const ledger = ledgerOf(draft.session.window_until, draft.session.window_left);
      drafts.set(key, { ...draft, session: null, view: undefined, from: 0, ledger, last: lastOf(draft.session) });
    }
    if (steps.length === 0 && event.kind === 'notice') ignore(hub, changes, channel, event);
  }
  return [...met.values()];
}

/** A message left and a rating have no row that their platform's id would be found in: they are written down by it. */
const isForm = ({ kind }: Inbound): boolean => kind === 'leave-message' || kind === 'rate';

function remember(scans: Map<string, Scan>, text: string, scan: (text: string) => Scan): Scan {
  let result = scans.get(text);
  if (!result) scans.set(text, (result = scan(text)));
  return result;
}

/** The platform's ids an event points at. A message's own only matters when it may have been here before. */
function idsIn(event: Inbound, again: boolean): string[] {
  switch (event.kind) {
    case 'message':
      return [...(again ? [event.messageId] : []), ...(event.quoted ? [event.quoted] : [])];
    case 'echo':
      return [event.messageId, ...(event.quoted ? [event.quoted] : [])];
    case 'edit':
    case 'recall':
      return [event.messageId];
    case 'receipt':
      return event.messageIds ?? [];
    default:
      return [];
  }
}

/** A watermark names no messages: those of ours it covers, put where steps find them. */
async function sentBefore(
  org: Org,
  channel: OpenChannel,
  { session }: Draft,
  before: number,
  found: Map<string, MessageRow | 'tombstone'>,
): Promise<string[]> {
  if (!session) return [];
  const rows = await oursBefore(org, session.id, new Date(before));
  for (const row of rows) if (!found.has(`${channel.id}:${row.id}`)) found.set(`${channel.id}:${row.id}`, row);
  return rows.map((row) => row.id);
}

/** A draft of an arrival: beside the open session, what its last one left behind. */
interface Arriving extends Draft {
  last: Arrival['last'];
}

/** The card of an earlier session may still be open while the customer is in a new one: what he answers there is of the earlier. */
async function ratedOf(org: Org, event: Inbound, draft: Arriving): Promise<Arriving> {
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
async function put(org: Org, draft: Arriving, steps: readonly Step[]): Promise<void> {
  const late = !draft.session && draft.last && steps[0]?.do !== 'open' && steps.some(({ do: what }) => LATE.has(what));
  const row = late ? await readSession(org, draft.last!.id) : undefined;
  if (!row) return apply(draft, steps);
  const closed: Draft = { ...draft, session: row, view: undefined, from: row.seq };
  apply(closed, steps);
  draft.last = lastOf(row);
}

function begin(
  hub: Hub,
  changes: Changes,
  channel: OpenChannel,
  person: Arrival,
  found: ReadonlyMap<string, MessageRow | 'tombstone'>,
  rules: CompiledRules,
): Arriving {
  const session = person.session && { ...person.session };
  const view = { get: (id: string) => found.get(`${channel.id}:${id}`) } as ReadonlyMap<
    string,
    MessageRow | 'tombstone'
  >;
  return {
    changes,
    at: new Date(hub.now()),
    channel,
    identity: { id: person.identity.id, contactId: person.identity.contactId },
    session,
    from: session?.seq ?? 0,
    ledger: person.ledger,
    last: person.last,
    found: view,
    ...timing(rules),
  };
}

/** A person who never wrote before: a contact of their own and the identity they came with. */
function meet(changes: Changes, channel: OpenChannel, event: Inbound, at: Date): Arrival {
  const contactId = newId();
  const id = newId();
  const { profile } = event;
  const word = houseLanguage(pageLanguage(channel) ?? profile?.language) === 'zh' ? '访客' : 'Visitor';
  const made = `${word} ${id.slice(-4).toUpperCase()}`;
  const name = profile?.name?.slice(0, 100) || made;
  changes.contacts.push({
    id: contactId,
    name,
    nickname: profile?.name && profile.real ? made : null,
    avatar: profile?.avatar ?? null,
    phone: profile?.phone ?? null,
    email: profile?.email ?? null,
    company: profile?.company ?? null,
    remark: null,
    fields: profile?.fields ?? {},
    created_at: at,
    updated_at: at,
  });
  changes.identities.push({
    id,
    contact_id: contactId,
    channel_id: channel.id,
    external_id: event.from!,
    name: profile?.name ?? null,
    avatar: profile?.avatar ?? null,
    language: profile?.language ?? null,
    more: profile?.more ?? {},
    reachable: true,
    profile_at: null,
    last_seen_at: at,
    ip: profile?.from?.ip ?? null,
    region: profile?.from?.region ?? null,
    network: profile?.from?.network ?? null,
    terminal: profile?.from?.terminal ?? null,
    created_at: at,
  });
  return {
    channelId: channel.id,
    from: event.from!,
    session: null,
    ledger: null,
    last: null,
    contact: { tagIds: [], blocked: false },
    identity: {
      id,
      contactId,
      language: profile?.language ?? null,
      reachable: true,
      name,
      avatar: profile?.avatar ?? null,
    },
  };
}

function ignore(hub: Hub, changes: Changes, channel: OpenChannel, event: Inbound): void {
  const what = event.kind === 'ignored' || event.kind === 'notice' ? event.what : event.kind;
  const data = event.kind === 'ignored' ? (event.data ?? null) : null;
  changes.ignored.push({
    id: newId(),
    channel_id: channel.id,
    what,
    external_id: event.externalId,
    data,
    at: new Date(hub.now()),
  });
}
