import type { HouseLanguage } from '../../core/house-text.ts';
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
import { languageFor } from './situation.ts';
import { tells, tracked } from './track.ts';
import { sessionOf } from './view.ts';

const TRIES = 20;

/** What a decision about one session sees. `found` holds the messages asked for by id. */
export interface Seen {
  org: Org;
  row: SessionRow;
  session: Session;
  found: Map<string, MessageRow>;
  rules: CompiledRules;
  /** Another writer was faster, maybe with the very same. */
  again: boolean;
  /** What the house says to this customer is said in his language. */
  language(): Promise<HouseLanguage>;
}

/**
 * One act of a member, or of the house, on one session: read, decide, write, announce. Whoever was slower decides again on
 * what is then true, so of two hundred who press accept one wins and the others are told. `locked` runs the whole in a
 * transaction, for decisions that also count something outside the session (an agent's cap). `row`: as somebody has just read
 * it; should it be out of date, the write meets a conflict and it is read again. Throws Refusal.
 */
export async function act(
  hub: Hub,
  org: Org,
  sessionId: string,
  decide: Decide,
  options: { messageIds?: readonly string[]; locked?: boolean; row?: SessionRow } = {},
): Promise<SessionRow> {
  // Before any transaction: one that waits inside for a second connection can wait for ever.
  const [rules, people, channel] = await Promise.all([
    hub.rulebook.rules(org.id),
    hub.directory.members(org.id),
    options.locked ? channelOf(hub, org, sessionId) : undefined,
  ]);
  const { messageIds = [], row: read } = options;
  for (let tries = 1; ; tries++) {
    const changes = new Changes();
    try {
      const again = tries > 1;
      const asked = { sessionId, messageIds, channel, rules, people, changes, again, read: again ? undefined : read };
      const work = (within: Org) => once(hub, within, asked, decide);
      const row = options.locked ? await org.transaction(work) : await work(org);
      announce(hub, org.id, changes);
      return row;
    } catch (error) {
      if (!(error instanceof Conflict) || tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5 * tries));
    }
  }
}

type Decide = (seen: Seen) => Promise<readonly Step[]> | readonly Step[];

interface Asked {
  sessionId: string;
  messageIds: readonly string[];
  /** Where it had to be known before. */
  channel: OpenChannel | undefined;
  rules: CompiledRules;
  people: ReadonlyMap<string, { name: string }>;
  changes: Changes;
  again: boolean;
  read: SessionRow | undefined;
}

/** A session's channel never changes. */
async function channelOf(hub: Hub, org: Org, sessionId: string): Promise<OpenChannel> {
  const found = await org.select('sessions').select('channel_id').where('id', '=', sessionId).executeTakeFirst();
  return await open(hub, org, found);
}

async function open(hub: Hub, org: Org, row: Pick<SessionRow, 'channel_id'> | undefined): Promise<OpenChannel> {
  const channel = row && (await hub.rulebook.channelById(org.id, row.channel_id));
  if (!channel) throw new Refusal('not_found');
  return channel;
}

async function once(hub: Hub, org: Org, asked: Asked, decide: Decide): Promise<SessionRow> {
  const { rules, people, changes, again } = asked;
  // A copy: what is done to it stays here until it is stored.
  const row = asked.read ? { ...asked.read } : await readSession(org, asked.sessionId);
  if (!row) throw new Refusal('not_found');
  const channel = asked.channel ?? (await open(hub, org, row));
  const messages = await messagesById(org, asked.messageIds);
  const found = new Map(messages.map((message) => [message.id, message]));
  const spoken = async () => (await identityOf(org, row.identity_id)).language;
  const language = async () => languageFor(channel, await spoken());
  const steps = await decide({ org, row, session: sessionOf(row), found, rules, again, language });
  if (!steps.length) return row;
  apply(
    {
      changes,
      at: new Date(hub.now()),
      channel,
      identity: { id: row.identity_id, contactId: row.contact_id },
      session: row,
      from: row.seq,
      found,
      ...timing(rules),
    },
    tells(channel, rules) ? tracked(steps, { channel, rules, people, language: await spoken() }) : steps,
  );
  await changes.write(org);
  return row;
}
