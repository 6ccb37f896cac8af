import { z } from 'zod';
import type { Inbound, Profile } from '../../core/inbound.ts';
import { readable } from '../lib/graph/readable.ts';
import { cut } from '../lib/text.ts';

/** An id as Meta writes it; decoration where it cannot be read. */
const optional = z.string().min(1).max(200).optional().catch(undefined);
const contact = z.object({
  wa_id: optional,
  user_id: optional,
  parent_user_id: optional,
  profile: z.object({ name: optional, username: optional }).optional().catch(undefined),
});
export type Contact = z.infer<typeof contact>;

export const contactsIn = (items: unknown): Contact[] => readable(contact, items);

/** The ids of one person: phone, business-scoped user id (`DE.123`), the same of a linked portfolio (`DE.ENT.123`). */
export interface Ids {
  phone?: string;
  user?: string;
  parent?: string;
}

const PHONE = /^\d{5,20}$/;
const USER = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,190}$/;
export const isPhone = (id: string): boolean => PHONE.test(id);
/** A business-scoped user id: people with a username may have no number (whatsapp.md B4). */
export const isUserId = (id: string): boolean => USER.test(id);

/**
 * Who wrote: the phone where there is one, else the user id, with the others as aliases, so that a person found by any
 * of them is that person. The entry of `contacts` counts only when its ids agree. `undefined`: nobody is named.
 */
export function whoIs(
  ids: Ids,
  contacts: Contact[],
): (Pick<Inbound, 'aliases' | 'profile'> & { from: string }) | undefined {
  const known = contacts.find(
    (item) =>
      agrees(item.wa_id, ids.phone) || agrees(item.user_id, ids.user) || agrees(item.parent_user_id, ids.parent),
  );
  const all = [ids.phone, known?.wa_id, ids.user, known?.user_id, ids.parent, known?.parent_user_id];
  const [from, ...aliases] = [...new Set(all.flatMap((id) => bare(id) ?? []))].filter(Boolean);
  if (!from) return undefined;
  // Somebody may have met us under another id: one that comes alone is named as its own alias, so that the house looks.
  return { from, aliases: aliases.length > 0 ? aliases : [from], profile: known && profileOf(known, from, aliases) };
}

const bare = (id: string | undefined) => id?.replace(/^\+/, '');
const agrees = (one: string | undefined, other: string | undefined) => one !== undefined && bare(one) === bare(other);

function profileOf({ profile }: Contact, from: string, aliases: string[]): Profile | undefined {
  const phone = [from, ...aliases].find(isPhone);
  const more = {
    ...(phone && { phone: `+${phone}` }),
    ...(profile?.username && { username: `@${cut(profile.username, 100)}` }),
  };
  const name = profile?.name ?? profile?.username;
  if (!name && Object.keys(more).length === 0) return undefined;
  return { name, more: Object.keys(more).length > 0 ? more : undefined };
}
