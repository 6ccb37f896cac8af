import type { Connector } from '../../connectors/connector.ts';
import { connectors } from '../../connectors/index.ts';
import { openSecrets } from '../desk/connect.ts';
import type { Hub } from '../hub.ts';
import { callbackUrl, sandboxesOf } from '../sandboxes.ts';
import { type Channel, type ConnectorInfo, WebStyle } from '../shapes/house.ts';
import type { ChannelRow } from '../store/channels.ts';

/** A channel as settings show it. `whole` for admins; others see that it is there, not how it is connected. */
export function showChannel(hub: Hub, row: ChannelRow, whole: boolean): Channel {
  const connector = connectors[row.connector];
  const web = row.connector === 'web';
  const config: Channel['config'] = {};
  if (whole && connector) {
    const secrets = openSecrets(hub, row);
    for (const [key, field] of Object.entries(connector.fields))
      config[key] = field.secret ? key in secrets : (row.config[key] ?? null);
  }
  const chatUrl = web ? `${hub.publicUrl}/chat/${row.key}` : null;
  return {
    id: row.id,
    connector: row.connector,
    name: row.name,
    key: whole || web ? row.key : '',
    enabled: row.enabled,
    groupId: row.group_id,
    sandbox: row.sandbox,
    config,
    style: web ? WebStyle.parse(row.style ?? {}) : null,
    health: {
      state: row.health,
      code: row.health_code,
      text: row.health_text,
      lastInboundAt: row.last_inbound_at?.toISOString() ?? null,
    },
    callbackUrl: whole && !web ? callbackUrl(hub, row.connector, row.key) : null,
    chatUrl,
    snippet: web
      ? `<script src="${hub.publicUrl}/widget.js?key=${row.key}" data-key="${row.key}" async charset="utf-8"></script>`
      : null,
    createdAt: row.created_at.toISOString(),
  };
}

/** A connector as the console draws it: the form, the powers, and where its sandbox is. */
export function showConnector(hub: Hub, connector: Connector): ConnectorInfo {
  const sandbox = sandboxesOf(hub).get(connector.name);
  return {
    name: connector.name,
    label: connector.label,
    fields: Object.entries(connector.fields).map(([key, field]) => ({
      key,
      label: field.label,
      help: field.help ?? null,
      secret: field.secret ?? false,
      required: field.required ?? false,
      placeholder: field.placeholder ?? null,
    })),
    can: { ...connector.can },
    hasCheck: connector.check !== undefined,
    sandbox: sandbox ? { url: `${sandbox.url}/` } : null,
  };
}
