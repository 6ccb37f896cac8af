import { Formatter, Rsa } from 'wechatpay-axios-plugin';
import { z } from 'zod';
import { Refused, Uncertain } from '../../errors.ts';
import type { Order, PayTools, Prepay, Trade } from '../payments.ts';
import { call } from './client.ts';
import type { WechatPayConfig } from './config.ts';
import { asTrade, chinaTime, cutBytes, read, tradeShape } from './shapes.ts';

const unread = (text: string) => new Uncertain(`WeChat Pay’s answer was not understood: ${text}`);
const path = (no: string) => `v3/pay/transactions/out-trade-no/${encodeURIComponent(no)}`;

function bodyOf(order: Order, { appId, mchId }: WechatPayConfig) {
  return {
    appid: appId,
    mchid: mchId,
    description: cutBytes(order.description, 127),
    out_trade_no: order.no,
    time_expire: chinaTime(order.expiresAt),
    notify_url: order.notifyUrl,
    amount: { total: order.amount, currency: order.currency },
  };
}

/** 17.4. The same number with the same parameters gives the same order's code again. */
export async function native(order: Order, merchant: WechatPayConfig, tools: PayTools): Promise<{ codeUrl: string }> {
  const body = bodyOf(order, merchant);
  const answer = await call({ method: 'post', path: 'v3/pay/transactions/native', body }, merchant, tools);
  return { codeUrl: read(z.object({ code_url: z.string().min(1).max(500) }), answer, unread).code_url };
}

export async function jsapi(
  order: Order & { openid: string },
  merchant: WechatPayConfig,
  tools: PayTools,
): Promise<Prepay> {
  const body = { ...bodyOf(order, merchant), payer: { openid: order.openid } };
  const answer = await call({ method: 'post', path: 'v3/pay/transactions/jsapi', body }, merchant, tools);
  const { prepay_id } = read(z.object({ prepay_id: z.string().min(1).max(128) }), answer, unread);
  return prepay(prepay_id, merchant, tools.now());
}

/** What the page hands to the bridge, signed with the merchant's key. */
export function prepay(prepayId: string, merchant: WechatPayConfig, now: number, nonceStr = Formatter.nonce()): Prepay {
  const timeStamp = String(Math.floor(now / 1000));
  const text = `prepay_id=${prepayId}`;
  const { appId } = merchant;
  const paySign = Rsa.sign(Formatter.joinedByLineFeed(appId, timeStamp, nonceStr, text), merchant.privateKey);
  return { appId, timeStamp, nonceStr, package: text, signType: 'RSA', paySign };
}

export async function query(no: string, merchant: WechatPayConfig, tools: PayTools): Promise<Trade | null> {
  try {
    const params = { mchid: merchant.mchId };
    return asTrade(read(tradeShape, await call({ method: 'get', path: path(no), params }, merchant, tools), unread));
  } catch (error) {
    if (error instanceof Refused && isUnknown(error.code)) return null;
    throw error;
  }
}

/** 204 without a body. What is not there, or closed already, is closed. */
export async function close(no: string, merchant: WechatPayConfig, tools: PayTools): Promise<void> {
  try {
    await call({ method: 'post', path: `${path(no)}/close`, body: { mchid: merchant.mchId } }, merchant, tools);
  } catch (error) {
    if (error instanceof Refused && (isUnknown(error.code) || isClosed(error.code))) return;
    throw error;
  }
}

const isUnknown = (code: string) => code === 'ORDER_NOT_EXIST' || code === 'ORDERNOTEXIST';
const isClosed = (code: string) => code === 'ORDER_CLOSED' || code === 'ORDERCLOSED';
