import type { Inbound } from '../../core/inbound.ts';
import type { Accounts, AppChange } from '../app.ts';
import { BadRequest } from '../errors.ts';
import { digest } from './key.ts';
import type { Envelope, Message } from './schema.ts';
import type { Whose } from './whose.ts';

/** What the app's config and the request's headers add to a body. */
export interface Around {
  clientKey: string;
  accounts: Accounts;
  /** The `Msg-Id` header. */
  msgId: string | undefined;
}
export interface Translated {
  events: Inbound[];
  changes?: AppChange[];
}
/** One event with whose it is and, where it was read, what is in it. */
export interface Heard extends Whose, Around {
  event: Envelope;
  content: Record<string, unknown>;
}

/** The customer; throws BadRequest where nobody is named. */
export function someone(customer: string | undefined): string {
  if (customer === undefined) throw new BadRequest('bad_event', 'Not what Douyin sends: from_user_id, to_user_id.');
  return customer;
}

/**
 * For events without an id of what happened: the event's own id, first the one under the signature, else a hash. The
 * `log_id` is left out, which belongs to one delivery.
 */
export function eventKey({ event, msgId, content }: Heard): string {
  const id = event.msg_id ?? msgId;
  if (id) return id;
  const { from_user_id, to_user_id } = event;
  return digest([event.event, from_user_id, to_user_id, Object.keys(content).length > 0 ? content : event.content]);
}

/** A message without an id: who, where, when and what (douyin.md section 4). */
export const nameless = ({ event, content }: Heard, message: Message): string =>
  digest([event.from_user_id, message.conversation_short_id, message.create_time, content]);
