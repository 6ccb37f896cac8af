import type { Context } from 'hono';
import { z } from 'zod';
import { FAILURES, fail } from '../../lib/graph/sandbox/answers.ts';
import { challenged, isCallback } from '../../lib/graph/sandbox/challenge.ts';
import { parseJson } from '../../lib/http.ts';
import type { WhatsAppAccount } from './accounts.ts';
import { invalid } from './answers.ts';
import type { Platform } from './platform.ts';
import { TEMPLATES } from './templates.ts';

const DAY_S = 24 * 3600;

/** What the number says of itself; only what was asked for. */
export function describeNumber(c: Context, account: WhatsAppAccount, { faults }: Platform): Response {
  const all: Record<string, unknown> = {
    id: account.phoneNumberId,
    display_phone_number: `+${account.number}`,
    verified_name: account.name,
    name_status: faults.on('nameDeclined') ? 'DECLINED' : 'APPROVED',
    quality_rating: faults.on('qualityRed') ? 'RED' : 'GREEN',
    code_verification_status: 'VERIFIED',
    platform_type: account.registered ? 'CLOUD_API' : 'NOT_APPLICABLE',
    throughput: { level: 'STANDARD' },
  };
  const asked = (c.req.query('fields') ?? 'display_phone_number,verified_name').split(',');
  const strange = asked.find((field) => !(field in all));
  if (strange) return fail(c, { code: 100, message: `Tried accessing nonexisting field (${strange})` });
  return c.json(Object.fromEntries(['id', ...asked].map((field) => [field, all[field]])));
}

export const numbers = (c: Context, account: WhatsAppAccount): Response =>
  c.json({
    data: [{ id: account.phoneNumberId, display_phone_number: `+${account.number}`, verified_name: account.name }],
  });

/** What a token may do and how long. */
export function debugToken(c: Context, { faults, host, accounts }: Platform): Response {
  const account = accounts.byToken(c.req.query('input_token') ?? '');
  if (!account)
    return c.json({
      data: { is_valid: false, error: { code: 190, message: 'The access token could not be decrypted' } },
    });
  const scopes = [
    'whatsapp_business_management',
    ...(faults.on('permissionMissing') ? [] : ['whatsapp_business_messaging']),
  ];
  const expires_at = faults.on('tokenEnding') ? Math.floor(host.now() / 1000) + 3 * DAY_S : 0;
  return c.json({
    data: { app_id: account.appId, type: 'SYSTEM_USER', application: 'Haina demo', is_valid: true, expires_at, scopes },
  });
}

export function subscriptions(c: Context, account: WhatsAppAccount): Response {
  const app = {
    whatsapp_business_api_data: { id: account.appId, name: 'Haina demo', link: 'https://example.com' },
    ...(account.override && { override_callback_uri: account.override }),
  };
  return c.json({ data: account.subscribed ? [app] : [] });
}

const override = z.object({ override_callback_uri: z.string().optional(), verify_token: z.string().optional() });

/** Subscribes the app; with an address of its own only after the plain subscription, and after a handshake. */
export async function subscribe(
  c: Context,
  account: WhatsAppAccount,
  { host }: Platform,
  changed: () => void,
): Promise<Response> {
  const body = override.safeParse(parseJson(await c.req.text()) ?? {}).data ?? {};
  const { override_callback_uri: address, verify_token } = body;
  if (!address) {
    account.subscribed = true;
    account.override = undefined;
    return c.json({ success: true });
  }
  if (!account.subscribed)
    return fail(c, {
      code: 100,
      message: 'Before override the current callback uri, your app must be subscribed to receive messages',
    });
  if (!verify_token || !isCallback(address, host.url))
    return fail(c, invalid('Invalid override_callback_uri or verify_token.'));
  if (!(await challenged(address, verify_token, host)))
    return fail(c, {
      code: 2200,
      message: 'Callback verification failed with the following errors: HTTP Status Code = 0; HTTP Message = no match',
    });
  account.override = address;
  changed();
  return c.json({ success: true });
}

export function unsubscribe(c: Context, account: WhatsAppAccount): Response {
  account.subscribed = false;
  account.override = undefined;
  return c.json({ success: true });
}

const registering = z.object({ messaging_product: z.literal('whatsapp'), pin: z.string().regex(/^\d{6}$/) });

export async function register(c: Context, account: WhatsAppAccount): Promise<Response> {
  if (!registering.safeParse(parseJson(await c.req.text())).success)
    return fail(c, invalid('The parameter pin is required: 6 digits.'));
  account.registered = true;
  return c.json({ success: true });
}

/** Templates, a page at a time. */
export function templates(c: Context): Response {
  const name = c.req.query('name');
  const limit = Math.min(Math.max(Number(c.req.query('limit') ?? 25) || 25, 1), 100);
  const from = Number(c.req.query('after') ?? 0) || 0;
  const all = TEMPLATES.filter((item) => !name || item.name.includes(name));
  const data = all.slice(from, from + limit).map((item, i) => ({ id: String(9_000 + from + i), ...item }));
  const after = String(from + limit);
  const more = from + limit < all.length;
  return c.json({
    data,
    paging: {
      cursors: { before: String(from), after },
      ...(more && { next: `https://graph.facebook.com/?after=${after}` }),
    },
  });
}

export const missing = (c: Context): Response => fail(c, FAILURES.missing);
