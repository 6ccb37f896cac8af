import type { Inbound } from '../../core/inbound.ts';
import type { Hub } from '../hub.ts';
import { filedUnder, fileUnder, learnAliases } from '../store/aliases.ts';
import type { OpenChannel } from './rulebook.ts';

/** Facts remembered, so that a person who writes often costs no query. */
const MOST = 20_000;
const learnt = new WeakMap<Hub, Set<string>>();

/** Takes in events of one channel, each under the person it is of. Resolves when they are safe. */
export async function receivePeople(
  hub: Hub,
  channel: OpenChannel,
  events: Inbound[],
  options: { hold?: boolean } = {},
): Promise<void> {
  const people = await known(hub, channel, events);
  await hub.receive({ channel, events: people, ...options });
  await learn(hub, channel, people);
}

/**
 * Some platforms know one person by several ids (WhatsApp: a phone number and user ids). Puts each event under the id
 * its person is filed under; a message from a new id of a known person moves him to that id, because that is where he
 * answers from now on. Two ids that are two people already stay two. Events without aliases cost nothing.
 */
async function known(hub: Hub, channel: OpenChannel, events: Inbound[]): Promise<Inbound[]> {
  if (!events.some((event) => event.aliases?.length)) return events;
  const org = hub.db.org(channel.organisationId);
  // Who is in memory under this very id is found by it; nobody has to be asked for.
  const asked = events.filter(
    ({ from, aliases }) => from && aliases?.length && !hub.known.get({ channelId: channel.id, from }),
  );
  if (!asked.length) return events;
  const filed = await filedUnder(org, channel.id, [
    ...new Set(asked.flatMap((event) => [event.from!, ...event.aliases!])),
  ]);
  const result: Inbound[] = [];
  for (const event of events) {
    const from = event.from;
    const under = from && (filed.get(from) ?? event.aliases?.map((alias) => filed.get(alias)).find(Boolean));
    if (!from || !under || under === from) {
      result.push(event);
      continue;
    }
    if (event.kind === 'message') {
      await fileUnder(org, channel.id, under, from);
      hub.known.forget({ channelId: channel.id, from: under });
      for (const [alias, old] of filed) if (old === under) filed.set(alias, from);
      result.push(event);
    } else result.push({ ...event, from: under });
  }
  return result;
}

/** After they were stored: the further ids of these people are written down. */
async function learn(hub: Hub, channel: OpenChannel, events: readonly Inbound[]): Promise<void> {
  const org = hub.db.org(channel.organisationId);
  const facts = factsOf(hub);
  for (const event of events) {
    if (!event.from || !event.aliases?.length || facts.has(factOf(channel, event))) continue;
    await learnAliases(org, channel.id, event.from, event.aliases);
    facts.add(factOf(channel, event));
    if (facts.size > MOST) facts.delete(facts.values().next().value!);
  }
}

const factOf = (channel: OpenChannel, event: Inbound) => [channel.id, event.from, ...(event.aliases ?? [])].join(' ');
function factsOf(hub: Hub): Set<string> {
  let mine = learnt.get(hub);
  if (!mine) learnt.set(hub, (mine = new Set()));
  return mine;
}
