import { Wechatpay } from 'wechatpay-axios-plugin';
import type { PayTools } from '../payments.ts';
import { keysOf, type WechatPayConfig } from './config.ts';
import { asOurs, failureOf } from './errors.ts';

/** Longest wait for an answer, in milliseconds. */
const TIMEOUT_MS = 8_000;
const AGENT = 'Haina (wechatpay-axios-plugin)';

/**
 * The client, in a holder: it is a Proxy that answers to every name, `then` too, so awaiting it would post to `/then` and
 * never settle. Never return it from an async function.
 */
function clientOf(merchant: WechatPayConfig, tools: PayTools): { readonly wx: Wechatpay } {
  const wx = new Wechatpay({
    mchid: merchant.mchId,
    serial: merchant.serial,
    privateKey: merchant.privateKey,
    certs: keysOf(merchant),
    baseURL: `${tools.hosts.api}/`,
    timeout: TIMEOUT_MS,
    maxRedirects: 0,
    maxContentLength: 1_048_576,
    // Our own way out: guarded addresses, and the sandbox.
    adapter: 'fetch',
    // No Request objects: one made by this process's own fetch is a stranger to another implementation of it.
    env: { fetch: tools.fetch, Request: null as never, Response },
    headers: {
      'User-Agent': AGENT,
      Accept: 'application/json',
      // Asks for answers signed with this very key, while a merchant changes from certificates to the public key.
      ...(merchant.publicKeyId && { 'Wechatpay-Serial': merchant.publicKeyId }),
    },
  } as ConstructorParameters<typeof Wechatpay>[0]);
  return { wx };
}

/** One call: signed, its answer verified by the key that the answer names. Throws what `asOurs` makes of a failure. */
export async function call(
  what: { method: 'get' | 'post'; path: string; body?: object; params?: Record<string, string> },
  merchant: WechatPayConfig,
  tools: PayTools,
): Promise<unknown> {
  try {
    const holder = clientOf(merchant, tools);
    const at = holder.wx.chain(what.path);
    const answer = await (what.method === 'get' ? at.get({ params: what.params }) : at.post(what.body as never));
    return answer.data;
  } catch (error) {
    const failure = failureOf(error);
    if (failure) {
      const headers = (error as { response?: { headers?: Record<string, string> } }).response?.headers;
      tools.log.warn(
        { path: what.path, status: failure.status, code: failure.code, requestId: headers?.['request-id'] },
        'WeChat Pay refused a call',
      );
    }
    throw asOurs(error);
  }
}
