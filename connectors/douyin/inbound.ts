import type { Inbound } from '../../core/inbound.ts';
import { bounded } from '../lib/json.ts';
import { toContent } from './content.ts';
import { entryOf } from './entry.ts';
import { type Around, eventKey, type Heard, nameless, someone, type Translated } from './heard.ts';
import { keyOf } from './key.ts';
import { ENTER, REPLY } from './limits.ts';
import { parse } from './parse.ts';
import { readContent } from './read.ts';
import * as schema from './schema.ts';
import { MESSAGES } from './scopes.ts';
import { millisecondsOf, profileOf, rightOf, timeOf } from './talk.ts';
import { whose } from './whose.ts';
import { withdrawn } from './words.ts';

/**
 * Douyin's body, one event, in our words. Throws BadRequest for what lacks the parts its kind is made of; unknown events
 * and kinds are kept by name.
 */
export function translate(body: unknown, around: Around): Translated {
  const event = parse(schema.envelope, body, 'not_douyin');
  const heard: Heard = { ...around, ...whose(event, around.accounts), event, content: {} };
  switch (event.event) {
    case 'im_receive_msg':
    case 'im_send_msg':
      return { events: [said({ ...heard, content: readContent(event.content) })] };
    case 'im_enter_direct_msg':
      return { events: [entered({ ...heard, content: readContent(event.content) })] };
    case 'im_recall_msg':
      return { events: [recalled({ ...heard, content: readContent(event.content) })] };
    case 'im_message_read':
      return { events: [read({ ...heard, content: readContent(event.content) })] };
    case 'im_authorize':
      return { events: [consented({ ...heard, content: readContent(event.content) })] };
    case 'im_group_receive_msg':
    case 'im_group_send_msg':
      // What strangers say in a group is not ours to keep.
      return { events: [ignored(heard, { from: event.from_user_id, to: event.to_user_id })] };
    case 'unauthorize':
    case 'contract_unauthorize':
      return unauthorized(heard);
    default:
      return { events: [ignored(heard, bounded(event.content))] };
  }
}

/** A message, from either side. What our own calls sent comes back here, too, and is a sign of its arrival. */
function said(heard: Heard): Inbound {
  const { event, content, customer, account, clientKey } = heard;
  const message = parse(schema.message, content, 'bad_event', 'content.');
  const from = someone(customer);
  const at = timeOf(message);
  const messageId = message.server_message_id ?? keyOf('hash', nameless(heard, message));
  const base = { account, from, at, externalId: keyOf(event.event, messageId), profile: profileOf(message, from) };
  if (event.event === 'im_send_msg') {
    if (message.source === clientKey) return { ...base, kind: 'receipt', state: 'delivered', messageIds: [messageId] };
    return { ...base, kind: 'echo', messageId, content: toContent(message, content) };
  }
  return {
    ...base,
    reply: rightOf('im_reply_msg', message, at + REPLY.seconds * 1000),
    entry: entryOf(content),
    kind: 'message',
    messageId,
    content: toContent(message, content),
  };
}

/** The conversation page was opened: no word of the customer's, but a moment in which a greeting may be sent. */
function entered(heard: Heard): Inbound {
  const { event, content, customer, account } = heard;
  const talk = parse(schema.talk, content, 'bad_event', 'content.');
  const from = someone(customer);
  const at = timeOf(talk);
  const key = talk.server_message_id ? [talk.server_message_id, String(talk.create_time ?? '')] : [eventKey(heard)];
  return {
    account,
    from,
    at,
    externalId: keyOf(event.event, ...key),
    profile: profileOf(talk, from),
    trigger: 'enter',
    entry: entryOf(content),
    // Without a time the right would outlive its half minute by who knows how much.
    reply: at > 0 ? rightOf('im_enter_direct_msg', talk, at + ENTER.seconds * 1000) : undefined,
    kind: 'wish',
    wish: 'enter',
  };
}

/** Either side may take back; the event names the message only. */
function recalled({ event, content, customer, account }: Heard): Inbound {
  const { server_message_id: messageId } = parse(schema.recall, content, 'bad_event', 'content.');
  return {
    account,
    from: someone(customer),
    at: 0,
    externalId: keyOf(event.event, messageId),
    kind: 'recall',
    messageId,
  };
}

/** Everything up to `index` (microseconds) was read. That we read theirs is no news. */
function read({ event, content, customer, account }: Heard): Inbound {
  const { read_open_id: reader, index, conversation_short_id } = parse(schema.read, content, 'bad_event', 'content.');
  const externalId = keyOf(event.event, conversation_short_id ?? '', index, reader);
  const base = { account, from: someone(customer), at: millisecondsOf(index) ?? 0, externalId };
  const before = millisecondsOf(index);
  if (reader !== customer || before === undefined) return { ...base, kind: 'ignored', what: event.event };
  return { ...base, kind: 'receipt', state: 'read', before: before + 1 };
}

/** The person lets us write first. Seconds here, unlike everywhere else. */
function consented(heard: Heard): Inbound {
  const { event, content, customer, account } = heard;
  const { auth_status, create_time, update_time, expire_time } = parse(
    schema.consent,
    content,
    'bad_event',
    'content.',
  );
  const granted = auth_status === '1';
  const until = expire_time ? new Date(expire_time * 1000) : undefined;
  const valid = until && !Number.isNaN(until.getTime());
  return {
    account,
    from: someone(customer),
    at: (update_time ?? create_time ?? 0) * 1000,
    externalId: keyOf(event.event, eventKey(heard)),
    trigger: granted ? 'consent' : undefined,
    kind: 'notice',
    what: event.event,
    text: granted && valid ? `→ ${until.toISOString().slice(0, 10)}` : undefined,
  };
}

/** The owner took the account back, or only a permission that we can do without. */
function unauthorized(heard: Heard): Translated {
  const { account, event } = heard;
  const { scopes } = schema.scopes.safeParse(readContent(event.content)).data ?? {};
  const events = [ignored(heard, { scopes: scopes?.slice(0, 50) })];
  const whole = event.event === 'unauthorize' && !scopes?.length;
  if (!account || !(whole || scopes?.includes(MESSAGES))) return { events };
  return { events, changes: [{ do: 'revoke', account, why: withdrawn }] };
}

function ignored(heard: Heard, data: unknown): Inbound {
  const { event, account } = heard;
  const externalId = keyOf(event.event, eventKey(heard));
  return { account, at: 0, externalId, kind: 'ignored', what: event.event, data };
}
