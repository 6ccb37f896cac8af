import type { RawRequest, Received, Reply } from '../../connectors/connector.ts';
import type { Inbound } from '../../core/inbound.ts';
import type { Hub } from '../hub.ts';
import { receivePeople } from './aliases.ts';
import { park } from './park.ts';
import type { OpenChannel } from './rulebook.ts';
import { withUploads } from './uploads.ts';
import { withVisit } from './visit.ts';

/**
 * Takes in what a channel's platform pushed and gives the answer it wants. What is authentic is never lost: when our own
 * code fails on it, it is parked. Throws what means "come again" (the database is away) and BadRequest.
 * @param begun when the request arrived, in epoch milliseconds: a passive answer must be out in time
 * @param retryable tells errors that are nobody's fault, for which the platform should come again
 */
export async function arrive(
  hub: Hub,
  channel: OpenChannel,
  request: RawRequest,
  received: Received,
  begun: number,
  retryable: (error: unknown) => boolean,
): Promise<Reply | undefined> {
  const { passive } = received;
  try {
    for (const [to, events] of await sorted(hub, channel, received.events)) {
      const own =
        to.connector.send || to.connector.link ? events : await withVisit(hub, to, await withUploads(hub, to, events));
      await receivePeople(hub, to, own, { hold: passive !== undefined });
    }
  } catch (error) {
    if (retryable(error)) throw error;
    await park(hub, channel, request, error);
  }
  const answered = passive && (await hub.outbox.answer(channel, received.events, passive, begun));
  return answered ?? received.reply;
}

/** A platform may push several accounts to one address: each event goes to the channel of its account. */
async function sorted(hub: Hub, channel: OpenChannel, events: Inbound[]): Promise<Map<OpenChannel, Inbound[]>> {
  const { account } = channel;
  if (!account || events.every((event) => !event.account || event.account === account))
    return new Map([[channel, events]]);
  const byChannel = new Map<OpenChannel, Inbound[]>();
  for (const event of events) {
    const foreign = event.account && event.account !== account;
    const other = foreign ? await hub.rulebook.sibling(channel, event.account!) : null;
    const to = other?.enabled ? other : channel;
    const told: Inbound =
      foreign && !other
        ? {
            kind: 'ignored',
            what: 'other-account',
            externalId: event.externalId,
            at: event.at,
            data: { account: event.account },
          }
        : event;
    byChannel.set(to, [...(byChannel.get(to) ?? []), told]);
  }
  return byChannel;
}
