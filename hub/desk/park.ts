import type { RawRequest } from '../../connectors/connector.ts';
import type { Inbound } from '../../core/inbound.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { raiseAlert } from '../store/alerts.ts';
import type { Org } from '../store/org.ts';
import { insertParked, parkedById, parkedFailed, parkedReplayed } from '../store/parked.ts';

import { receivePeople } from './aliases.ts';
import type { OpenApp, OpenChannel } from './rulebook.ts';

/** Headers a replay needs; the rest is not kept. */
const KEPT = /^(content-type|x-[a-z-]*signature(-256)?|msg-id|authorization|user-agent)$/;

/**
 * Our own code failed on an authentic request: it is laid aside, whole, and the operator is told. The platform gets its
 * 200, because it can do nothing about our bug.
 */
export async function park(hub: Hub, channel: OpenChannel, request: RawRequest, error: unknown): Promise<void> {
  const org = hub.db.org(channel.organisationId);
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  hub.log.error({ err: error, channelId: channel.id, connector: channel.connector.name }, 'a webhook was parked');
  hub.metrics.inbound.inc({ connector: channel.connector.name, kind: 'request', outcome: 'parked' });
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(
      (entry): entry is [string, string] => KEPT.test(entry[0]) && entry[1] !== undefined,
    ),
  );
  await insertParked(org, {
    id: newId(),
    channel_id: channel.id,
    request: { method: request.method, path: request.path, query: request.query, headers },
    body: Buffer.from(request.body),
    error: text.slice(0, 2000),
    at: new Date(hub.now()),
    replayed_at: null,
  });
  await raiseAlert(hub, org, { kind: 'parked', channelId: channel.id, text: text.slice(0, 300) });
}

/** Our own code failed on a push to an app, before any account was known: nothing of a customer's is in it that we could read. */
export async function parkAtApp(hub: Hub, app: OpenApp, error: unknown): Promise<void> {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  hub.log.error({ err: error, appId: app.id, app: app.kind.name }, 'a push to an app was not understood');
  hub.metrics.inbound.inc({ connector: app.kind.name, kind: 'request', outcome: 'parked' });
  const org = hub.db.org(app.organisationId);
  await raiseAlert(hub, org, { kind: 'parked', text: `${app.name}: ${text}`.slice(0, 300) });
}

/** Takes a parked request in again, after the bug was mended. What of it was stored before is not doubled. Throws `not_found`, or what failed again. */
export async function replay(hub: Hub, org: Org, id: string): Promise<void> {
  const row = await parkedById(org, id);
  if (!row) throw new Refusal('not_found');
  const channel = await hub.rulebook.channelById(org.id, row.channel_id);
  if (!channel) throw new Refusal('not_found');
  try {
    await receivePeople(hub, channel, eventsOf(channel, row));
    await parkedReplayed(org, id, new Date(hub.now()));
  } catch (error) {
    await parkedFailed(
      org,
      id,
      (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 2000),
    );
    throw new Refusal('invalid_input', 'It failed again; see its error.');
  }
}

/** What a parked request holds: a platform's push is translated again, what a lasting connection told was translated already. */
function eventsOf(channel: OpenChannel, row: { request: Omit<RawRequest, 'body'>; body: Buffer }): Inbound[] {
  if (row.request.method === 'LINK') return JSON.parse(row.body.toString()) as Inbound[];
  const request = { ...row.request, body: row.body };
  // An account's own share of a push to the app it was connected through.
  const received = channel.app?.kind.receive
    ? channel.app.kind.receive(request, channel.app.config, channel.app.accounts)
    : channel.connector.receive(request, channel.config);
  return received.events.filter((event) => !channel.account || !event.account || event.account === channel.account);
}
