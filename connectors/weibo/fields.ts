import type { Fields } from '../connector.ts';

/** The connect form, in the words of open.weibo.com and of 创作者中心 (CH-32, weibo.md section 1). */
export const fields: Fields = {
  appKey: {
    label: { zh: 'App Key', en: 'App Key' },
    help: {
      zh: '微博开放平台（open.weibo.com）→ 我的应用 → 应用信息 → 基本信息，一串数字。',
      en: 'open.weibo.com → 我的应用 (My apps) → 应用信息 (App information) → 基本信息 (Basics): a number.',
    },
    required: true,
    placeholder: '1234567890',
  },
  appSecret: {
    label: { zh: 'App Secret', en: 'App Secret' },
    help: {
      zh: '与 App Key 在同一页，32 位。用于校验微博推送的签名。',
      en: 'On the same page as the App Key, 32 characters. It proves that pushes come from Weibo.',
    },
    secret: true,
    required: true,
  },
  accessToken: {
    label: { zh: '访问令牌（access_token）', en: 'Access token (access_token)' },
    help: {
      zh: '在 创作者中心 → 粉丝服务 → 开发者中心 填好 URL 与 AppKey 并启用后，同一页显示的 access_token。可先留空接入，拿到后再补；留空时只能在收到消息的当下自动回复一条。',
      en: 'Shown on 创作者中心 → 粉丝服务 → 开发者中心 once the URL and the AppKey are in and switched on. You may connect first and add it later; without it only one automatic answer, at the very moment of a message, is possible.',
    },
    secret: true,
  },
  uid: {
    label: { zh: '微博账号 ID（UID）', en: 'Weibo account ID (UID)' },
    help: {
      zh: '微博个人主页地址中的数字（weibo.com/u/ 之后），也可直接粘贴主页地址。留空时从令牌中读取。',
      en: 'The number in the address of your Weibo profile (after weibo.com/u/); you may paste the whole address. Left empty, it is read from the token.',
    },
    placeholder: '5000000001',
  },
};
