import type { CheckPoint } from '../../connector.ts';
import { Misconfigured, Refused, Retry, Uncertain } from '../../errors.ts';
import type { PayTools } from '../payments.ts';
import type { WechatPayConfig } from './config.ts';
import { query } from './orders.ts';

/** No order of anybody's has this number. */
const NOBODYS = 'HAINA_CHECK_0000000000';

/** 17.1: a query of an order that is not there is answered 404 ORDER_NOT_EXIST where the keys are right, 401 where not. */
export async function check(merchant: WechatPayConfig, tools: PayTools): Promise<CheckPoint[]> {
  const point = (
    ok: boolean,
    code: string,
    zh: string,
    en: string,
    mend?: { zh: string; en: string },
  ): CheckPoint[] => [{ ok, code, what: { zh, en }, ...(mend && { mend }) }];
  try {
    await query(NOBODYS, merchant, tools);
    return point(true, 'keys', '商户密钥有效', 'The merchant’s keys are right');
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (error instanceof Misconfigured && error.code === 'SIGN_ERROR')
      return point(false, 'SIGN_ERROR', '微信支付不认可签名', 'WeChat Pay does not take the signature', {
        zh: '核对商户号、证书序列号和私钥是否属于同一张商户 API 证书。',
        en: 'See that the merchant number, the serial and the private key belong to one merchant API certificate.',
      });
    if (error instanceof Misconfigured || error instanceof Refused)
      return point(false, error.code, `微信支付拒绝：${said}`, `WeChat Pay refuses: ${said}`, {
        zh: '在商户平台核对商户号与 AppID 的绑定和产品权限。',
        en: 'See the merchant platform for the binding of the AppID and for the products’ permissions.',
      });
    if (error instanceof Uncertain && /verified/.test(said))
      return point(false, 'answer_unverified', '无法验证微信支付的应答', 'WeChat Pay’s answer cannot be verified', {
        zh: '核对微信支付公钥及其 ID（或平台证书）是否正确、未过期，并检查服务器时间。',
        en: 'See that WeChat Pay’s public key and its id (or the platform certificates) are right, and the server’s clock.',
      });
    if (error instanceof Retry || error instanceof Uncertain)
      return point(false, 'unreachable', '连不上微信支付', 'WeChat Pay cannot be reached', {
        zh: '稍后再试，或检查服务器的网络。',
        en: 'Try later, or see to the server’s network.',
      });
    throw error;
  }
}
