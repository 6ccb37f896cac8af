import { z } from 'zod';
import type { Sendable } from '../../core/message.ts';
import type { Outbound, Sent, Tools } from '../connector.ts';
import { Misconfigured, Refused, Uncertain } from '../errors.ts';
import { plain } from '../lib/plain.ts';
import { cut } from '../lib/text.ts';
import type { Answer } from './api.ts';
import type { DouyinConfig } from './config.ts';
import { trouble } from './errors.ts';
import { TEXT } from './limits.ts';
import { recalled, remember } from './memory.ts';
import type { Right } from './right.ts';
import { fromToken } from './right.ts';
import { asAccount } from './tokens.ts';
import { forgetUpload, imageId } from './upload.ts';

const ID = /^[\x21-\x7e]{1,200}$/;

/**
 * One message, by right of what the customer did last (douyin.md section 5). The right is good for many answers and is not
 * used up by one. Without any, only a person who consented to proactive messages can be written to. Douyin has no retry
 * key: an answer that got lost, or a hub that died over it, is Uncertain.
 */
export async function send(batch: Outbound, config: DouyinConfig, tools: Tools): Promise<Sent> {
  const [message] = batch.messages;
  if (!message || batch.messages.length > 1) throw new RangeError('Douyin takes one message at a time.');
  if (!ID.test(batch.to)) throw new Refused('not_found', 'Not an id of Douyin.');
  if (batch.again) throw new Uncertain('An attempt that was cut off may have sent this already.');
  const right = await rightFor(batch, tools);
  const answer = await attempt(message.content, right, batch.to, config, tools);
  if (answer.code !== 0) throw refusal(trouble(answer, 'send', tools.now()), right);
  const { msg_id, data } = accepted.safeParse(answer.json).data ?? {};
  return { messages: [{ externalId: msg_id ?? data?.msg_id }] };
}

const id = z
  .union([z.string().min(1).max(200), z.int().transform(String)])
  .optional()
  .catch(undefined);
const accepted = z.looseObject({ msg_id: id, data: z.looseObject({ msg_id: id }).optional().catch(undefined) });

/** Without a right it is this one person who has not agreed to be written to, and no fault of the account. */
function refusal(error: Error, right: Right | undefined): Error {
  const isPersonal = !right && (error instanceof Misconfigured || error instanceof Refused) && PERSONAL.has(error.code);
  return isPersonal ? new Refused('window_closed', error.message) : error;
}
const PERSONAL = new Set(['not_authorised', 'rejected', 'frequency_limit']);

/** The right that came along, or the newest one we were shown: one failed send must not cost the others theirs. */
async function rightFor({ to, replyToken }: Outbound, tools: Tools): Promise<Right | undefined> {
  const right = replyToken ? fromToken(replyToken) : undefined;
  if (replyToken && right) {
    await remember(to, right, tools);
    return right;
  }
  const known = await recalled(to, tools);
  return known && known.until > tools.now() ? known : undefined;
}

async function attempt(
  content: Sendable,
  right: Right | undefined,
  to: string,
  config: DouyinConfig,
  tools: Tools,
): Promise<Answer> {
  const call = (body: object) =>
    asAccount(
      {
        method: 'POST',
        path: '/im/send/msg/',
        query: { open_id: config.openId },
        json: {
          ...(right && { msg_id: right.messageId, conversation_id: right.conversation }),
          to_user_id: to,
          content: body,
          scene: right?.scene ?? 'im_authorize_message',
        },
      },
      config,
      tools,
      'send',
    );
  if (content.type !== 'image') return call({ msg_type: 1, text: { text: cut(plain(content), TEXT) } });
  const upload = await imageId(content.media, config, tools);
  const answer = await call({ msg_type: 2, image: { media_id: upload.id } });
  // "Parameters" about a picture that was uploaded before: Douyin may have forgotten it. Nothing was sent.
  if (answer.code !== 28001007 || upload.fresh) return answer;
  await forgetUpload(upload, tools);
  return call({ msg_type: 2, image: { media_id: (await imageId(content.media, config, tools)).id } });
}
