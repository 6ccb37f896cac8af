import { z } from 'zod';
import type { Inbound } from '../../core/inbound.ts';
import { parse } from '../lib/graph/parse.ts';
import { id, seconds } from './schema.ts';
import { type Contact, whoIs } from './who.ts';

const optional = id.optional().catch(undefined);
const call = z.object({
  id,
  from: optional,
  from_user_id: optional,
  to: optional,
  event: optional,
  direction: optional,
  status: optional,
  timestamp: seconds,
});

/** A call, as a quiet line. One that the customer makes opens the window as a message does (whatsapp.md B7). */
export function callEvent(raw: unknown, account: string | undefined, contacts: Contact[]): Inbound {
  const { id, event = 'call', direction, status, timestamp, from, from_user_id, to } = parse(call, raw, 'calls.');
  const ours = direction === 'BUSINESS_INITIATED';
  const who = whoIs(ours ? { phone: to } : { phone: from, user: from_user_id }, contacts);
  const base = { account, externalId: `call:${id}:${event}`, at: timestamp };
  if (!who) return { ...base, kind: 'ignored', what: 'calls' };
  const text = [event, status].filter(Boolean).join(' ');
  const opens = !ours && event === 'connect';
  return { ...base, ...who, ...(opens && { trigger: 'message' as const }), kind: 'notice', what: 'calls', text };
}
