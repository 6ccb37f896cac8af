import { z } from '@hono/zod-openapi';
import { Refusal } from '../../core/refusal.ts';
import { isAtLeast } from '../auth.ts';
import { change, difference } from '../change.ts';
import { check } from '../desk/check.ts';
import { closeConfig, connectorNamed, newKey, refuseDoubles } from '../desk/connect.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { wrong } from '../problem.ts';
import { Channel, ChannelPatch, CheckResult, NewChannel, WebStyle } from '../shapes/house.ts';
import { showChannel } from '../show/channel.ts';
import { addChannel, listChannels, lockChannel, oneChannel, patchChannel } from '../store/channels.ts';
import { unknownGroups } from '../store/groups.ts';
import type { Org } from '../store/org.ts';
import { dropFromRouting } from '../store/settings.ts';
import { body, byId, done, house, json, route } from './route.ts';

const tags = ['Channels'];

/** Connected accounts and web plugins. */
export function channels(hub: Hub) {
  async function one(org: Org, id: string, whole = true): Promise<Channel> {
    const row = await oneChannel(org, id);
    if (!row) throw new Refusal('not_found');
    return showChannel(hub, row, whole);
  }

  return house()
    .openapi(
      route('agent', {
        method: 'get',
        path: '/channels',
        tags,
        summary: 'All channels; how they are connected is for admins',
        responses: { 200: json(z.object({ items: z.array(Channel) }), 'Channels') },
      }),
      async (c) => {
        const { org, role } = c.get('me');
        return c.json(
          { items: (await listChannels(org)).map((row) => showChannel(hub, row, isAtLeast(role, 'admin'))) },
          200,
        );
      },
    )
    .openapi(
      route(
        'admin',
        {
          method: 'post',
          path: '/channels',
          tags,
          summary: 'Connect an account or add a web plugin',
          request: { body: body(NewChannel) },
          responses: { 201: json(Channel, 'The channel') },
        },
        { refuses: ['already_connected'] },
      ),
      async (c) => {
        const { org } = c.get('me');
        const wish = c.req.valid('json');
        const connector = connectorNamed(wish.connector);
        await knowGroup(org, wish.groupId);
        const id = newId();
        const kept = closeConfig(hub, connector, id, wish.config);
        const style = connector.name === 'web' ? WebStyle.parse(wish.style ?? {}) : null;
        await change(c, 'channels', async (tx) => {
          await refuseDoubles(hub, tx, connector, id, kept);
          await addChannel(tx, {
            id,
            connector: connector.name,
            name: wish.name,
            key: newKey(),
            group_id: wish.groupId ?? null,
            style,
            ...kept,
          });
          return {
            action: 'channel.created',
            subject: id,
            after: { connector: connector.name, name: wish.name, groupId: wish.groupId ?? null, config: kept.config },
          };
        });
        return c.json(await one(org, id), 201);
      },
    )
    .openapi(
      route('agent', {
        method: 'get',
        path: '/channels/{id}',
        tags,
        summary: 'One channel',
        request: { params: byId },
        responses: { 200: json(Channel, 'The channel') },
      }),
      async (c) =>
        c.json(await one(c.get('me').org, c.req.valid('param').id, isAtLeast(c.get('me').role, 'admin')), 200),
    )
    .openapi(
      route(
        'admin',
        {
          method: 'patch',
          path: '/channels/{id}',
          tags,
          summary: 'Change a channel; secrets that are not named stay',
          request: { params: byId, body: body(ChannelPatch) },
          responses: { 200: json(Channel, 'The channel') },
        },
        { refuses: ['already_connected'] },
      ),
      async (c) => {
        const { id } = c.req.valid('param');
        const { config, style, groupId, ...wish } = c.req.valid('json');
        await knowGroup(c.get('me').org, groupId);
        await change(c, 'channels', async (tx) => {
          const row = await lockChannel(tx, id);
          if (!row) throw new Refusal('not_found');
          const connector = connectorNamed(row.connector);
          const kept = config && closeConfig(hub, connector, id, config, row);
          if (kept) await refuseDoubles(hub, tx, connector, id, kept);
          const newStyle = style && row.connector === 'web' ? WebStyle.parse({ ...row.style, ...style }) : undefined;
          const patch = {
            ...wish,
            ...(groupId !== undefined && { group_id: groupId }),
            ...kept,
            ...(newStyle && { style: newStyle }),
          };
          await patchChannel(tx, id, patch);
          const { secrets, ...shown } = patch;
          const changed = difference<object>(row, shown);
          // That a secret was changed is worth knowing; what it is, never.
          return {
            action:
              secrets && config && hasSecret(connector.fields, config)
                ? 'channel.credentials_changed'
                : 'channel.changed',
            subject: id,
            ...changed,
          };
        });
        return c.json(await one(c.get('me').org, id), 200);
      },
    )
    .openapi(
      route('admin', {
        method: 'delete',
        path: '/channels/{id}',
        tags,
        summary: 'Take a channel away; what was said on it stays',
        request: { params: byId },
        responses: { 204: done },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        await change(c, 'channels', async (tx) => {
          const row = await lockChannel(tx, id);
          if (!row) throw new Refusal('not_found');
          // The credentials are of no more use to us, so they are not kept.
          await patchChannel(tx, id, { deleted_at: new Date(hub.now()), enabled: false, secrets: null });
          await dropFromRouting(tx, { channelId: id }, new Date(hub.now()));
          return { action: 'channel.deleted', subject: id, before: { connector: row.connector, name: row.name } };
        });
        return c.body(null, 204);
      },
    )
    .openapi(
      route(
        'admin',
        {
          method: 'post',
          path: '/channels/{id}/check',
          tags,
          summary: 'Try the account and say what is right and what is not',
          request: { params: byId },
          responses: { 200: json(CheckResult, 'Points') },
        },
        { refuses: ['cannot_carry'] },
      ),
      async (c) => {
        const points = await check(hub, c.get('me').org, c.req.valid('param').id);
        return c.json(
          {
            points: points.map(({ code, ok, what, mend, url }) => ({
              code: code ?? null,
              ok,
              what,
              mend: mend ?? null,
              url: url ?? null,
            })),
          },
          200,
        );
      },
    );
}

const hasSecret = (fields: Record<string, { secret?: boolean }>, config: Record<string, unknown>) =>
  Object.entries(config).some(([key, value]) => fields[key]?.secret && value !== true);

async function knowGroup(org: Org, groupId: string | null | undefined): Promise<void> {
  if (groupId && (await unknownGroups(org, [groupId])).length) throw wrong('groupId', 'unknown');
}
