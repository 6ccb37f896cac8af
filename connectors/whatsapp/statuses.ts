import { z } from 'zod';
import type { Inbound } from '../../core/inbound.ts';
import { parse } from '../lib/graph/parse.ts';
import { cut } from '../lib/text.ts';
import { faultsIn, nameOf } from './faults.ts';
import { faults, id, seconds } from './schema.ts';
import { type Contact, whoIs } from './who.ts';

const optional = id.optional().catch(undefined);
const status = z.object({
  id,
  status: z.string().min(1).max(60),
  timestamp: seconds,
  recipient_id: optional,
  recipient_user_id: optional,
  recipient_parent_user_id: optional,
  recipient_type: optional,
  recipient_participant_id: optional,
  recipient_participant_user_id: optional,
  biz_opaque_callback_data: z.string().max(512).optional().catch(undefined),
  errors: faults,
});

const STATES = { delivered: 'delivered', read: 'read', played: 'read', failed: 'failed' } as const;

/**
 * How far one of ours came (whatsapp.md B6). They arrive repeatedly and in any order; the key holds the status, and the
 * hub lets deliveries only move forward. `sent` says no more than the API's own answer, but brings back our key for
 * whoever waits for one: kept by name.
 */
export function statusEvent(raw: unknown, account: string | undefined, contacts: Contact[]): Inbound {
  const told = parse(status, raw, 'statuses.');
  const participant = told.recipient_participant_id ?? told.recipient_participant_user_id;
  const externalId = ['status', told.id, told.status, participant].filter(Boolean).join(':');
  const base = { account, externalId: cut(externalId, 400), at: told.timestamp };
  const who = whoIs(
    { phone: told.recipient_id, user: told.recipient_user_id, parent: told.recipient_parent_user_id },
    contacts,
  );
  const state = Object.hasOwn(STATES, told.status) ? STATES[told.status as keyof typeof STATES] : undefined;
  if (!state || !who || told.recipient_type === 'group') {
    const data = { id: told.id, key: told.biz_opaque_callback_data };
    return { ...base, kind: 'ignored', what: `status/${told.status}`, data };
  }
  const { from, aliases } = who;
  const [fault] = faultsIn(told.errors);
  const error =
    state !== 'failed'
      ? undefined
      : fault
        ? { code: nameOf(fault.code), text: fault.text }
        : { code: 'undelivered', text: 'WhatsApp: no reason given' };
  return { ...base, from, aliases, kind: 'receipt', state, messageIds: [told.id], ...(error && { error }) };
}
