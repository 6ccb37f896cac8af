import { z } from '@hono/zod-openapi';
import type { Connector } from '../../connectors/connector.ts';
import { Refusal } from '../../core/refusal.ts';
import { isAtLeast } from '../auth.ts';
import { change, difference } from '../change.ts';
import { check } from '../desk/check.ts';
import { closeConfig, connectorNamed, type Kept, newKey, openSecrets, refuseDoubles } from '../desk/connect.ts';
import { forgetAll } from '../desk/tools.ts';
import { lookAfter } from '../desk/upkeep.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { wrong } from '../problem.ts';
import { sandboxAccount } from '../sandboxes.ts';
import { dropChannel } from '../settings/drop-channel.ts';
import { Channel, ChannelPatch, CheckResult, LinkWish, NewChannel, WebStyle } from '../shapes/channels.ts';
import { keepAvatar } from '../show/avatar.ts';
import { showChannel, showPoint } from '../show/channel.ts';
import { audit } from '../store/audit.ts';
import { channelGroup } from '../store/channel-groups.ts';
import {
  addChannel,
  channelWithAccount,
  listChannels,
  lockChannel,
  oneChannel,
  patchChannel,
  setHealth,
} from '../store/channels.ts';
import { unknownGroups } from '../store/groups.ts';
import type { Org } from '../store/org.ts';
import { body, byId, done, house, json, route } from './route.ts';

const tags = ['Channels'];
/** After the check that follows connecting. Milliseconds. */
const UPKEEP_AFTER_MS = 60_000;

/** Connected accounts and web plugins. */
export function channels(hub: Hub) {
  async function one(org: Org, id: string, whole = true): Promise<Channel> {
    const row = await oneChannel(org, id);
    if (!row) throw new Refusal('not_found');
    return showChannel(hub, org.id, row, whole);
  }

  /** A new account is looked after at once, so that its page tells how it is. */
  async function begin(id: string, organisationId: string, connector: Connector): Promise<void> {
    if (connector.upkeep) await lookAfter(hub, organisationId, id);
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
          { items: (await listChannels(org)).map((row) => showChannel(hub, org.id, row, isAtLeast(role, 'admin'))) },
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
        if (isOnlyByApp(connector)) throw wrong('connector', 'connect it through an app');
        await knowGroup(org, wish.groupId);
        await knowFolder(org, wish.folderId);
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
            folder_id: wish.folderId ?? null,
            intro: wish.intro ?? null,
            style,
            ...kept,
            ...(await accountOf(hub, tx, connector, id, kept)),
          });
          return {
            action: 'channel.created',
            subject: id,
            after: { connector: connector.name, name: wish.name, groupId: wish.groupId ?? null, config: kept.config },
          };
        });
        await begin(id, org.id, connector);
        return c.json(await one(org, id), 201);
      },
    )
    .openapi(
      route('admin', {
        method: 'post',
        path: '/channels/demo',
        tags,
        summary: 'Connect the sandbox’s own account; only where the sandbox is on',
        request: { body: body(z.object({ connector: z.string().max(60) })) },
        responses: { 201: json(Channel, 'The channel') },
      }),
      async (c) => {
        const { org } = c.get('me');
        const connector = connectorNamed(c.req.valid('json').connector);
        const index = (await listChannels(org)).filter((row) => row.sandbox && row.connector === connector.name).length;
        const id = newId();
        const key = newKey();
        if (isOnlyByApp(connector)) throw wrong('connector', 'no sandbox');
        const account = sandboxAccount(hub, connector.name, key, index) as Record<string, string> | undefined;
        if (!account) throw wrong('connector', 'no sandbox');
        const kept = closeConfig(hub, connector, id, account);
        await change(c, 'channels', async (tx) => {
          await refuseDoubles(hub, tx, connector, id, kept);
          const name = `${connector.label.zh}（沙盒 Sandbox）`.slice(0, 100);
          const known = await accountOf(hub, tx, connector, id, kept);
          await addChannel(tx, {
            id,
            connector: connector.name,
            name,
            key,
            group_id: null,
            style: null,
            sandbox: true,
            ...kept,
            ...known,
          });
          return { action: 'channel.created', subject: id, after: { connector: connector.name, sandbox: true } };
        });
        await begin(id, org.id, connector);
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
        const { config, style, groupId, folderId, ...wish } = c.req.valid('json');
        if (wish.avatar) wish.avatar = await keepAvatar(hub, c.get('me').org, wish.avatar);
        await knowGroup(c.get('me').org, groupId);
        await knowFolder(c.get('me').org, folderId);
        await change(c, 'channels', async (tx) => {
          const row = await lockChannel(tx, id);
          if (!row) throw new Refusal('not_found');
          const connector = connectorNamed(row.connector);
          const app = row.app_id ? await hub.rulebook.appById(c.get('me').org.id, row.app_id) : null;
          const kept = config && closeConfig(hub, connector, id, config, row, app?.config);
          if (kept) await refuseDoubles(hub, tx, connector, id, kept);
          const newStyle = style && row.connector === 'web' ? WebStyle.parse({ ...row.style, ...style }) : undefined;
          const patch = {
            ...wish,
            ...(groupId !== undefined && { group_id: groupId }),
            ...(folderId !== undefined && { folder_id: folderId }),
            ...kept,
            ...(kept && !app && (await accountOf(hub, tx, connector, id, kept))),
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
          await dropChannel(tx, id, c.get('me').member.id, new Date(hub.now()));
          return { action: 'channel.deleted', subject: id, before: { connector: row.connector, name: row.name } };
        });
        await forgetAll(hub, { organisationId: c.get('me').org.id, id });
        hub.live.publish(c.get('me').org.id, [{ kind: 'changed', area: 'settings' }]);
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
        return c.json({ points: points.map(showPoint) }, 200);
      },
    )
    .openapi(
      route(
        'admin',
        {
          method: 'post',
          path: '/channels/{id}/link',
          tags,
          summary: 'Show the QR code of a lasting connection, ask for a pairing code, or end the login',
          request: { params: byId, body: body(LinkWish) },
          responses: { 200: json(Channel, 'The channel; what becomes of it shows in `link`') },
        },
        { refuses: ['cannot_carry'] },
      ),
      async (c) => {
        const { org, member } = c.get('me');
        const { id } = c.req.valid('param');
        const wish = c.req.valid('json');
        const channel = await hub.rulebook.channelById(org.id, id);
        if (!channel) throw new Refusal('not_found');
        if (!channel.connector.link) throw new Refusal('cannot_carry');
        hub.links.order(org.id, id, wish.do === 'pair' ? { do: 'pair', phone: wish.phone ?? '' } : { do: wish.do });
        if (wish.do === 'logout') await audit(org, member.id, 'channel.logged_out', id);
        return c.json(await one(org, id), 200);
      },
    )
    .openapi(
      route('admin', {
        method: 'post',
        path: '/channels/{id}/disconnect',
        tags,
        summary: 'Forget the account’s tokens and send nothing more; what was said stays',
        request: { params: byId },
        responses: { 200: json(Channel, 'The channel') },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        const { org } = c.get('me');
        await change(c, 'channels', async (tx) => {
          const row = await lockChannel(tx, id);
          if (!row) throw new Refusal('not_found');
          await patchChannel(tx, id, { upkeep_at: null, expires_at: null });
          await setHealth(tx, id, { health: 'attention', code: 'disconnected', points: [] });
          return { action: 'channel.disconnected', subject: id };
        });
        hub.links.order(org.id, id, { do: 'logout' });
        await forgetAll(hub, { organisationId: org.id, id });
        return c.json(await one(org, id), 200);
      },
    );
}

/** Accounts of some platforms are only given by their owner's consent. */
const isOnlyByApp = (connector: Connector) => connector.ways?.every((way) => way.kind === 'app');

/** The platform's id of the account, where the form tells it, and when it is first looked after. Throws `already_connected`. */
async function accountOf(hub: Hub, org: Org, connector: Connector, id: string, kept: Kept) {
  const config = { ...kept.config, ...openSecrets(hub, { id, secrets: kept.secrets }) };
  const account = connector.account?.(config);
  const upkeep_at = connector.upkeep ? new Date(hub.now() + UPKEEP_AFTER_MS) : null;
  if (!account) return { upkeep_at };
  const taken = await channelWithAccount(org, connector.name, account);
  if (taken && taken.id !== id) throw new Refusal('already_connected');
  return { account, upkeep_at };
}

const hasSecret = (fields: Record<string, { secret?: boolean }>, config: Record<string, unknown>) =>
  Object.entries(config).some(([key, value]) => fields[key]?.secret && value !== true);

async function knowGroup(org: Org, groupId: string | null | undefined): Promise<void> {
  if (groupId && (await unknownGroups(org, [groupId])).length) throw wrong('groupId', 'unknown');
}

async function knowFolder(org: Org, folderId: string | null | undefined): Promise<void> {
  if (folderId && !(await channelGroup(org, folderId))) throw wrong('folderId', 'unknown');
}
