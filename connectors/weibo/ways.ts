import type { Way } from '../connector.ts';

/** How an account is connected, in the words of Weibo's own pages (CH-32, weibo.md section 1). */
export const ways: Way[] = [
  {
    kind: 'fields',
    label: { zh: '填写凭据', en: 'Copy the credentials' },
    text: {
      zh: '需要已认证的微博账号（蓝 V 或个人认证），以及微博开放平台上的粉丝服务应用。',
      en: 'You need a verified Weibo account (蓝V or 个人认证) and a fans-service app on open.weibo.com.',
    },
    guide: [
      {
        zh: '登录微博开放平台（open.weibo.com），创建“粉丝服务平台”类型的应用；已有应用可直接使用。在 我的应用 → 应用信息 → 基本信息 复制 App Key 和 App Secret，填入下方并接入，得到本渠道的回调地址。',
        en: 'Log in to open.weibo.com and create an app of the type 粉丝服务平台 (an existing one will do). Copy the App Key and the App Secret from 我的应用 → 应用信息 → 基本信息 into the form and connect; you get this channel’s webhook address.',
      },
      {
        zh: '用要接入的账号登录微博，打开 创作者中心 → 粉丝服务 → 开发者中心（旧版为 管理中心 → 粉丝服务 → 高级功能 → 开发模式）。',
        en: 'Log in to Weibo with the account you want to connect and open 创作者中心 → 粉丝服务 → 开发者中心 (formerly 管理中心 → 粉丝服务 → 高级功能 → 开发模式).',
      },
      {
        zh: 'URL 填本渠道的回调地址，AppKey 填同一个 App Key，点启用。微博会立即访问该地址，校验通过才会保存。',
        en: 'Enter the webhook address as URL and the same App Key as AppKey, and switch it on. Weibo calls the address at once and keeps it only when the answer is right.',
      },
      {
        zh: '启用后同一页会显示 access_token，复制到本渠道的“访问令牌”。没有它，客服无法回复。',
        en: 'The page then shows an access_token: copy it into this channel’s “Access token”. Without it agents cannot reply.',
      },
      {
        zh: '在开放平台的 应用信息 → 高级信息 中，如启用了服务器 IP 白名单，请加入本系统服务器的出口地址。',
        en: 'If the app has an IP allowlist (应用信息 → 高级信息), add the address our server calls from.',
      },
      {
        zh: '点“检查连接”，再用另一个微博账号发一条私信试试。',
        en: 'Press “Check connection”, then send a private message from another Weibo account.',
      },
    ],
  },
  {
    kind: 'app',
    app: 'weibo-app',
    label: { zh: '扫码授权', en: 'Authorise by scanning' },
    text: {
      zh: '先登记一次微博应用，之后每个账号扫码登录即可得到令牌；仍需在微博填写一次回调地址。',
      en: 'Register the Weibo app once; then each account gets its token by a QR log-in. The webhook address still has to be entered at Weibo.',
    },
    guide: [
      {
        zh: '选择已登记的微博应用（没有时先添加），点“授权”，在微博页面用手机微博扫码登录并同意。',
        en: 'Choose the registered Weibo app (add it first if there is none), press “Authorise”, scan the code on Weibo’s page with the Weibo app on your phone, and agree.',
      },
      {
        zh: '授权后，用该账号登录微博，打开 创作者中心 → 粉丝服务 → 开发者中心，URL 填本渠道的回调地址，AppKey 填应用的 App Key，点启用。',
        en: 'Afterwards log in to Weibo with this account, open 创作者中心 → 粉丝服务 → 开发者中心, enter this channel’s webhook address as URL and the app’s App Key as AppKey, and switch it on.',
      },
      {
        zh: '授权到期前会提醒；到期后重新扫码即可，历史消息不受影响。未通过审核的应用有效期只有一天，且只能授权测试账号。',
        en: 'You are told before the authorisation ends; scan again then, and no history is lost. Apps that are not reviewed yet get a day only, and only their test accounts can authorise.',
      },
    ],
  },
];
