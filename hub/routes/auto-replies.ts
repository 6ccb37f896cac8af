import { z } from '@hono/zod-openapi';
import type { Writable } from '../../core/message.ts';
import { Refusal } from '../../core/refusal.ts';
import { change, difference } from '../change.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { withMediaUrls } from '../media/links.ts';
import { owned } from '../media/own.ts';
import { wrong } from '../problem.ts';
import { AutoReply, AutoReplyInput, AutoReplyPatch } from '../shapes/house.ts';
import {
  type AutoReplyRow,
  addAutoReply,
  listAutoReplies,
  oneAutoReply,
  orderAutoReplies,
  patchAutoReply,
  removeAutoReply,
} from '../store/auto-replies.ts';
import { unknownChannels } from '../store/channels.ts';
import type { Org } from '../store/org.ts';
import { body, byId, done, house, json, route } from './route.ts';

const tags = ['Auto replies'];

/** Welcome and keyword rules (AR-01 … AR-07). */
export function autoReplies(hub: Hub) {
  async function show(org: Org, row: AutoReplyRow): Promise<AutoReply> {
    return {
      id: row.id,
      name: row.name,
      type: row.type,
      enabled: row.enabled,
      channelIds: row.channel_ids,
      keywords: row.keywords,
      replies: await Promise.all((row.replies as Writable[]).map((reply) => withMediaUrls(hub, org.id, reply))),
      mode: row.mode,
      order: row.order,
    };
  }
  async function one(org: Org, id: string): Promise<AutoReply> {
    const row = await oneAutoReply(org, id);
    if (!row) throw new Refusal('not_found');
    return await show(org, row);
  }

  return house()
    .openapi(
      route('supervisor', {
        method: 'get',
        path: '/auto-replies',
        tags,
        summary: 'All rules in their order',
        responses: { 200: json(z.object({ items: z.array(AutoReply) }), 'Rules') },
      }),
      async (c) => {
        const { org } = c.get('me');
        return c.json({ items: await Promise.all((await listAutoReplies(org)).map((row) => show(org, row))) }, 200);
      },
    )
    .openapi(
      route('admin', {
        method: 'post',
        path: '/auto-replies',
        tags,
        summary: 'Add a rule, last in the order',
        request: { body: body(AutoReplyInput) },
        responses: { 201: json(AutoReply, 'The rule') },
      }),
      async (c) => {
        const { org } = c.get('me');
        const { channelIds, ...wish } = c.req.valid('json');
        await knowChannels(org, channelIds);
        const replies = await ownedAll(org, wish.replies);
        const id = newId();
        await change(c, 'auto-replies', async (tx) => {
          await addAutoReply(tx, id, { ...wish, replies, channel_ids: channelIds });
          return { action: 'auto-reply.created', subject: id, after: { ...wish, replies, channelIds } };
        });
        return c.json(await one(org, id), 201);
      },
    )
    .openapi(
      route('admin', {
        method: 'patch',
        path: '/auto-replies/{id}',
        tags,
        summary: 'Change a rule',
        request: { params: byId, body: body(AutoReplyPatch) },
        responses: { 200: json(AutoReply, 'The rule') },
      }),
      async (c) => {
        const { org } = c.get('me');
        const { id } = c.req.valid('param');
        const { channelIds, replies, ...wish } = c.req.valid('json');
        if (channelIds) await knowChannels(org, channelIds);
        const patch = {
          ...wish,
          ...(channelIds && { channel_ids: channelIds }),
          ...(replies && { replies: await ownedAll(org, replies) }),
        };
        await change(c, 'auto-replies', async (tx) => {
          const row = await oneAutoReply(tx, id);
          if (!row) throw new Refusal('not_found');
          await patchAutoReply(tx, id, patch, new Date(hub.now()));
          return { action: 'auto-reply.changed', subject: id, ...difference<object>(row, patch) };
        });
        return c.json(await one(org, id), 200);
      },
    )
    .openapi(
      route('admin', {
        method: 'delete',
        path: '/auto-replies/{id}',
        tags,
        summary: 'Delete a rule',
        request: { params: byId },
        responses: { 204: done },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        await change(c, 'auto-replies', async (tx) => {
          const gone = await removeAutoReply(tx, id);
          if (!gone) throw new Refusal('not_found');
          return { action: 'auto-reply.deleted', subject: id, before: gone };
        });
        return c.body(null, 204);
      },
    )
    .openapi(
      route('admin', {
        method: 'post',
        path: '/auto-replies/order',
        tags,
        summary: 'Put the rules into this order',
        request: { body: body(z.object({ ids: z.array(z.uuid()).max(2000) })) },
        responses: { 204: done },
      }),
      async (c) => {
        const { ids } = c.req.valid('json');
        await change(c, 'auto-replies', async (tx) => {
          const known = new Set((await listAutoReplies(tx)).map((row) => row.id));
          if (ids.some((id) => !known.has(id))) throw wrong('ids', 'unknown');
          await orderAutoReplies(tx, ids);
          return { action: 'auto-reply.ordered', subject: null, after: { ids } };
        });
        return c.body(null, 204);
      },
    );
}

const ownedAll = (org: Org, replies: readonly Writable[]): Promise<Writable[]> =>
  Promise.all(replies.map((reply) => owned(org, reply)));

async function knowChannels(org: Org, ids: readonly string[]): Promise<void> {
  if ((await unknownChannels(org, ids)).length) throw wrong('channelIds', 'unknown');
}
