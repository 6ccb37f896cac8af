import type { Payments } from '../payments.ts';
import { check } from './check.ts';
import type { WechatPayConfig } from './config.ts';
import { notification } from './notification.ts';
import { close, jsapi, native, query } from './orders.ts';
import { payer, whoPays } from './payer.ts';
import { queryRefund, refund } from './refunds.ts';

/** WeChat Pay APIv3 (channels/wechat.md 17), for a merchant of its own. */
export const wechatPay: Payments<WechatPayConfig> = {
  name: 'wechatpay',
  label: { zh: '微信支付', en: 'WeChat Pay' },
  hosts: {
    api: 'https://api.mch.weixin.qq.com',
    open: 'https://open.weixin.qq.com',
    sns: 'https://api.weixin.qq.com',
  },
  native,
  jsapi,
  query,
  close,
  refund,
  queryRefund,
  notification,
  whoPays,
  payer,
  check,
};
