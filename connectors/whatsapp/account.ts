import { z } from 'zod';
import type { Tools } from '../connector.ts';
import type { Reading } from '../lib/graph/ask.ts';
import { readable } from '../lib/graph/readable.ts';
import { type TokenFacts, tokenFacts } from '../lib/graph/token.ts';
import { reading } from './access.ts';
import type { WhatsAppConfig } from './config.ts';
import { whatsappManner } from './errors.ts';

const soft = z.string().max(200).optional().catch(undefined);
const number = z.object({
  id: soft,
  display_phone_number: soft,
  verified_name: soft,
  name_status: soft,
  quality_rating: soft,
  code_verification_status: soft,
  platform_type: soft,
});
export type Numbered = z.infer<typeof number>;
const list = z.object({ data: z.array(z.unknown()) });
const subscribed = z.object({
  whatsapp_business_api_data: z.object({ id: z.coerce.string() }),
  override_callback_uri: z.string().optional().catch(undefined),
});
export type Subscription = z.infer<typeof subscribed>;

export type Read<T> = Reading & { value?: T };

/** The number's own description (whatsapp.md B2). */
export async function numberOf(config: WhatsAppConfig, tools: Tools): Promise<Read<Numbered>> {
  const fields = Object.keys(number.shape)
    .filter((key) => key !== 'id')
    .join(',');
  const answer = await reading({ method: 'GET', path: `/${config.phoneNumberId}`, query: { fields } }, config, tools);
  return { ...answer, value: number.safeParse(answer.json).data };
}

/** The numbers of the business account: ours must be one of them. */
export async function numbersOf(config: WhatsAppConfig, tools: Tools): Promise<Read<Numbered[]>> {
  const query = { fields: 'id,display_phone_number', limit: '100' };
  const answer = await reading({ method: 'GET', path: `/${config.wabaId}/phone_numbers`, query }, config, tools);
  const items = list.safeParse(answer.json).data?.data;
  return { ...answer, value: items && readable(number, items) };
}

/** What the token may do and how long. */
export function tokenOf({ version, accessToken }: WhatsAppConfig, tools: Tools): Promise<Read<TokenFacts>> {
  return tokenFacts({ version, token: accessToken }, tools, whatsappManner);
}

/** The apps that hear of this business account, each with its own address where one was given. */
export async function subscriptionsOf(config: WhatsAppConfig, tools: Tools): Promise<Read<Subscription[]>> {
  const answer = await reading({ method: 'GET', path: `/${config.wabaId}/subscribed_apps` }, config, tools);
  const items = list.safeParse(answer.json).data?.data;
  return { ...answer, value: items && readable(subscribed, items) };
}

/** Subscribes our app to the business account, with an address of its own where one is given. */
export function subscribe(config: WhatsAppConfig, tools: Tools, callbackUrl?: string): Promise<Reading> {
  const json = callbackUrl ? { override_callback_uri: callbackUrl, verify_token: config.verifyToken } : {};
  return reading({ method: 'POST', path: `/${config.wabaId}/subscribed_apps`, json }, config, tools);
}

/** Registers the number to the Cloud API; sets its two-step PIN or proves it. Ten tries in 72 hours. */
export function register(config: WhatsAppConfig, pin: string, tools: Tools): Promise<Reading> {
  const json = { messaging_product: 'whatsapp', pin };
  return reading({ method: 'POST', path: `/${config.phoneNumberId}/register`, json }, config, tools);
}
