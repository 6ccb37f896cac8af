import type { Sendable } from '../../core/message.ts';
import type { Outbound, Sent, Tools } from '../connector.ts';
import { Refused, Retry, Uncertain } from '../errors.ts';
import { type Answer, call, NoAnswer } from './api.ts';
import { actOn } from './codes.ts';
import { maySend, type WechatConfig } from './config.ts';
import { silence, trouble } from './errors.ts';
import { isOpenId } from './ids.ts';
import { TEXT_BYTES } from './limits.ts';
import { type Body, type Kind, textBody, toWechat } from './outbound.ts';
import { splitBytes } from './text-bytes.ts';
import { Uploads } from './upload.ts';

const PATH = '/cgi-bin/message/custom/send';
/** Pieces smaller than this are not too long for anybody. Bytes. */
const LEAST_PIECE = 256;

/**
 * Writes to somebody by the customer-service API. WeChat gives no ids and knows no retry key, so what may have arrived is
 * never repeated (channels/wechat.md §8).
 */
export function sendWith(kind: Kind) {
  return async ({ to, messages }: Outbound, config: WechatConfig, tools: Tools): Promise<Sent> => {
    if (!isOpenId(to)) throw new Refused('not_found', 'Not an OpenID.');
    if (kind === 'account' && !maySend(config))
      throw new Refused('send_api_unavailable', 'The account is not verified: it can only answer within 5 seconds.');
    for (const [index, { content }] of messages.entries()) {
      await one(to, content, kind, config, tools).catch((error: unknown) => {
        throw index > 0 ? partly(error) : error;
      });
    }
    return { messages: messages.map(() => ({})) };
  };
}

async function one(to: string, content: Sendable, kind: Kind, config: WechatConfig, tools: Tools): Promise<void> {
  const uploads = new Uploads(config, tools);
  const draft = await toWechat(content, kind, config, uploads);
  if (draft.body.msgtype === 'text') return await texts(to, textIn(draft.body), TEXT_BYTES, config, tools);
  const first = await ask(to, draft.body, config, tools);
  if (first.errcode === 0) return;
  const act = first.errcode === undefined ? undefined : actOn(first.errcode).do;
  if (act === 'words' && draft.words) return await texts(to, draft.words, TEXT_BYTES, config, tools);
  if (act !== 'upload' || draft.uses.length === 0) throw trouble(first, 'send', tools.now());
  await uploads.forget(draft.uses);
  const second = await ask(to, (await toWechat(content, kind, config, uploads)).body, config, tools);
  if (second.errcode !== 0) throw trouble(second, 'send', tools.now());
}

/** A text in as many pieces as it needs; each counts as a message of ours. What WeChat finds too long is halved. */
async function texts(to: string, text: string, most: number, config: WechatConfig, tools: Tools): Promise<void> {
  for (const [index, piece] of splitBytes(text, most).entries()) {
    const answer = await ask(to, textBody(piece), config, tools).catch((error: unknown) => {
      throw index > 0 ? partly(error) : error;
    });
    if (answer.errcode === 0) continue;
    const half = Math.floor(Math.min(most, Buffer.byteLength(piece)) / 2);
    if (answer.errcode !== undefined && actOn(answer.errcode).do === 'split' && half >= LEAST_PIECE)
      await texts(to, piece, half, config, tools).catch((error: unknown) => {
        throw index > 0 ? partly(error) : error;
      });
    else throw index > 0 ? partly(trouble(answer, 'send', tools.now())) : trouble(answer, 'send', tools.now());
  }
}

async function ask(to: string, body: Body, config: WechatConfig, tools: Tools): Promise<Answer> {
  try {
    return await call({ path: PATH, json: { touser: to, ...body } }, config, tools);
  } catch (error) {
    throw error instanceof NoAnswer ? silence(error, 'send') : error;
  }
}

/** The beginning has arrived already: trying the whole again would double it. */
function partly(error: unknown): unknown {
  return error instanceof Retry ? new Uncertain(`Only the beginning was sent. ${error.message}`) : error;
}

const textIn = (body: Body): string => (body as unknown as { text: { content: string } }).text.content;
