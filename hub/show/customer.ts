import { nickname } from '../../core/nickname.ts';
import { languageFor } from '../desk/situation.ts';
import type { Hub } from '../hub.ts';
import type { Customer } from './directory.ts';

/** What of the hub knows names and how they are put together. */
export type NamingHub = Pick<Hub, 'directory' | 'rulebook'>;

/** What a customer is named for: a session, or whatever else he began on a channel. */
export interface Occasion {
  contact_id: string;
  channel_id: string;
  /** When he asked: the day in his name (SS-16). */
  opened_at: Date | string;
}

/**
 * A customer as everything at the desk calls him: his real name or what the channel calls him, and before and after
 * it what the organisation wants to tell customers apart by (SS-16). For members only.
 */
export async function showCustomer(
  hub: NamingHub,
  organisationId: string,
  { contact_id, channel_id, opened_at }: Occasion,
): Promise<Customer> {
  const [customer, { settings }] = await Promise.all([
    hub.directory.contact(organisationId, contact_id),
    hub.rulebook.rules(organisationId),
  ]);
  const { realName, nickname: show } = settings.desk;
  const name = realName ? customer.name : (customer.nickname ?? customer.name);
  if (!show.region && !show.network && !show.date) return { ...customer, name };
  const channel = await hub.rulebook.channelById(organisationId, channel_id);
  const language = languageFor(channel, customer.language);
  const known = { name, region: customer.region, network: customer.network, at: new Date(opened_at).getTime() };
  return { ...customer, name: nickname(known, show, settings.hours.zone, language === 'zh' ? '客户' : 'Customer') };
}
