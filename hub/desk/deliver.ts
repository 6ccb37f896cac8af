import type { Outbound, Received, Reply, Sent } from '../../connectors/connector.ts';
import { Misconfigured, Refused, Retry, Uncertain } from '../../connectors/errors.ts';
import type { Inbound } from '../../core/inbound.ts';
import type { Sendable } from '../../core/message.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { withMediaUrls } from '../media/links.ts';
import type { SessionRow } from '../store/changes.ts';
import { channelNeedsAttention } from '../store/channels.ts';
import {
  type Claimed,
  claim,
  type Done,
  LEASE_MS,
  type Marked,
  type Named,
  nameBatches,
  type PendingMessage,
  settle,
} from '../store/deliveries.ts';
import { identityOf } from '../store/sessions.ts';
import { inBatches } from './batch.ts';
import { Breakers, PlatformDown } from './breaker.ts';
import { passiveAnswers } from './passive.ts';
import { canOf, type OpenChannel } from './rulebook.ts';
import { toolsFor } from './tools.ts';

/** What leaves the house. The hub that made a reply sends it at once; what it cannot send now is found again by `tick`. */
export interface Outbox {
  /** Sends what is pending in these sessions, oldest first. Any number of wakes for a session at work are one. */
  wake(organisationId: string, sessionIds: readonly string[]): void;
  /** Tells the platform that we read the customer's last words, where it wants to know. */
  markRead(organisationId: string, session: SessionRow): void;
  /** Shows the customer that a member is typing, where the channel can. */
  typing(organisationId: string, session: SessionRow): void;
  /**
   * Answers a platform inside its own request with what the house has just said to this customer. What does not fit, or
   * came too late, is left for `send`, which says why it cannot. Undefined: nothing to say.
   */
  answer(
    channel: OpenChannel,
    events: readonly Inbound[],
    passive: NonNullable<Received['passive']>,
    begun: number,
  ): Promise<Reply | undefined>;
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>;
}

/** Tries of one message before a person has to look at it: about an hour with the pauses below. */
const MOST_ATTEMPTS = 12;
/** Nothing new is begun in the last two thirds of a lease: one request, and its answer, must end before another hub may come. Milliseconds. */
const BEGIN_WITHIN_MS = LEASE_MS / 3;
/** Requests to one account at the same time: a slow platform must not hold up the others. */
const PER_CHANNEL = 16;

export function outbox(hub: Hub): Outbox {
  const claiming = inBatches<string, Claimed | undefined>(async (organisationId, ids) => {
    const claimed = await persist(() => claim(hub.db.org(organisationId), [...new Set(ids)], new Date(hub.now())));
    return ids.map((id) => ({ status: 'fulfilled', value: claimed.find((one) => one.sessionId === id) }));
  });
  const settling = inBatches<Done, boolean>(async (organisationId, all) => {
    const more = await persist(() => settle(hub.db.org(organisationId), all, new Date(hub.now())));
    return all.map((done) => ({ status: 'fulfilled', value: more.includes(done.sessionId) }));
  });
  const naming = inBatches<Named[], void>(async (organisationId, all) => {
    await persist(() => nameBatches(hub.db.org(organisationId), all.flat()));
    return all.map(() => ({ status: 'fulfilled', value: undefined }));
  });
  const answers = passiveAnswers(hub, {
    claim: claiming,
    settle: settling,
    wake: (organisationId, sessionId) => box.wake(organisationId, [sessionId]),
  });
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const breakers = new Breakers(hub);
  const slots = new Map<string, { free: number; waiting: (() => void)[] }>();

  async function deliver(organisationId: string, sessionId: string): Promise<void> {
    for (let more = true; more; ) {
      again.delete(sessionId);
      const claimed = await claiming(organisationId, sessionId);
      if (!claimed) {
        if (!again.has(sessionId)) return;
        continue;
      }
      const done = await sendAll(organisationId, claimed);
      const connector = (await hub.rulebook.channelById(organisationId, claimed.channelId))?.connector.name ?? 'none';
      for (const mark of done.marks) hub.metrics.outbound.inc({ connector, outcome: told(mark) });
      more = (await settling(organisationId, done)) || again.has(sessionId);
      if (!done.marks.length && (await hub.links.elsewhere(organisationId, claimed.channelId))) {
        hub.links.order(organisationId, claimed.channelId, { do: 'work' });
        return;
      }
      const messageIds = done.marks.map((mark) => mark.id);
      if (messageIds.length) hub.live.publish(organisationId, [{ kind: 'delivery', sessionId, messageIds }]);
      const retry = done.marks.find((mark) => mark.retry_at);
      if (retry)
        hub.jobs.add('deliver', { organisationId, sessionIds: [sessionId] }, retry.retry_at!.getTime() - hub.now());
    }
  }

  /** Everything due in one session, in order. A group that has to wait stops what is behind it. */
  async function sendAll(organisationId: string, claimed: Claimed): Promise<Done> {
    const done: Done = { sessionId: claimed.sessionId, until: claimed.until, marks: [], replyTokenUsed: null };
    const channel = await hub.rulebook.channelById(organisationId, claimed.channelId);
    const link = channel?.connector.link && hub.links.get(channel.id);
    let rest = claimed.pending;
    // Another hub holds this account: it sends, and is told so once this session is free again.
    if (channel?.connector.link && channel.enabled && channel.connected && !link) rest = [];
    while (rest.length) {
      const batchId = rest[0]!.batchId ?? rest[0]!.id;
      const group = groupOf(rest, channel ? (canOf(channel).batch ?? 1) : 1);
      rest = rest.slice(group.length);
      if (!(channel?.connector.send || link) || !channel.enabled) {
        done.marks.push(...failed(group, batchId, 'channel_disabled', 'The channel is disabled or gone.'));
        continue;
      }
      if (!channel.connected) {
        done.marks.push(
          ...failed(
            group,
            batchId,
            'channel_disconnected',
            'The account is not connected any more; authorise it again.',
          ),
        );
        continue;
      }
      if (!claimed.reachable) {
        done.marks.push(...failed(group, batchId, 'unreachable', 'The customer has blocked or left the account.'));
        continue;
      }
      // A linked account sends one after the other, gently: who has to wait long comes again.
      const release = await slot(claimed.channelId, link ? 1 : PER_CHANNEL);
      if (claimed.until.getTime() - hub.now() < LEASE_MS - BEGIN_WITHIN_MS) {
        release();
        break;
      }
      if (!channel.connector.repeats && group.some((message) => message.cutOff)) {
        release();
        done.marks.push(...failed(group, batchId, 'outcome_unknown', 'The hub ended while it was sending.'));
        continue;
      }
      // A hub ended while it answered. Its token tells, because it works once; a newer one would answer twice.
      const { replying: tried } = group[0]!;
      const replying = channel.connector.answersOnce ? tried : null;
      const own =
        claimed.replyToken && !done.replyTokenUsed ? { token: claimed.replyToken, until: claimed.replyUntil! } : null;
      const right = replying ?? own;
      const token = right && right.until.getTime() > hub.now() ? right.token : undefined;
      if (replying && !token) {
        release();
        done.marks.push(...failed(group, batchId, 'outcome_unknown', 'The hub ended while it was answering.'));
        continue;
      }
      await naming(
        organisationId,
        group.map(({ id }) => ({ id, batch_id: batchId, token: token ?? null, until: token ? right!.until : null })),
      ).catch((error: unknown) => {
        release();
        throw error;
      });
      try {
        const outbound: Outbound = {
          to: claimed.to,
          key: batchId,
          again: replying !== null,
          replyToken: token,
          messages: await Promise.all(
            group.map(async (message) => ({
              id: message.id,
              content: (await withMediaUrls(hub, organisationId, message.content)) as Sendable,
              quote: message.quote ?? undefined,
            })),
          ),
        };
        const sent = await breakers.run(channel, () =>
          link ? link.send(outbound) : channel.connector.send!(outbound, channel.config, toolsFor(hub, channel)),
        );
        if (sent.replyTokenUsed && token) done.replyTokenUsed = token;
        done.marks.push(...succeeded(group, batchId, sent));
      } catch (error) {
        if (token && channel.connector.answersOnce) done.replyTokenUsed = token;
        if (error instanceof Refused && group.length > 1) {
          rest = [...eachAlone(group), ...rest];
          continue;
        }
        const marks = outcome(error, group, batchId, hub);
        done.marks.push(...marks);
        if (error instanceof Misconfigured)
          await channelNeedsAttention(hub, organisationId, claimed.channelId, error.code, error.message);
        if (marks[0]!.delivery === 'pending') break;
      } finally {
        release();
      }
    }
    return done;
  }

  async function slot(channelId: string, most: number): Promise<() => void> {
    const gate = slots.get(channelId) ?? { free: most, waiting: [] };
    slots.set(channelId, gate);
    if (gate.free > 0) gate.free--;
    else await new Promise<void>((resolve) => gate.waiting.push(resolve));
    return () => {
      const next = gate.waiting.shift();
      if (next) next();
      else if (++gate.free === most) slots.delete(channelId);
    };
  }

  async function tell(organisationId: string, session: SessionRow, how: 'markRead' | 'typing'): Promise<void> {
    const channel = await hub.rulebook.channelById(organisationId, session.channel_id);
    if (!channel?.enabled) return;
    if (channel.connector.link) {
      if (how === 'markRead')
        hub.links.order(organisationId, channel.id, { do: 'markRead', receipt: session.receipt! });
      else {
        const { external_id: to } = await identityOf(hub.db.org(organisationId), session.identity_id);
        hub.links.order(organisationId, channel.id, { do: 'typing', to });
      }
      return;
    }
    if (how === 'markRead')
      await channel.connector.markRead?.(session.receipt!, channel.config, toolsFor(hub, channel));
    else if (channel.connector.typing) {
      const identity = await identityOf(hub.db.org(organisationId), session.identity_id);
      await channel.connector.typing(identity.external_id, channel.config, toolsFor(hub, channel));
    }
  }
  const quietly = (promise: Promise<void>, what: string) =>
    void promise.catch((error: Error) => hub.log.info({ error: error.message }, `${what} did not reach the platform`));

  const box: Outbox = {
    wake(organisationId, sessionIds) {
      for (const sessionId of sessionIds) {
        again.add(sessionId);
        if (running.has(sessionId)) continue;
        running.set(
          sessionId,
          deliver(organisationId, sessionId)
            .catch((error: Error) =>
              hub.log.error({ error: error.message, sessionId }, 'delivery stopped; tick finds it again'),
            )
            .finally(() => {
              running.delete(sessionId);
              if (again.delete(sessionId)) this.wake(organisationId, [sessionId]);
            }),
        );
      }
    },
    answer: (channel, events, passive, begun) => answers.answer(channel, events, passive, begun),
    markRead: (organisationId, session) => quietly(tell(organisationId, session, 'markRead'), 'a read mark'),
    typing: (organisationId, session) => quietly(tell(organisationId, session, 'typing'), 'a typing mark'),
    async idle() {
      while (running.size) await Promise.all(running.values());
    },
  };
  return box;
}

/** The database let another writer go first: the same again. What was sent must not stay unmarked for that. */
async function persist<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const { code } = error as { code?: string };
      if ((code !== '40P01' && code !== '40001') || tries === 5) throw error;
    }
  }
}

/** The word for a mark in the metrics. */
function told({ delivery, error_code }: Marked): string {
  if (delivery === 'pending') return 'retried';
  return error_code === 'outcome_unknown' ? 'uncertain' : delivery;
}

/** Those that were tried together are tried together again, under the same key; else as many as the platform takes at once. */
function groupOf(pending: readonly PendingMessage[], most: number): PendingMessage[] {
  const first = pending[0]!;
  if (first.batchId) return pending.filter((message) => message.batchId === first.batchId);
  const end = pending.findIndex((message) => message.batchId !== null);
  return pending.slice(0, Math.min(most, end === -1 ? pending.length : end));
}

/** A platform refuses a request whole and seldom says for which message: each by itself, so that only the one at fault fails. */
function eachAlone(group: readonly PendingMessage[]): PendingMessage[] {
  return group.map((message) => ({
    ...message,
    batchId: newId(),
    attempts: message.attempts + 1,
    cutOff: false,
    replying: null,
  }));
}

function succeeded(group: readonly PendingMessage[], batchId: string, sent: Sent): Marked[] {
  return group.map((message, index) => ({
    id: message.id,
    delivery: 'sent',
    batch_id: batchId,
    attempts: message.attempts + 1,
    external_id: sent.messages[index]?.externalId,
    quote_token: sent.messages[index]?.quoteToken,
  }));
}

function failed(group: readonly PendingMessage[], batchId: string, code: string, text: string): Marked[] {
  return group.map((message) => ({
    id: message.id,
    delivery: 'failed',
    batch_id: batchId,
    attempts: message.attempts + 1,
    error_code: code,
    error_text: text.slice(0, 500),
  }));
}

/** What an error of a connector means for its messages. Anything it did not name is a bug of ours: tried again, a few times. */
function outcome(error: unknown, group: readonly PendingMessage[], batchId: string, hub: Hub): Marked[] {
  if (error instanceof Refused) return failed(group, batchId, error.code, error.message);
  if (error instanceof Misconfigured) return failed(group, batchId, error.code, error.message);
  if (error instanceof Uncertain) return failed(group, batchId, 'outcome_unknown', error.message);
  const text = error instanceof Error ? error.message : String(error);
  if (!(error instanceof Retry)) hub.log.error({ error: text }, 'a connector failed in a way it did not name');
  const attempts = group[0]!.attempts + (error instanceof PlatformDown ? 0 : 1);
  if (attempts >= (error instanceof Retry ? MOST_ATTEMPTS : 3)) return failed(group, batchId, 'gave_up', text);
  const pause = (error instanceof Retry ? error.afterMs : undefined) ?? Math.min(1000 * 2 ** (attempts - 1), 600_000);
  const retryAt = new Date(hub.now() + pause);
  return group.map((message) => ({
    id: message.id,
    delivery: 'pending',
    batch_id: batchId,
    attempts,
    retry_at: retryAt,
    error_code: error instanceof PlatformDown ? 'platform_down' : 'retrying',
    error_text: text.slice(0, 500),
  }));
}
