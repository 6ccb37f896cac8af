import type { z } from 'zod';
import type { Inbound } from '../../core/inbound.ts';
import { cut } from '../lib/text.ts';
import type * as schema from './schema.ts';
import type { whoIs } from './who.ts';

/**
 * Something happened to the person, not in the chat: a new number, a new user id, a new identity (whatsapp.md B5). The
 * old id is whose event it is and the new ones are aliases, so that the person stays one person; nothing is shown.
 */
export function systemEvent(
  system: z.infer<typeof schema.system>,
  base: Pick<Inbound, 'account' | 'externalId' | 'at'>,
  who: ReturnType<typeof whoIs>,
): Inbound {
  const what = `system/${cut(system.type ?? 'unknown', 80)}`;
  const before = [who?.from, system.previous_user_id, system.previous_parent_user_id];
  const after = [system.wa_id, system.new_wa_id, system.user_id, system.parent_user_id];
  const [from, ...aliases] = [...new Set([...before, ...(who?.aliases ?? []), ...after])].flatMap((id) =>
    id ? [id] : [],
  );
  return { ...base, from, aliases: aliases.length > 0 ? aliases : undefined, kind: 'ignored', what };
}
