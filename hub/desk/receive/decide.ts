import { onInbound } from '../../../core/reception.ts';
import type { Scan } from '../../../core/rules.ts';
import type { Hub } from '../../hub.ts';
import { newId } from '../../id.ts';
import { type Arrival, oursBefore, TAKEN } from '../../store/arrivals.ts';
import type { Changes } from '../../store/changes.ts';
import type { Org } from '../../store/org.ts';
import type { CompiledRules, OpenChannel } from '../rulebook.ts';
import { type Desk, decided, situation } from '../situation.ts';
import { type Arriving, after, begin } from './arriving.ts';
import { put, ratedOf } from './late.ts';
import { type Came, isForm, type Looked, look } from './look.ts';
import { meet } from './meet.ts';

/**
 * Decides every event on what is true now and fills `changes`. `again`: a conflict told us that somebody else wrote, maybe
 * the same message, so nothing remembered is believed. Gives the people who are new, to be remembered once they are stored.
 */
export async function decide(
  hub: Hub,
  org: Org,
  events: readonly Came[],
  changes: Changes,
  again: boolean,
): Promise<Arrival[]> {
  const rules = scanningOnce(await hub.rulebook.rules(org.id));
  const { found, taken } = await look(hub, org, events, again);
  const desk: Desk = { floor: null };
  const met = new Map<string, Arrival>();
  const drafts = new Map<string, Arriving>();
  for (const { channel, event } of events) {
    if (!event.from || event.kind === 'ignored') {
      ignore(hub, changes, { channel, event });
      continue;
    }
    const says = event.kind === 'message' || event.kind === 'echo';
    const message = says ? `${channel.id}:${event.messageId}` : '';
    // Also what was said and became no message of its own: an answer to a rating.
    if (says && found.has(message) && found.get(message) !== 'tombstone') continue;
    if (isForm(event)) {
      const form = `${channel.id}:${event.externalId}`;
      if (taken.has(form)) continue;
      taken.add(form);
      const externalId = TAKEN + event.externalId;
      ignore(hub, changes, { channel, event: { ...event, kind: 'ignored', what: 'done', externalId } });
    }
    const key = `${channel.id}:${event.from}`;
    let person = met.get(key) ?? hub.known.get({ channelId: channel.id, from: event.from });
    if (!person) {
      person = meet(changes, channel, event, new Date(hub.now()));
      met.set(key, person);
    }
    // CT-05: who is on the blacklist is not heard. That he tried is kept by name.
    if (person.contact.blocked) {
      ignore(hub, changes, { channel, event: { ...event, kind: 'ignored', what: 'blocked' } });
      continue;
    }
    const draft = drafts.get(key) ?? begin(hub, changes, channel, person, found, rules);
    draft.reply = event.reply;
    const before = draft.session?.state;
    const told =
      event.kind === 'receipt' && event.before !== undefined
        ? { ...event, messageIds: await sentBefore(org, channel, draft, event.before, found) }
        : event;
    const target = await ratedOf(org, event, draft);
    const at = situation(hub, channel, { ...person, last: target.last }, target.session, rules, event.entry);
    const steps = await decided(hub, org, rules, desk, target.session, at, (seen) => onInbound(told, seen));
    await put(org, target, steps);
    if (says) found.set(message, changes.messages.findLast((row) => row.external_id === event.messageId)!);
    if (before !== 'waiting' && draft.session?.state === 'waiting') desk.floor?.joined(draft.session.group_id);
    drafts.set(key, after(draft));
    if (steps.length === 0 && event.kind === 'notice') ignore(hub, changes, { channel, event });
  }
  return [...met.values()];
}

/** The same rules, with each text of a batch looked through once: core may decide twice. */
function scanningOnce(rules: CompiledRules): CompiledRules {
  const scans = new Map<string, Scan>();
  const scan = (text: string): Scan => {
    let result = scans.get(text);
    if (!result) scans.set(text, (result = rules.scan(text)));
    return result;
  };
  return { ...rules, scan };
}

/** A watermark names no messages: those of ours it covers, put where steps find them. */
async function sentBefore(
  org: Org,
  channel: OpenChannel,
  { session }: Arriving,
  before: number,
  found: Looked['found'],
): Promise<string[]> {
  if (!session) return [];
  const rows = await oursBefore(org, session.id, new Date(before));
  for (const row of rows) if (!found.has(`${channel.id}:${row.id}`)) found.set(`${channel.id}:${row.id}`, row);
  return rows.map((row) => row.id);
}

/** Kept by name. */
function ignore(hub: Hub, changes: Changes, { channel, event }: Came): void {
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
