import { z } from '@hono/zod-openapi';
import { apps } from '../../connectors/apps.ts';
import { connectors as all } from '../../connectors/index.ts';
import type { Hub } from '../hub.ts';
import { AppInfo, ConnectorInfo } from '../shapes/channels.ts';
import { showAppKind, showConnector } from '../show/channel.ts';
import { house, json, route } from './route.ts';

/** What can be connected. */
export function connectors(hub: Hub) {
  return house().openapi(
    route('agent', {
      method: 'get',
      path: '/connectors',
      tags: ['Channels'],
      summary: 'What can be connected, and what it can carry',
      responses: { 200: json(z.object({ items: z.array(ConnectorInfo), apps: z.array(AppInfo) }), 'Connectors') },
    }),
    (c) =>
      c.json(
        {
          items: Object.values(all).map((connector) => showConnector(hub, connector)),
          apps: Object.values(apps).map((kind) => showAppKind(hub, kind)),
        },
        200,
      ),
  );
}
