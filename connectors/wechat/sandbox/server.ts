import { randomBytes } from 'node:crypto';
import { signature } from '../crypt.ts';
import type { WechatAccount } from './accounts.ts';
import type { Platform } from './platform.ts';

/** What the platform's console says when an address is saved. */
export type Saved = 'ok' | '请求URL超时' | 'token验证失败';

/** WeChat's trial of an account's own address (wechat.md §2.1): a signed GET whose `echostr` must come back to the letter. */
export async function verifyServer({ server }: WechatAccount, { courier, host }: Platform): Promise<Saved> {
  const timestamp = String(Math.floor(host.now() / 1000));
  const nonce = randomBytes(4).readUInt32BE().toString();
  const echostr = randomBytes(8).readBigUInt64BE().toString();
  const query = new URLSearchParams({
    signature: signature(server.token, timestamp, nonce),
    echostr,
    timestamp,
    nonce,
  });
  const { status, body } = await courier.get(`${server.url}${server.url.includes('?') ? '&' : '?'}${query}`);
  server.verified = status === 200 && body === echostr;
  return server.verified ? 'ok' : status === 0 ? '请求URL超时' : 'token验证失败';
}

/** The same before a first push: pushes that wait for one account wait for one trial. Tells whether it passed. */
export function verifier(platform: Platform): (account: WechatAccount) => Promise<boolean> {
  const going = new Map<WechatAccount, Promise<boolean>>();
  return (account) => {
    const trial =
      going.get(account) ??
      verifyServer(account, platform)
        .then((saved) => saved === 'ok')
        .finally(() => going.delete(account));
    going.set(account, trial);
    return trial;
  };
}
