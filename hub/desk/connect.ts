import { randomBytes } from 'node:crypto';
import type { AppKind } from '../../connectors/app.ts';
import { apps } from '../../connectors/apps.ts';
import type { Connector } from '../../connectors/connector.ts';
import { connectors } from '../../connectors/index.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Hub } from '../hub.ts';
import { wrong } from '../problem.ts';
import { type ChannelRow, channelsOfKind, lockConnecting } from '../store/channels.ts';
import type { Org } from '../store/org.ts';

/** What the form sends; see `ChannelPatch`. */
export type ConfigInput = Record<string, string | boolean | null>;
/** What is kept: the plain values as they are, the secret ones sealed for this channel alone. */
export interface Kept {
  config: Record<string, string>;
  secrets: Buffer | null;
}

/** Throws `invalid_input` where there is no such connector. */
export function connectorNamed(name: string): Connector {
  const connector = Object.hasOwn(connectors, name) ? connectors[name] : undefined;
  if (!connector) throw wrong('connector', 'unknown');
  return connector;
}

/** Throws `invalid_input` where there is no such kind of app. */
export function appKindNamed(name: string): AppKind {
  const kind = Object.hasOwn(apps, name) ? apps[name] : undefined;
  if (!kind) throw wrong('kind', 'unknown');
  return kind;
}

/** 128 bits: the key in a channel's addresses is all that a stranger has to know. */
export const newKey = (): string => randomBytes(16).toString('base64url');

export function openSecrets(hub: Hub, row: Pick<ChannelRow, 'id' | 'secrets'>): Record<string, string> {
  return row.secrets ? (JSON.parse(hub.secrets.open(row.secrets, row.id)) as Record<string, string>) : {};
}

type Formed = Pick<Connector, 'fields' | 'config'>;

/**
 * Checks the form with the connector's (or app's) own schema and splits what is secret from what is not. A field we make
 * is made when it is empty (not for an account that came through an `app`, which has no such settings of its own); a changed one that has a former value keeps it. Throws `invalid_input` with an error for each
 * field (`config.<field>`), in the schema's words.
 */
export function closeConfig(
  hub: Hub,
  form: Formed,
  id: string,
  given: ConfigInput,
  before?: Pick<ChannelRow, 'id' | 'config' | 'secrets'>,
  app?: Record<string, string>,
): Kept {
  const known = before ? { ...before.config, ...openSecrets(hub, before) } : {};
  const merged: Record<string, unknown> = { ...known };
  for (const [key, value] of Object.entries(given)) {
    const field = Object.hasOwn(form.fields, key) ? form.fields[key] : undefined;
    if (!field) throw wrong(`config.${key}`, 'unknown');
    if (value === true) continue;
    if (field.formerAs && known[key] && value !== known[key]) merged[field.formerAs] = known[key];
    if (value === null || value === false || value === '') delete merged[key];
    else merged[key] = value;
  }
  for (const [key, field] of Object.entries(form.fields)) {
    if (field.make && !app && merged[key] === undefined) merged[key] = madeValue(field.make);
    if (field.choices && merged[key] === undefined) merged[key] = field.choices[0]?.value;
  }
  const parsed = form.config.safeParse(app ? { ...merged, app } : merged);
  if (!parsed.success) {
    const errors = parsed.error.issues.map((issue) => ({
      path: ['config', ...issue.path].join('.'),
      message: issue.message,
    }));
    throw new Refusal('invalid_input', undefined, { errors });
  }
  const { app: _, ...values } = parsed.data as Record<string, unknown>;
  return splitSecrets(hub, form, id, values);
}

/** What is secret is sealed for this row alone. */
export function splitSecrets(
  hub: Hub,
  form: Pick<Formed, 'fields'>,
  id: string,
  values: Record<string, unknown>,
): Kept {
  const sealed = new Set(
    Object.entries(form.fields).flatMap(([key, { secret, formerAs }]) => (secret ? [key, formerAs ?? key] : [])),
  );
  const config: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined || value === null) continue;
    (sealed.has(key) ? secrets : config)[key] = String(value);
  }
  return { config, secrets: Object.keys(secrets).length ? hub.secrets.seal(JSON.stringify(secrets), id) : null };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Random letters and digits, each as likely. */
export function madeValue(length: number): string {
  let text = '';
  while (text.length < length)
    for (const byte of randomBytes(length)) if (byte < 248 && text.length < length) text += LETTERS[byte % 62];
  return text;
}

/**
 * A platform sends an account's events to one address only, so an account is connected once in the whole house. The same
 * account: one whose required fields, or whose plain ones, are the same. Call inside the transaction that writes; throws
 * `already_connected`.
 */
export async function refuseDoubles(hub: Hub, org: Org, connector: Connector, id: string, kept: Kept): Promise<void> {
  // The platform's own id of the account tells, where the form has it.
  if (connector.account) return;
  const telling = Object.keys(connector.fields).filter((key) => {
    const { required, secret, choices, make } = connector.fields[key]!;
    return !choices && !make && (required || (!secret && connector.send));
  });
  const mine = { ...kept.config, ...openSecrets(hub, { id, secrets: kept.secrets }) };
  if (!telling.some((key) => mine[key])) return;
  await lockConnecting(org, connector.name);
  for (const other of await channelsOfKind(org, connector.name)) {
    if (other.id === id) continue;
    const theirs: Record<string, string> = { ...other.config, ...openSecrets(hub, other) };
    if (telling.some((key) => mine[key] && mine[key] === theirs[key])) throw new Refusal('already_connected');
  }
}
