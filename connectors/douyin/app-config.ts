import { z } from 'zod';
import type { Fields } from '../connector.ts';

/** A form sends what was left empty as an empty text. */
const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const key = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{4,128}$/);

/** What an admin copies from Douyin's console, once for all accounts. */
export const appConfig = z.strictObject({
  clientKey: key,
  clientSecret: key,
  webhookSecret: z.preprocess(blank, key.optional()),
  scopes: z.preprocess(
    blank,
    z
      .string()
      .trim()
      .max(500)
      .regex(/^[a-z_.]+([,，\s]+[a-z_.]+)*$/)
      .optional(),
  ),
});
export type DouyinApp = z.infer<typeof appConfig>;

export const appFields: Fields = {
  clientKey: {
    label: { zh: 'Client Key', en: 'Client Key' },
    help: {
      zh: '抖音开放平台 → 控制台 → 移动/网站应用 → 应用详情 → 基本信息。',
      en: 'Douyin open platform → Console → Mobile/website apps → the app → Basic information.',
    },
    placeholder: 'awxxxxxxxxxxxxxx',
    required: true,
  },
  clientSecret: {
    label: { zh: 'Client Secret', en: 'Client Secret' },
    help: {
      zh: '与 Client Key 在同一页。用于换取令牌，并校验抖音推送的签名。',
      en: 'On the same page as the Client Key. It gets tokens and proves that webhooks come from Douyin.',
    },
    secret: true,
    required: true,
  },
  webhookSecret: {
    label: { zh: 'Webhooks 密钥', en: 'Webhook secret' },
    help: {
      zh: '仅当控制台的 Webhooks 设置页单独显示了密钥时填写（小程序如此）；留空则用 Client Secret 校验。',
      en: 'Only where the console’s Webhooks page shows a secret of its own (mini-apps do); left empty, the Client Secret is used.',
    },
    secret: true,
  },
  scopes: {
    label: { zh: '已开通的附加能力', en: 'Further abilities of the app' },
    help: {
      zh: '以逗号分隔的 Scope，授权页会一并请求。留空则请求：im.recall_message（撤回）、im.multimedia_message（下载图片视频）、tool.image.upload（发图片）、renew_refresh_token（续期）。请求应用未开通的能力会使授权页报错，此时请只填已开通的。',
      en: 'Scopes, separated by commas, that the consent page asks for as well. Left empty: im.recall_message, im.multimedia_message (download), tool.image.upload (send pictures), renew_refresh_token. The page fails for an ability the app does not have: then name only those it has.',
    },
    placeholder: 'im.recall_message,im.multimedia_message,tool.image.upload,renew_refresh_token',
  },
};
