import { type HouseLanguage, houseLanguage } from '../../core/house-text.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Session } from '../../core/session.ts';
import type { Step } from '../../core/step.ts';
import type { Hub } from '../hub.ts';
import { Changes, Conflict, type MessageRow, type SessionRow } from '../store/changes.ts';
import type { Org } from '../store/org.ts';
import { identityOf, messagesById, session as readSession } from '../store/sessions.ts';
import { announce } from './announce.ts';
import { apply } from './apply/index.ts';
import { timing } from './deadline.ts';
import type { CompiledRules, OpenChannel } from './rulebook.ts';
import { pageLanguage } from './situation.ts';
import { tracked } from './track.ts';
import { sessionOf } from './view.ts';

const TRIES = 20;

/** What a decision about one session sees. `found` holds the messages asked for by id. */
export interface Seen {
  org: Org;
  row: SessionRow;
  session: Session;
  found: Map<string, MessageRow>;
  rules: CompiledRules;
  /** What the house says to this customer is said in his language. */
  language(): Promise<HouseLanguage>;
}

/**
 * One act of a member, or of the house, on one session: read, decide, write, announce. Whoever was slower decides again on
 * what is then true, so of two hundred who press accept one wins and the others are told. `locked` runs the whole in a
 * transaction, for decisions that also count something outside the session (an agent's cap). Throws Refusal.
 */
export async function act(
  hub: Hub,
  org: Org,
  sessionId: string,
  decide: (seen: Seen) => Promise<readonly Step[]> | readonly Step[],
  options: { messageIds?: readonly string[]; locked?: boolean } = {},
): Promise<SessionRow> {
  const [channel, rules] = await Promise.all([channelOf(hub, org, sessionId), hub.rulebook.rules(org.id)]);
  for (let tries = 1; ; tries++) {
    const changes = new Changes();
    try {
      const work = (within: Org) =>
        once(hub, within, sessionId, channel, rules, decide, options.messageIds ?? [], changes);
      const row = options.locked ? await org.transaction(work) : await work(org);
      announce(hub, org.id, changes);
      return row;
    } catch (error) {
      if (!(error instanceof Conflict) || tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5 * tries));
    }
  }
}

/** A session's channel never changes. Found before any transaction: one that waits inside for a second connection can wait for ever. */
async function channelOf(hub: Hub, org: Org, sessionId: string): Promise<OpenChannel> {
  const found = await org.select('sessions').select('channel_id').where('id', '=', sessionId).executeTakeFirst();
  const channel = found && (await hub.rulebook.channelById(org.id, found.channel_id));
  if (!channel) throw new Refusal('not_found');
  return channel;
}

async function once(
  hub: Hub,
  org: Org,
  sessionId: string,
  channel: OpenChannel,
  rules: CompiledRules,
  decide: (seen: Seen) => Promise<readonly Step[]> | readonly Step[],
  messageIds: readonly string[],
  changes: Changes,
): Promise<SessionRow> {
  const row = await readSession(org, sessionId);
  if (!row) throw new Refusal('not_found');
  const messages = await messagesById(org, messageIds);
  const found = new Map(messages.map((message) => [message.id, message]));
  const language = async () =>
    houseLanguage(pageLanguage(channel) ?? (await identityOf(org, row.identity_id)).language);
  const steps = await decide({ org, row, session: sessionOf(row), found, rules, language });
  if (!steps.length) return row;
  const identity = await identityOf(org, row.identity_id);
  const people = await hub.directory.members(org.id);
  apply(
    {
      changes,
      at: new Date(hub.now()),
      channel,
      identity: { id: identity.id, contactId: row.contact_id },
      session: row,
      from: row.seq,
      found,
      ...timing(rules),
    },
    tracked(steps, { channel, rules, people, language: identity.language }),
  );
  await changes.write(org);
  return row;
}
