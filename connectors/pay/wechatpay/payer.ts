import { z } from 'zod';
import { Misconfigured, Refused, Retry } from '../../errors.ts';
import { parseJson } from '../../lib/http.ts';
import type { PayTools } from '../payments.ts';
import type { WechatPayConfig } from './config.ts';

/** Longest wait for an answer, in milliseconds. */
const TIMEOUT_MS = 8_000;
const shape = z.object({ openid: z.string().min(1).max(128) });

/** OAuth `snsapi_base`: silent, gives nothing but the openid. The domain must be an OAuth domain (网页授权域名) of the account. */
export function whoPays(back: string, merchant: WechatPayConfig, { hosts }: Pick<PayTools, 'hosts'>) {
  if (!merchant.appSecret) return undefined;
  const query = new URLSearchParams({
    appid: merchant.appId,
    redirect_uri: back,
    response_type: 'code',
    scope: 'snsapi_base',
    state: 'pay',
  });
  return `${hosts.open}/connect/oauth2/authorize?${query}#wechat_redirect`;
}

/** A code works once and for five minutes. Throws Refused when it is no good any more: begin again. */
export async function payer(code: string, merchant: WechatPayConfig, tools: PayTools): Promise<string> {
  if (!merchant.appSecret) throw new Misconfigured('no_app_secret', 'The AppSecret is missing.');
  const query = new URLSearchParams({
    appid: merchant.appId,
    secret: merchant.appSecret,
    code,
    grant_type: 'authorization_code',
  });
  let text: string;
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await tools.fetch(`${tools.hosts.sns}/sns/oauth2/access_token?${query}`, { signal });
    text = await answer.text();
  } catch {
    // The address holds the secret, and so may the error.
    throw new Retry('WeChat did not say who pays.');
  }
  const body = parseJson(text);
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data.openid;
  const errcode = z.object({ errcode: z.number() }).safeParse(body);
  if (!errcode.success) throw new Retry('WeChat did not say who pays.');
  if (errcode.data.errcode === 40_125 || errcode.data.errcode === 40_013)
    throw new Misconfigured(String(errcode.data.errcode), 'WeChat does not take the AppID or the AppSecret.');
  if (errcode.data.errcode === -1) throw new Retry('WeChat is busy.');
  throw new Refused(String(errcode.data.errcode), 'WeChat does not take the code.');
}
