import pg from 'pg';
import { newId } from '../../id.ts';
import { freePort } from '../../start/port.ts';
import type { FloorOptions } from '../floor.ts';
import type { Furnished, HubOptions } from '../hub.ts';
import { type Helper, startHelper } from './helper.ts';
import { setUp } from './owner.ts';
import { atEnd, type Stage } from './stage.ts';

/** What webhooks are sent to: the hub, or the floor it is measured against. */
export interface Side {
  name: 'hub' | 'floor';
  helper: Helper;
  port: number;
  path: string;
  secret: string;
}

/** A hub with an organisation, its owner signed in, and a LINE channel. */
export async function openHubSide(place: Stage, lineUrl: string): Promise<{ hub: Side; cookie: string }> {
  const port = await freePort();
  const helper = await startHelper('hub.ts', {
    dataDir: place.folder,
    databaseUrl: place.url,
    port,
    lineUrl,
  } satisfies HubOptions);
  atEnd(helper.stop);
  const cookie = await setUp(port);
  const { line } = await helper.ask<Furnished>('furnish', {});
  return { hub: { name: 'hub', helper, port, path: `/webhooks/line/${line.key}`, secret: line.secret }, cookie };
}

/** In an organisation of its own on the same tables, or on copies of them. */
export async function openFloorSide(place: Stage, schema: string): Promise<Side> {
  const [port, organisationId, channelId, secret] = [await freePort(), newId(), newId(), 'f'.repeat(32)];
  const client = new pg.Client({ connectionString: place.url });
  await client.connect();
  if (schema !== 'public') {
    await client.query('create schema copy');
    for (const name of [
      'organisations',
      'channels',
      'contacts',
      'identities',
      'sessions',
      'messages',
      'session_events',
    ]) {
      await client.query(
        `create table copy.${name} (like public.${name} including all) ${name === 'sessions' ? 'with (fillfactor = 70)' : ''}`,
      );
    }
    await client.query('set search_path = copy');
  }
  await client.query('insert into organisations (id, name) values ($1, $2)', [organisationId, 'Floor']);
  await client.query('insert into channels (organisation_id, id, connector, name, key) values ($1, $2, $3, $3, $4)', [
    organisationId,
    channelId,
    'floor',
    `floor-${channelId}`,
  ]);
  await client.end();
  const helper = await startHelper('floor.ts', {
    databaseUrl: place.url,
    port,
    secret,
    organisationId,
    channelId,
    schema: schema === 'public' ? 'public' : 'copy',
  } satisfies FloorOptions);
  atEnd(helper.stop);
  return { name: 'floor', helper, port, path: '/webhook', secret };
}
