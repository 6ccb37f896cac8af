/*
 * What bench inbound is measured against: a bare Hono route that checks LINE's signature and stores the message by one
 * statement, which is one transaction: contact upsert, session update, message and event insert. A prepared statement, a
 * pool of ten, and nothing else: no rules, no screens, no replies, no answer to a second account.
 */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import pg from 'pg';
import { newId } from '../id.ts';
import { ownCpu } from './lib/cpu.ts';
import { given, helperReady } from './lib/helping.ts';
import { startProfile, stopProfile } from './lib/profile.ts';

export interface FloorOptions {
  databaseUrl: string;
  port: number;
  secret: string;
  organisationId: string;
  channelId: string /** Where its tables are; `public`: the hub's own. */;
  schema: string;
}

const { databaseUrl, port, secret, organisationId, channelId, schema } = given<FloorOptions>();
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10, options: `-c search_path=${schema}` });
pool.on('error', () => {});

const STORE = `with person as (
    insert into identities (organisation_id, id, contact_id, channel_id, external_id, name, last_seen_at) values ($1, $2, $3, $4, $5, $5, $6)
    on conflict (organisation_id, channel_id, external_id) do update set last_seen_at = excluded.last_seen_at
    returning id, contact_id, contact_id = $3 as fresh
  ), contact as (
    insert into contacts (organisation_id, id, name) select $1, contact_id, $5 from person where fresh
  ), session as (
    insert into sessions (organisation_id, id, channel_id, contact_id, identity_id, state, seq, unread, last, last_at, opened_at, inbound_at, reply_token)
    select $1, $7, $4, contact_id, id, 'bot', 1, 1, $8, $6, $6, $6, $9 from person
    on conflict (organisation_id, identity_id) where state <> 'closed' do update set seq = sessions.seq + 1, unread = sessions.unread + 1,
      last = excluded.last, last_at = excluded.last_at, inbound_at = excluded.inbound_at, reply_token = excluded.reply_token
    returning id, seq
  ), message as (
    insert into messages (organisation_id, id, session_id, channel_id, seq, author_type, content, external_id, delivery, created_at)
    select $1, $10, id, $4, seq, 'visitor', $11, $12, 'delivered', $6 from session
  )
  insert into session_events (organisation_id, session_id, seq, type, actor_type, message_id, at) select $1, id, seq, 'message', 'visitor', $10, $6 from session`;

interface LineBody {
  events: {
    replyToken: string;
    timestamp: number;
    source: { userId: string };
    message: { id: string; text: string };
  }[];
}

const app = new Hono().post('/webhook', async (c) => {
  const body = Buffer.from(await c.req.arrayBuffer());
  const told = Buffer.from(c.req.header('x-line-signature') ?? '', 'base64');
  const right = createHmac('sha256', secret).update(body).digest();
  if (told.length !== right.length || !timingSafeEqual(told, right)) return c.json({}, 401);
  const { events } = JSON.parse(body.toString()) as LineBody;
  for (const { message, source, replyToken } of events) {
    const at = new Date();
    const values = [
      organisationId,
      newId(),
      newId(),
      channelId,
      source.userId,
      at,
      newId(),
      { text: message.text, type: 'text', author: 'visitor', at },
      replyToken,
      newId(),
      { type: 'text', text: message.text },
      message.id,
    ];
    try {
      await pool.query({ name: 'store', text: STORE, values });
    } catch (error) {
      // 23505: this message is there already.
      if ((error as { code?: string }).code !== '23505') throw error;
    }
  }
  return c.json({});
});
app.onError((error, c) => {
  console.error(error.message);
  return c.json({}, 500);
});
const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
await new Promise<void>((resolve) => (server.listening ? resolve() : server.once('listening', () => resolve())));

helperReady({ cpu: ownCpu, startProfile, stopProfile }, async () => {
  server.close();
  await pool.end();
});
