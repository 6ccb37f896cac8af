import { z } from '@hono/zod-openapi';
import { Refusal } from '../../core/refusal.ts';
import { change } from '../change.ts';
import { newId } from '../id.ts';
import { wrong } from '../problem.ts';
import { ChannelGroup } from '../shapes/channels.ts';
import {
  addChannelGroup,
  type ChannelGroupRow,
  channelGroup,
  listChannelGroups,
  orderChannelGroups,
  removeChannelGroup,
  renameChannelGroup,
} from '../store/channel-groups.ts';
import type { Org } from '../store/org.ts';
import { body, byId, done, house, json, route } from './route.ts';

const tags = ['Channels'];
const named = z.object({ name: z.string().trim().min(1).max(100) }).openapi('ChannelGroupInput');
const toGroup = ({ id, name, order }: ChannelGroupRow): ChannelGroup => ({ id, name, order });

async function one(org: Org, id: string): Promise<ChannelGroupRow> {
  const row = await channelGroup(org, id);
  if (!row) throw new Refusal('not_found');
  return row;
}
const taken = (error: unknown): never => {
  throw (error as { code?: string }).code === '23505' ? wrong('name', 'taken') : error;
};

/** Groups of channels, as the settings' tree shows them (CH-01, CH-02). */
export function channelGroups() {
  return house()
    .openapi(
      route('agent', {
        method: 'get',
        path: '/channel-groups',
        tags,
        summary: 'All groups of channels, in order',
        responses: { 200: json(z.object({ items: z.array(ChannelGroup) }), 'Groups of channels') },
      }),
      async (c) => c.json({ items: (await listChannelGroups(c.get('me').org)).map(toGroup) }, 200),
    )
    .openapi(
      route('admin', {
        method: 'post',
        path: '/channel-groups',
        tags,
        summary: 'Add a group of channels',
        request: { body: body(named) },
        responses: { 201: json(ChannelGroup, 'The group') },
      }),
      async (c) => {
        const id = newId();
        const { name } = c.req.valid('json');
        await change(c, 'channels', async (org) => {
          await addChannelGroup(org, id, name);
          return { action: 'channel-group.created', subject: id, after: { name } };
        }).catch(taken);
        return c.json(toGroup(await one(c.get('me').org, id)), 201);
      },
    )
    .openapi(
      route('admin', {
        method: 'patch',
        path: '/channel-groups/{id}',
        tags,
        summary: 'Rename a group of channels',
        request: { params: byId, body: body(named) },
        responses: { 200: json(ChannelGroup, 'The group') },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        const { name } = c.req.valid('json');
        await change(c, 'channels', async (org) => {
          const before = await one(org, id);
          await renameChannelGroup(org, id, name);
          return { action: 'channel-group.renamed', subject: id, before: { name: before.name }, after: { name } };
        }).catch(taken);
        return c.json(toGroup(await one(c.get('me').org, id)), 200);
      },
    )
    .openapi(
      route('admin', {
        method: 'delete',
        path: '/channel-groups/{id}',
        tags,
        summary: 'Delete a group; its channels stay',
        request: { params: byId },
        responses: { 204: done },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        await change(c, 'channels', async (org) => {
          const gone = await removeChannelGroup(org, id);
          if (!gone) throw new Refusal('not_found');
          return { action: 'channel-group.deleted', subject: id, before: { name: gone.name } };
        });
        return c.body(null, 204);
      },
    )
    .openapi(
      route('admin', {
        method: 'post',
        path: '/channel-groups/order',
        tags,
        summary: 'Put the groups into this order',
        request: { body: body(z.object({ ids: z.array(z.uuid()).max(500) })) },
        responses: { 204: done },
      }),
      async (c) => {
        const { ids } = c.req.valid('json');
        await change(c, 'channels', async (org) => {
          await orderChannelGroups(org, ids);
          return { action: 'channel-group.ordered', subject: null, after: { ids } };
        });
        return c.body(null, 204);
      },
    );
}
