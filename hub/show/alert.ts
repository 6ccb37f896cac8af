import type { Hub } from '../hub.ts';
import type { Alert } from '../shapes/house.ts';
import { type AlertRow, alertsPage, EVERYTHING } from '../store/alerts.ts';
import type { Org } from '../store/org.ts';

/** An alert as screens see it; the customer's name comes from memory. */
export async function showAlert(hub: Pick<Hub, 'directory'>, organisationId: string, row: AlertRow): Promise<Alert> {
  const contact = row.contact_id ? await hub.directory.contact(organisationId, row.contact_id) : null;
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
export async function showNewAlert(hub: Pick<Hub, 'directory'>, org: Org, id: string): Promise<Alert | undefined> {
  const [row] = await alertsPage(org, EVERYTHING, undefined, 1, id);
  return row && (await showAlert(hub, org.id, row));
}
