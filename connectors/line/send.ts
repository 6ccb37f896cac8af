import { z } from 'zod';
import type { Outbound, Sent, Tools } from '../connector.ts';
import { Refused, Uncertain } from '../errors.ts';
import type { Answer, Call } from './api.ts';
import { call, NoAnswer } from './api.ts';
import type { LineConfig } from './config.ts';
import { type Asked, isDeadReplyToken, silence, trouble } from './errors.ts';
import { isConversation } from './ids.ts';
import { toLine } from './outbound.ts';

/** Messages in one reply or push. */
export const BATCH = 5;

/**
 * Answers with the reply token while there is one (free of charge), else pushes. A dead token is a clear no, so the
 * same messages are pushed; a reply whose answer got lost is Uncertain, because LINE offers no key to repeat it with.
 * A push carries `batch.key` on every attempt, and a 409 says that an earlier one was accepted (line.md sections 7, 8).
 */
export async function send(batch: Outbound, config: LineConfig, tools: Tools): Promise<Sent> {
  if (batch.messages.length === 0 || batch.messages.length > BATCH)
    throw new RangeError(`LINE takes 1 to ${BATCH} messages.`);
  if (!isConversation(batch.to)) throw new Refused('not_found', 'Not an id of LINE.');
  const messages = batch.messages.map(({ content, quote }) => toLine(content, quote));
  if (batch.replyToken) {
    const answer = await ask(
      'reply',
      {
        method: 'POST',
        path: '/v2/bot/message/reply',
        json: { replyToken: batch.replyToken, messages },
      },
      config,
      tools,
    );
    if (answer.status === 200) return { ...sent(answer, batch), replyTokenUsed: true };
    if (!isDeadReplyToken(answer)) throw trouble(answer, 'reply', tools.now());
    if (batch.again)
      throw new Uncertain('The reply token is spent: an attempt that was cut off may have answered with it.');
  }
  const answer = await ask(
    'push',
    {
      method: 'POST',
      path: '/v2/bot/message/push',
      json: { to: batch.to, messages },
      headers: { 'x-line-retry-key': batch.key },
    },
    config,
    tools,
  );
  if (answer.status !== 200 && answer.status !== 409) throw trouble(answer, 'push', tools.now());
  return { ...sent(answer, batch), replyTokenUsed: batch.replyToken ? true : undefined };
}

async function ask(asked: Asked, request: Call, config: LineConfig, tools: Tools): Promise<Answer> {
  try {
    return await call(request, config, tools);
  } catch (error) {
    throw error instanceof NoAnswer ? silence(error, asked) : error;
  }
}

const accepted = z.object({
  sentMessages: z.array(z.object({ id: z.string(), quoteToken: z.string().optional().catch(undefined) })),
});

/** LINE's ids in our order. A repeat may be accepted without them: then sent, but nameless. */
function sent({ json }: Answer, batch: Outbound): Sent {
  const ids = accepted.safeParse(json).data?.sentMessages ?? [];
  return { messages: batch.messages.map((_, i) => ({ externalId: ids[i]?.id, quoteToken: ids[i]?.quoteToken })) };
}
