import { z } from '@hono/zod-openapi';
import { Refusal } from '../../core/refusal.ts';
import type { HouseContext } from '../auth.ts';
import { change, difference } from '../change.ts';
import type { Hub } from '../hub.ts';
import { wrong } from '../problem.ts';
import { Reception, Routing } from '../shapes/house.ts';
import { PaymentSettings } from '../shapes/pay.ts';
import { unknownChannels } from '../store/channels.ts';
import { unknownGroups } from '../store/groups.ts';
import type { Org } from '../store/org.ts';
import { putSettings, settingsOf } from '../store/settings.ts';
import { body, house, json, route } from './route.ts';

const tags = ['Settings'];
const version = z.int().min(0);
const ReceptionDocument = z.object({ version, document: Reception }).openapi('ReceptionDocument');
const PaymentsDocument = z.object({ version, document: PaymentSettings }).openapi('PaymentsDocument');
const RoutingDocument = z.object({ version, document: Routing }).openapi('RoutingDocument');

/** One typed, versioned document an area: put with the version you read, or be told that somebody was faster. */
export function settings(hub: Hub) {
  async function put(c: HouseContext, area: string, read: number, document: object): Promise<number> {
    let written = 0;
    await change(c, 'settings', async (org) => {
      const before = await settingsOf(org, area);
      const next = await putSettings(org, area, read, document, new Date(hub.now()));
      if (next === null) throw new Refusal('version_conflict', undefined, { version: before.version });
      written = next;
      return { action: 'settings.changed', subject: area, ...difference<object>(before.document, document) };
    });
    return written;
  }

  return house()
    .openapi(
      route('admin', {
        method: 'get',
        path: '/settings/reception',
        tags,
        summary: 'How customers are received',
        responses: { 200: json(ReceptionDocument, 'Document') },
      }),
      async (c) => {
        const { version: at, document } = await settingsOf(c.get('me').org, 'reception');
        return c.json({ version: at, document: Reception.parse(document) }, 200);
      },
    )
    .openapi(
      route(
        'admin',
        {
          method: 'put',
          path: '/settings/reception',
          tags,
          summary: 'Change how customers are received',
          request: { body: body(ReceptionDocument) },
          responses: { 200: json(ReceptionDocument, 'Document') },
        },
        { refuses: ['version_conflict'] },
      ),
      async (c) => {
        const { version: read, document } = c.req.valid('json');
        return c.json({ version: await put(c, 'reception', read, document), document }, 200);
      },
    )
    .openapi(
      route('admin', {
        method: 'get',
        path: '/settings/routing',
        tags,
        summary: 'Which group a session goes to',
        responses: { 200: json(RoutingDocument, 'Document') },
      }),
      async (c) => {
        const { version: at, document } = await settingsOf(c.get('me').org, 'routing');
        return c.json({ version: at, document: Routing.parse(document) }, 200);
      },
    )
    .openapi(
      route(
        'admin',
        {
          method: 'put',
          path: '/settings/routing',
          tags,
          summary: 'Change which group a session goes to',
          request: { body: body(RoutingDocument) },
          responses: { 200: json(RoutingDocument, 'Document') },
        },
        { refuses: ['version_conflict'] },
      ),
      async (c) => {
        const { version: read, document } = c.req.valid('json');
        await knowAll(c.get('me').org, document);
        return c.json({ version: await put(c, 'routing', read, document), document }, 200);
      },
    )
    .openapi(
      route('admin', {
        method: 'get',
        path: '/settings/payments',
        tags,
        summary: 'Who may ask for money',
        responses: { 200: json(PaymentsDocument, 'Document') },
      }),
      async (c) => {
        const { version: at, document } = await settingsOf(c.get('me').org, 'payments');
        return c.json({ version: at, document: PaymentSettings.parse(document) }, 200);
      },
    )
    .openapi(
      route(
        'admin',
        {
          method: 'put',
          path: '/settings/payments',
          tags,
          summary: 'Change who may ask for money',
          request: { body: body(PaymentsDocument) },
          responses: { 200: json(PaymentsDocument, 'Document') },
        },
        { refuses: ['version_conflict'] },
      ),
      async (c) => {
        const { version: read, document } = c.req.valid('json');
        return c.json({ version: await put(c, 'payments', read, document), document }, 200);
      },
    );
}

/** A rule to a group that is not there would let nobody in. */
async function knowAll(org: Org, { rules, fallbackGroupId }: Routing): Promise<void> {
  const groups = await unknownGroups(org, [
    ...rules.map((rule) => rule.groupId),
    ...(fallbackGroupId ? [fallbackGroupId] : []),
  ]);
  if (groups.length)
    throw wrong(
      groups[0] === fallbackGroupId
        ? 'document.fallbackGroupId'
        : `document.rules.${rules.findIndex((rule) => rule.groupId === groups[0])}.groupId`,
      'unknown',
    );
  const channels = await unknownChannels(
    org,
    rules.map((rule) => rule.channelId),
  );
  if (channels.length)
    throw wrong(`document.rules.${rules.findIndex((rule) => rule.channelId === channels[0])}.channelId`, 'unknown');
}
