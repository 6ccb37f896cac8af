import type { Hub } from '../hub.ts';

/**
 * What opens the payer's page: 128 bits that nobody can guess without our key, and that every hub finds again from the
 * order's id, so that a message on its way out needs no query for its link.
 */
export function payToken(hub: Pick<Hub, 'secrets'>, organisationId: string, orderId: string): string {
  return hub.secrets.sign('pay page', `${organisationId}/${orderId}`).slice(0, 22);
}

export function payUrl(hub: Pick<Hub, 'secrets' | 'publicUrl'>, organisationId: string, orderId: string): string {
  return `${hub.publicUrl}/pay/${payToken(hub, organisationId, orderId)}`;
}
