import type { Inbound } from '../../../core/inbound.ts';
import { newId } from '../../id.ts';
import type { Arrival } from '../../store/arrivals.ts';
import type { Changes } from '../../store/changes.ts';
import type { OpenChannel } from '../rulebook.ts';
import { languageFor } from '../situation.ts';

/** A person who never wrote before: a contact of their own and the identity they came with. */
export function meet(changes: Changes, channel: OpenChannel, event: Inbound, at: Date): Arrival {
  const contactId = newId();
  const id = newId();
  const { profile } = event;
  const word = languageFor(channel, profile?.language) === 'zh' ? '访客' : 'Visitor';
  const made = `${word} ${id.slice(-4).toUpperCase()}`;
  const name = profile?.name?.slice(0, 100) || made;
  changes.contacts.push({
    id: contactId,
    name,
    nickname: profile?.name && profile.real ? made : null,
    avatar: profile?.avatar ?? null,
    phone: profile?.phone ?? null,
    email: profile?.email ?? null,
    company: profile?.company ?? null,
    remark: null,
    fields: profile?.fields ?? {},
    created_at: at,
    updated_at: at,
  });
  changes.identities.push({
    id,
    contact_id: contactId,
    channel_id: channel.id,
    external_id: event.from!,
    name: profile?.name ?? null,
    avatar: profile?.avatar ?? null,
    language: profile?.language ?? null,
    more: profile?.more ?? {},
    reachable: true,
    profile_at: null,
    last_seen_at: at,
    ip: profile?.from?.ip ?? null,
    region: profile?.from?.region ?? null,
    network: profile?.from?.network ?? null,
    terminal: profile?.from?.terminal ?? null,
    created_at: at,
  });
  return {
    channelId: channel.id,
    from: event.from!,
    session: null,
    ledger: null,
    last: null,
    contact: { tagIds: [], blocked: false },
    identity: {
      id,
      contactId,
      language: profile?.language ?? null,
      reachable: true,
      name,
      avatar: profile?.avatar ?? null,
    },
  };
}
