import type { Tools } from '../connector.ts';
import { Misconfigured } from '../errors.ts';
import type { WeiboConfig } from './config.ts';

/** Where the token of an account that was connected through an app lies. */
export const VAULT_TOKEN = 'access_token';

/** The account's token: pasted, or out of the vault. Undefined when there is none. */
export async function findToken(config: WeiboConfig, tools: Pick<Tools, 'vault'>): Promise<string | undefined> {
  return config.accessToken ?? (config.app || config.through ? await tools.vault.get(VAULT_TOKEN) : undefined);
}

/** The same; without one Misconfigured `send_api_unavailable`: such an account only answers inside the response to a push. */
export async function needToken(config: WeiboConfig, tools: Pick<Tools, 'vault'>): Promise<string> {
  const token = await findToken(config, tools);
  if (token) return token;
  throw new Misconfigured(
    'send_api_unavailable',
    'Without an access_token Weibo lets an account answer only at the very moment of a message.',
  );
}
