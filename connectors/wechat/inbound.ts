import type { Inbound } from '../../core/inbound.ts';
import { cut } from '../lib/text.ts';
import { toContent } from './content.ts';
import { type Told, toEvent } from './events.ts';
import { keyOf } from './key.ts';
import { parse } from './parse.ts';
import * as schema from './schema.ts';

/**
 * A push becomes an event in our words. `account` is the AppID where one address serves many. Throws BadRequest
 * `bad_push` for what cannot be one: no time, no kind, a message from nobody.
 */
export function translate(fields: unknown, account?: string): Inbound {
  const push = parse(schema.push, fields, 'bad_push');
  const type = push.MsgType.toLowerCase();
  const isEvent = type.endsWith('event') || (push.Event !== undefined && push.MsgId === undefined);
  const told = isEvent ? toEvent(push) : toMessage(push, type);
  const from = told.from ?? push.FromUserName;
  return { account, externalId: keyOf(push), at: push.CreateTime * 1000, ...owned(told, push), from } as Inbound;
}

function toMessage(push: schema.Push, type: string): Told {
  const { MsgDataId, Idx } = schema.article.parse(push);
  return {
    kind: 'message',
    messageId: push.MsgId ?? keyOf(push),
    content: toContent(type, push),
    // Sent from an article of the account: which one.
    entry: MsgDataId ? { article: cut(Idx ? `${MsgDataId}/${Idx}` : MsgDataId, 200) } : undefined,
  };
}

/** What belongs to a conversation needs somebody to have it with; without, only its name is kept. */
function owned(told: Told, push: schema.Push): Told {
  if (told.kind === 'ignored' || told.from || push.FromUserName) return told;
  return { kind: 'ignored', what: cut(push.Event ?? push.MsgType, 200) };
}
