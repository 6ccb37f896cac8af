import { z } from 'zod';
import type { Inbound } from '../../core/inbound.ts';
import { digest, parse } from '../lib/graph/parse.ts';

const number = z
  .union([z.number(), z.string().max(20)])
  .optional()
  .catch(undefined);
const metadata = z.object({ phase: number, chunk_order: number, progress: number }).optional().catch(undefined);
const thread = z.object({ messages: z.array(z.unknown()) });
const chunk = z.object({ metadata, threads: z.array(z.unknown()).default([]) });
const history = z.object({ history: z.array(z.unknown()).default([]) });
const sync = z.object({ state_sync: z.array(z.unknown()).default([]) });

/**
 * Old chats and address book of the phone's app after a coexistence set-up (whatsapp.md B5): no conversation of today, so
 * nobody is notified and no rule runs. Kept by name with counts; thousands of old words are not.
 */
export function historyEvent(
  field: 'history' | 'smb_app_state_sync',
  value: unknown,
  { account, time, waba }: { account: string | undefined; time: number; waba: string },
): Inbound[] {
  const base = { account, externalId: [field, waba, time, digest(value)].join(':'), at: time } as const;
  if (field === 'smb_app_state_sync') {
    const { state_sync } = parse(sync, value);
    return [{ ...base, kind: 'ignored', what: field, data: { contacts: state_sync.length } }];
  }
  return parse(history, value).history.map((raw, i) => {
    const { metadata, threads } = parse(chunk, raw, 'history.');
    const messages = threads.reduce<number>(
      (sum, item) => sum + (thread.safeParse(item).data?.messages.length ?? 0),
      0,
    );
    const data = { ...metadata, threads: threads.length, messages };
    return { ...base, externalId: `${base.externalId}:${i}`, kind: 'ignored', what: field, data };
  });
}
