import { houseLanguage } from '../../core/house-text.ts';
import type { Inbound } from '../../core/inbound.ts';
import { wordsIn } from '../../core/message.ts';
import { isHumanFirst, onInbound, type Situation } from '../../core/reception.ts';
import type { Scan } from '../../core/rules.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import {
  type Arrival,
  arrivals,
  ledgerOf,
  oursBefore,
  placeOf,
  pointedAt,
  queueLengths,
  staffedGroups,
} from '../store/arrivals.ts';
import { Changes, Conflict, type MessageRow } from '../store/changes.ts';
import type { Org } from '../store/org.ts';
import { announce } from './announce.ts';
import { apply, type Draft } from './apply.ts';
import { inBatches } from './batch.ts';
import { pulse } from './pulse.ts';
import { type CompiledRules, canOf, type OpenChannel } from './rulebook.ts';

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
  const [{ known, early }, found, desk] = await Promise.all([
    missing.length ? arrivals(org, missing) : { known: [], early: [] as string[] },
    pointers.length
      ? pointedAt(org, [...new Set(deliveries.map(({ channel }) => channel.id))], pointers)
      : new Map<string, MessageRow | 'tombstone'>(),
    events.some(({ event }) => asksForPerson(event, memo)) ? lookAtDesk(hub, org) : null,
  ]);
  for (const { channelId, messageId } of keys)
    if (messageId && hub.known.wasRecalled(channelId, messageId)) early.push(`${channelId}:${messageId}`);
  for (const message of early) if (!found.has(message)) found.set(message, 'tombstone');
  for (const person of known) hub.known.put(person);
  const met = new Map<string, Arrival>();
  const drafts = new Map<string, Draft>();
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
    const key = `${channel.id}:${event.from}`;
    let person = met.get(key) ?? hub.known.get({ channelId: channel.id, from: event.from });
    if (!person) {
      person = meet(changes, channel, event, new Date(hub.now()));
      met.set(key, person);
    }
    const draft = drafts.get(key) ?? begin(hub, changes, channel, person, found);
    drafts.set(key, draft);
    draft.reply = event.reply;
    const before = draft.session?.state;
    const told =
      event.kind === 'receipt' && event.before !== undefined
        ? { ...event, messageIds: await sentBefore(org, channel, draft, event.before, found) }
        : event;
    const steps = onInbound(told, await situation(org, channel, person, draft, memo, desk, event.entry));
    apply(draft, steps);
    if (event.kind === 'message' || event.kind === 'echo')
      found.set(
        `${channel.id}:${event.messageId}`,
        changes.messages.findLast((row) => row.external_id === event.messageId)!,
      );
    if (before !== 'waiting' && draft.session?.state === 'waiting') desk?.joined(draft.session.group_id);
    if (draft.session?.state === 'closed') {
      const ledger = ledgerOf(draft.session.window_until, draft.session.window_left);
      drafts.set(key, { ...draft, session: null, from: 0, ledger });
    }
    if (steps.length === 0 && event.kind === 'notice') ignore(hub, changes, channel, event);
  }
  return [...met.values()];
}

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

function asksForPerson(event: Inbound, rules: CompiledRules): boolean {
  if (event.kind === 'wish') return event.wish === 'human';
  if (event.kind !== 'message') return false;
  if (isHumanFirst(rules.reception.mode, event.entry)) return true;
  const text = wordsIn(event.content);
  if (!text) return false;
  const found = rules.scan(text);
  return found.human || found.keywordHuman !== null;
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

interface DeskView {
  staffed: Set<string | null>;
  waiting: Map<string | null, number>;
  joined(groupId: string | null): void;
}

async function lookAtDesk(hub: Hub, org: Org): Promise<DeskView> {
  const [staffed, lengths] = await Promise.all([staffedGroups(org, new Date(hub.now())), queueLengths(org)]);
  const waiting = new Map(lengths.map((row) => [row.groupId, Number(row.waiting)]));
  return { staffed, waiting, joined: (groupId) => waiting.set(groupId, (waiting.get(groupId) ?? 0) + 1) };
}

async function situation(
  org: Org,
  channel: OpenChannel,
  person: Arrival,
  draft: Draft,
  rules: CompiledRules,
  desk: DeskView | null,
  entry: Record<string, string> | undefined,
): Promise<Situation> {
  const { session } = draft;
  const ownPlace =
    desk && session?.state === 'waiting' && session.waiting_since
      ? await placeOf(org, { id: session.id, groupId: session.group_id, since: session.waiting_since })
      : null;
  return {
    session: session && {
      id: session.id,
      state: session.state,
      channelId: session.channel_id,
      groupId: session.group_id,
      agentId: session.agent_id,
      hushed: session.hushed,
    },
    channelId: channel.id,
    window: canOf(channel).window,
    entry: session?.entry ?? entry,
    rules,
    language: houseLanguage(pageLanguage(channel) ?? person.identity.language),
    mayEnd: channel.style?.end !== false,
    staffed: (groupId) => desk?.staffed.has(groupId) ?? false,
    place: (groupId) => (desk?.waiting.get(groupId) ?? 0) + 1,
    ownPlace,
    chance: Math.random(),
  };
}

function begin(
  hub: Hub,
  changes: Changes,
  channel: OpenChannel,
  person: Arrival,
  found: ReadonlyMap<string, MessageRow | 'tombstone'>,
): Draft {
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
    found: view,
  };
}

/** A web page may be set to one language for everybody. */
function pageLanguage(channel: OpenChannel): string | undefined {
  const language = channel.style?.language;
  return typeof language === 'string' && language !== 'auto' ? language : undefined;
}

/** A person who never wrote before: a contact of their own and the identity they came with. */
function meet(changes: Changes, channel: OpenChannel, event: Inbound, at: Date): Arrival {
  const contactId = newId();
  const id = newId();
  const { profile } = event;
  const word = houseLanguage(pageLanguage(channel) ?? profile?.language) === 'zh' ? '访客' : 'Visitor';
  const name = profile?.name?.slice(0, 100) || `${word} ${id.slice(-4).toUpperCase()}`;
  changes.contacts.push({
    id: contactId,
    name,
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
    created_at: at,
  });
  return {
    channelId: channel.id,
    from: event.from!,
    session: null,
    ledger: null,
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
