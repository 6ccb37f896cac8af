import type { CheckPoint, Tools } from '../connector.ts';
import { type Subscription, subscribe, subscriptionsOf } from './account.ts';
import * as words from './check-words.ts';
import type { WhatsAppConfig } from './config.ts';

/**
 * Sees to it that Meta tells our app of this business account's messages (forgetting it is the commonest reason for
 * “webhook verified, but no messages”), and mends it. `appId` is our app where the token told it.
 */
export async function subscription(
  config: WhatsAppConfig,
  tools: Tools,
  appId: string | undefined,
): Promise<{ point: CheckPoint; ours?: Subscription }> {
  const before = await subscriptionsOf(config, tools);
  if (!before.value)
    return {
      point: { code: 'subscribed', ok: false, what: words.subscribeFailed(before.words), mend: words.subscribeMend },
    };
  const ours = find(before.value, appId);
  if (ours) return { point: { code: 'subscribed', ok: true, what: words.subscribed(false) }, ours };
  const made = await subscribe(config, tools);
  if (made.error)
    return {
      point: { code: 'subscribed', ok: false, what: words.subscribeFailed(made.words), mend: words.subscribeMend },
    };
  const after = await subscriptionsOf(config, tools);
  return {
    point: { code: 'subscribed', ok: true, what: words.subscribed(true) },
    ours: find(after.value ?? [], appId),
  };
}

function find(list: Subscription[], appId: string | undefined): Subscription | undefined {
  return appId ? list.find((item) => item.whatsapp_business_api_data.id === appId) : list[0];
}

/**
 * Has Meta send this business account's messages to our address, instead of the app's. Where they already come to this
 * house, by the address of another number of the same account, nothing is changed: one address serves them all.
 */
export async function callback(
  config: WhatsAppConfig,
  tools: Tools,
  ours: Subscription | undefined,
  callbackUrl: string,
): Promise<CheckPoint> {
  const now = ours?.override_callback_uri;
  if (now === callbackUrl) return { code: 'webhook', ok: true, what: words.webhookSet(undefined) };
  if (now && isSibling(now, callbackUrl)) return { code: 'webhook', ok: true, what: words.webhookShared };
  const set = await subscribe(config, tools, callbackUrl);
  if (set.error)
    return { code: 'webhook', ok: false, what: words.webhookRefused(set.words), mend: words.webhookMend(callbackUrl) };
  return { code: 'webhook', ok: true, what: words.webhookSet(now) };
}

/** The same but for the channel's key, its last part. */
function isSibling(one: string, other: string): boolean {
  const folder = (url: string) => url.slice(0, url.lastIndexOf('/') + 1);
  return folder(one) === folder(other);
}
