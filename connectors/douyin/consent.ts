import type { AppTools, Ask, Authorised, Consent } from '../app.ts';
import { Misconfigured } from '../errors.ts';
import type { DouyinApp } from './app-config.ts';
import { firstVault, type Grant } from './grant.ts';
import { CONSENT_MS } from './limits.ts';
import { exchange, personOf, turnedDown, userinfo } from './oauth.ts';
import { endOf, renewalsLeft, scopePoints } from './points.ts';
import { extrasOf, REQUIRED } from './scopes.ts';

/**
 * Douyin's page with the QR code, scanned with the Douyin app of the business account: message scopes are granted this
 * way only. What an app can do without is optional and ticked beforehand.
 */
export async function start(config: DouyinApp, tools: AppTools, { state, returnUrl }: Ask): Promise<Consent> {
  const query = new URLSearchParams({
    client_key: config.clientKey,
    response_type: 'code',
    scope: REQUIRED.join(','),
    redirect_uri: returnUrl,
    state,
  });
  const extras = extrasOf(config);
  if (extras.length > 0) query.set('optionalScope', extras.flatMap((scope) => [scope, '1']).join(','));
  return { url: `${tools.hosts.api}/platform/oauth/connect/?${query}`, until: tools.now() + CONSENT_MS };
}

/** The person came back with a code, or without one when he refused. Unticked permissions become points. */
export async function finish(query: Record<string, string>, config: DouyinApp, tools: AppTools): Promise<Authorised[]> {
  const { code } = query;
  if (!code) throw turnedDown(query.error_description ?? query.error ?? '');
  const issued = await exchange(code, config, tools);
  const { openId, refresh } = issued;
  if (!openId || !refresh)
    throw new Misconfigured('no_refresh_token', 'Douyin gave no open_id or no refresh_token for this account.');
  const scopes = issued.scopes ?? query.scopes;
  const grant: Grant = { refresh, until: issued.refreshUntil, renewals: 0 };
  const { name, avatar } = await face(openId, issued.access, tools);
  return [
    {
      connector: 'douyin',
      account: openId,
      name: name ?? openId,
      avatar,
      config: { openId, ...(scopes && { scopes }) },
      vault: firstVault(issued),
      expiresAt: endOf(grant, renewalsLeft(grant, scopes)),
      points: scopePoints(scopes),
    },
  ];
}

/** The code is used up: whatever goes wrong with the name must not cost the account. */
async function face(openId: string, access: string, tools: AppTools): Promise<{ name?: string; avatar?: string }> {
  try {
    return personOf(await userinfo(openId, access, tools));
  } catch (error) {
    tools.log.warn({ error: error instanceof Error ? error.message : String(error) }, 'douyin told no name');
    return {};
  }
}
