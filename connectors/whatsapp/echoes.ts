import type { Inbound } from '../../core/inbound.ts';
import { guarded, parse } from '../lib/graph/parse.ts';
import { cut } from '../lib/text.ts';
import { toContent } from './content.ts';
import { faultsIn } from './faults.ts';
import { captionOf, inferred } from './messages.ts';
import * as schema from './schema.ts';
import { type Contact, whoIs } from './who.ts';

type Json = Record<string, unknown>;

/** What a colleague typed in the phone's app to this customer (coexistence); a picture with words makes two events. */
export function echoEvents(raw: unknown, account: string | undefined, contacts: Contact[]): Inbound[] {
  const message = parse(schema.echo, raw, 'message_echoes.');
  const type = message.type ?? inferred(raw as Json);
  const { id, timestamp: at } = message;
  const who = whoIs({ phone: message.to, user: message.to_user_id, parent: message.to_parent_user_id }, contacts);
  const base = { account, externalId: id, at };
  if (!who || type === 'system') return [{ ...base, kind: 'ignored', what: `smb_message_echoes/${cut(type, 80)}` }];
  // The house knows changes and takings-back of customers only: a quiet line says that there was one of ours.
  if (type === 'revoke' || type === 'edit' || type === 'reaction')
    return [{ ...base, ...who, kind: 'notice', what: `smb_message_echoes/${type}` }];
  const broken = faultsIn(message.errors).length > 0;
  const { content, caption } = guarded(() => toContent(type, raw as Json, broken), 'message_echoes.');
  const quoted = message.context?.id;
  const events: Inbound[] = [{ ...base, ...who, kind: 'echo', messageId: id, content, quoted }];
  if (!caption) return events;
  const below = captionOf(id);
  const text = { type: 'text' as const, text: caption };
  return [...events, { ...base, ...who, externalId: below, kind: 'echo', messageId: below, content: text }];
}
