import type { Alert } from '../shapes/house.ts';
import { type AlertRow, alertsPage, EVERYTHING } from '../store/alerts.ts';
import type { Org } from '../store/org.ts';
import { type NamingHub, showCustomer } from './customer.ts';

/** An alert as screens see it, the customer by the name he goes by. */
export async function showAlert(hub: NamingHub, organisationId: string, row: AlertRow): Promise<Alert> {
  const { contact_id, session_channel_id: channel_id, opened_at } = row;
  const contact =
    contact_id && channel_id && opened_at
      ? await showCustomer(hub, organisationId, { contact_id, channel_id, opened_at })
      : null;
  return {
    id: row.id,
    kind: row.kind,
    at: row.at.toISOString(),
    sessionId: row.session_id,
    channelId: row.channel_id,
    contact: contact?.name ?? null,
    member: row.member_name,
    memberId: row.member_id,
    text: row.text,
    words: row.words,
    seen: row.seen,
  };
}

/** A new one, as it is told to everybody who hears of it: nobody has seen it yet. */
export async function showNewAlert(hub: NamingHub, org: Org, id: string): Promise<Alert | undefined> {
  const [row] = await alertsPage(org, EVERYTHING, undefined, 1, id);
  return row && (await showAlert(hub, org.id, row));
}
