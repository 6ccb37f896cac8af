import type { Received, Reply } from '../../connectors/connector.ts';
import { numbered, starMenu } from '../../core/fit.ts';
import type { Inbound } from '../../core/inbound.ts';
import type { Sendable } from '../../core/message.ts';
import type { Hub } from '../hub.ts';
import { withMediaUrls } from '../media/links.ts';
import type { Claimed, Done, Marked, PendingMessage } from '../store/deliveries.ts';
import { canOf, type OpenChannel } from './rulebook.ts';

/** A platform that did not hear our answer asks again with the same event within this; it gets the same answer. Milliseconds. */
const AGAIN_MS = 20_000;
const MOST = 2_000;

interface Ways {
  claim(organisationId: string, sessionId: string): Promise<Claimed | undefined>;
  settle(organisationId: string, done: Done): Promise<boolean>;
  wake(organisationId: string, sessionId: string): void;
}

/**
 * Answers inside the platform's own request, for accounts that can be written to in no other way. One answer fits: the
 * texts the house has said become one, so that whoever asks for a person hears both the rule and his place in the queue.
 */
export function passiveAnswers(hub: Hub, { claim, settle, wake }: Ways) {
  const given = new Map<string, { reply: Reply; until: number }>();

  async function answer(
    channel: OpenChannel,
    events: readonly Inbound[],
    passive: NonNullable<Received['passive']>,
    begun: number,
  ): Promise<Reply | undefined> {
    const { organisationId, id: channelId } = channel;
    const key = `${channelId} ${events[0]?.externalId}`;
    const from = events.find((event) => event.from)?.from;
    const sessionId = from && hub.known.get({ channelId, from })?.session?.id;
    const claimed = sessionId ? await claim(organisationId, sessionId) : undefined;
    if (!claimed || !sessionId) {
      const before = given.get(key);
      return before && before.until > hub.now() ? before.reply : undefined;
    }
    const done: Done = { sessionId, until: claimed.until, marks: [], replyTokenUsed: null };
    const { said, content } = await together(hub, channel, claimed.pending);
    const inTime = hub.now() - begun < passive.withinMs;
    const reply = inTime && content ? passive.answer(content, hub.now()) : undefined;
    if (reply) {
      done.marks.push(...said.map(sent));
      given.set(key, { reply, until: hub.now() + AGAIN_MS });
      if (given.size > MOST) given.delete(given.keys().next().value!);
    }
    const more = await settle(organisationId, done);
    if (done.marks.length)
      hub.live.publish(organisationId, [{ kind: 'delivery', sessionId, messageIds: done.marks.map(({ id }) => id) }]);
    // What is left goes the usual way, and is told there why it cannot.
    if (more) wake(organisationId, sessionId);
    return reply;
  }
  return { answer };
}

/**
 * The first message, and the texts after it that can stand in one with it. Choices go out numbered: an answer in the request
 * has nothing to tap, and the number is understood when it comes back.
 */
async function together(
  hub: Hub,
  channel: OpenChannel,
  pending: readonly PendingMessage[],
): Promise<{ said: PendingMessage[]; content: Sendable | undefined }> {
  const [first, ...rest] = pending;
  if (!first) return { said: [], content: undefined };
  const content = (await withMediaUrls(hub, channel.organisationId, first.content)) as Sendable;
  let text = textIn(content);
  if (text === null) return { said: [first], content };
  const said = [first];
  for (const next of rest) {
    const more = textIn(next.content as Sendable);
    if (more === null || text.length + more.length + 2 > canOf(channel).text) break;
    text = `${text}\n\n${more}`;
    said.push(next);
  }
  return { said, content: { type: 'text', text } };
}

function textIn(content: Sendable): string | null {
  if (content.type === 'text') return content.text;
  if (content.type === 'menu') return numbered(content);
  return content.type === 'rating' ? numbered(starMenu(content)) : null;
}

function sent(message: PendingMessage): Marked {
  return {
    id: message.id,
    delivery: 'sent',
    batch_id: message.batchId ?? message.id,
    attempts: message.attempts + 1,
  };
}
