import type { AppKind } from '../../connectors/app.ts';
import { apps } from '../../connectors/apps.ts';
import type { CheckPoint, Connector, Fields } from '../../connectors/connector.ts';
import { connectors } from '../../connectors/index.ts';
import { openSecrets } from '../desk/connect.ts';
import type { Hub } from '../hub.ts';
import { callbackUrl, platformOf, platformOfApp, sandboxesOf, standInOf } from '../sandboxes.ts';
import {
  type App,
  type AppInfo,
  type Channel,
  type CheckResult,
  type ConnectorInfo,
  WebStyle,
} from '../shapes/channels.ts';
import type { AppRow } from '../store/apps.ts';
import type { ChannelRow } from '../store/channels.ts';
import { avatarUrl } from './avatar.ts';

/** An account whose platform has not reached us for this long is worth a look. Milliseconds. */
const SILENT_MS = 72 * 3_600_000;
/** A new one should have been heard of by then. */
const NEW_MS = 3_600_000;

type Kept = { id: string; config: Record<string, string>; secrets: Buffer | null };

/** The values of a form: a secret shows as set or not, one we made is shown in full beside it. */
export function shownConfig(hub: Hub, fields: Fields, row: Kept) {
  const secrets = openSecrets(hub, row);
  const config: Channel['config'] = {};
  const made: Record<string, string> = {};
  for (const [key, field] of Object.entries(fields)) {
    config[key] = field.secret ? key in secrets : (row.config[key] ?? null);
    const value = field.secret ? secrets[key] : row.config[key];
    if (field.make && value) made[key] = value;
  }
  return { config, made };
}

export const showPoint = ({ code, ok, what, mend, url }: CheckPoint): CheckResult['points'][number] => ({
  code: code ?? null,
  ok,
  what,
  mend: mend ?? null,
  url: url ?? null,
});

/** A channel as settings show it. `whole` for admins; others see that it is there, not how it is connected. */
export function showChannel(hub: Hub, organisationId: string, row: ChannelRow, whole: boolean): Channel {
  const connector = Object.hasOwn(connectors, row.connector) ? connectors[row.connector] : undefined;
  const web = row.connector === 'web';
  const { config, made } = whole && connector ? shownConfig(hub, connector.fields, row) : { config: {}, made: {} };
  const chatUrl = web ? `${hub.publicUrl}/chat/${row.key}` : null;
  const hasHook = !web && !connector?.link && connector?.ways?.[0]?.kind !== 'app';
  return {
    id: row.id,
    connector: row.connector,
    name: row.name,
    key: whole || web ? row.key : '',
    enabled: row.enabled,
    groupId: row.group_id,
    folderId: row.folder_id,
    order: row.order,
    avatar: avatarUrl(hub, organisationId, row.avatar),
    intro: row.intro,
    sandbox: row.sandbox,
    appId: row.app_id,
    account: row.account,
    config,
    made,
    style: web ? WebStyle.parse(row.style ?? {}) : null,
    health: {
      state: row.health,
      code: row.health_code,
      text: row.health_text,
      points: whole ? (row.points ?? []).map(showPoint) : [],
      lastInboundAt: row.last_inbound_at?.toISOString() ?? null,
      silentSince: silentSince(hub, row, connector)?.toISOString() ?? null,
    },
    expiresAt: row.expires_at?.toISOString() ?? null,
    link: showLink(row, whole),
    callbackUrl:
      whole && (hasHook || (connector?.fields && !row.app_id && !web && !connector.link))
        ? callbackUrl(hub, row.connector, row.key)
        : null,
    chatUrl,
    snippet: web
      ? `<script src="${hub.publicUrl}/widget.js?key=${row.key}" data-key="${row.key}" async charset="utf-8"></script>`
      : null,
    createdAt: row.created_at.toISOString(),
  };
}

/** Since when a platform that should push to us has not; null where it does, or where nothing is pushed. */
function silentSince(hub: Hub, row: ChannelRow, connector: Connector | undefined): Date | null {
  if (!connector || row.connector === 'web' || connector.link || !row.enabled) return null;
  const since = row.last_inbound_at ?? row.created_at;
  return hub.now() - since.getTime() > (row.last_inbound_at ? SILENT_MS : NEW_MS) ? since : null;
}

function showLink(row: ChannelRow, whole: boolean): Channel['link'] {
  if (!row.link) return null;
  // Who holds the QR code holds the account.
  if (!whole) return { state: row.link.state, at: row.link.at };
  return row.link;
}

export const showFields = (fields: Fields): ConnectorInfo['fields'] =>
  Object.entries(fields).map(([key, field]) => ({
    key,
    label: field.label,
    help: field.help ?? null,
    secret: field.secret ?? false,
    required: field.required ?? false,
    placeholder: field.placeholder ?? null,
    choices: field.choices ?? null,
    make: field.make !== undefined,
    lines: field.lines ?? false,
  }));

/** A connector as the console draws it: the ways in, the form, the powers, and where its sandbox is. */
export function showConnector(hub: Hub, connector: Connector): ConnectorInfo {
  const sandbox = sandboxesOf(hub).get(standInOf(connector));
  const ways = connector.ways ?? [
    {
      kind: 'fields' as const,
      label: { zh: '填写凭据', en: 'Enter credentials' },
      text: { zh: '', en: '' },
      guide: [],
    },
  ];
  return {
    name: connector.name,
    platform: platformOf(connector),
    label: connector.label,
    mark: connector.mark ?? null,
    ways: ways.map((way) => ({ ...way, app: ('app' in way ? way.app : undefined) ?? null, guide: [...way.guide] })),
    fields: showFields(connector.fields),
    can: { ...connector.can },
    hasCheck: connector.check !== undefined,
    hasTemplates: connector.templates !== undefined,
    sandbox: sandbox ? { url: `${sandbox.url}/` } : null,
  };
}

/** A kind of app as the console draws it. */
export function showAppKind(hub: Hub, kind: AppKind): AppInfo {
  const sandbox = sandboxesOf(hub).get(platformOfApp(kind));
  return {
    name: kind.name,
    label: kind.label,
    text: kind.text,
    connectors: [...kind.connectors],
    fields: showFields(kind.fields),
    guide: [...kind.guide],
    hasCheck: kind.check !== undefined,
    sandbox: sandbox?.sandbox.apps?.[kind.name] ? { url: `${sandbox.url}/` } : null,
  };
}

/** An app as settings show it, with what is entered at the platform. */
export function showApp(hub: Hub, row: AppRow & { channels: number }): App {
  const kind = Object.hasOwn(apps, row.kind) ? apps[row.kind] : undefined;
  const hook = callbackUrl(hub, row.kind, row.key);
  const value = (is: 'webhook' | 'redirect' | 'origin', path = '') =>
    is === 'webhook'
      ? `${hook}${path}`
      : is === 'redirect'
        ? `${hub.publicUrl}/connect${path}`
        : new URL(hub.publicUrl).host;
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    ...(kind ? shownConfig(hub, kind.fields, row) : { config: {}, made: {} }),
    addresses: (kind?.addresses ?? []).map(({ label, is, path }) => ({ label, value: value(is, path) })),
    health: {
      state: row.health,
      code: row.health_code,
      text: row.health_text,
      lastInboundAt: row.last_inbound_at?.toISOString() ?? null,
    },
    channels: row.channels,
    sandbox: row.sandbox,
    createdAt: row.created_at.toISOString(),
  };
}
