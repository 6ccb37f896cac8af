import { Formatter, Rsa } from 'wechatpay-axios-plugin';
import type { Bank, SandboxMerchant } from './bank.ts';

/** The merchant that signed this request, or what is wrong with it (17.2). `path` with its query, as it was asked for. */
export function signer(
  bank: Bank,
  method: string,
  path: string,
  authorization: string,
  body: string,
): SandboxMerchant | string {
  if (!authorization.startsWith('WECHATPAY2-SHA256-RSA2048 ')) return '认证类型错误';
  const part = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(authorization)?.[1] ?? '';
  const merchant = bank.merchants.get(part('mchid'));
  if (!merchant || part('serial_no') !== merchant.serial) return '商户证书序列号有误';
  // The client signs with the clock on the wall, whatever clock a test has given to the hub.
  if (Math.abs(Number(part('timestamp')) - Date.now() / 1000) > 300) return '时间戳已过期';
  const message = Formatter.request(method, path, part('timestamp'), part('nonce_str'), body);
  return Rsa.verify(message, part('signature'), merchant.merchantPublicKey) ? merchant : '签名错误';
}

/** The headers of a signed body; `at` in seconds. */
export function signature(merchant: SandboxMerchant, body: string, at: number): Record<string, string> {
  const nonce = Formatter.nonce();
  return {
    'wechatpay-timestamp': String(at),
    'wechatpay-nonce': nonce,
    'wechatpay-serial': merchant.publicKeyId!,
    'wechatpay-signature': Rsa.sign(Formatter.response(String(at), nonce, body), merchant.platformKey),
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
  };
}
