import type { Way } from '../connector.ts';

/** How an account is connected, step by step, in the platform's own words. */

const scanText = {
  zh: '管理员用手机微信扫码即可，无需填写任何密钥；需要先由系统管理员配置好「微信第三方平台」。',
  en: 'The administrator scans a code with WeChat and types nothing. It needs a third-party platform, set up once for the whole house.',
};

export const accountWays: readonly Way[] = [
  {
    kind: 'app',
    app: 'wechat-open',
    label: { zh: '扫码授权（推荐）', en: 'Scan to authorise (recommended)' },
    text: scanText,
    guide: [
      {
        zh: '点击「去授权」，在新打开的微信页面会显示二维码。',
        en: 'Press the button; WeChat’s page with a QR code opens.',
      },
      {
        zh: '用公众号管理员的微信扫码，选择要授权的公众号。',
        en: 'Scan it with the WeChat of the account’s administrator and choose the official account.',
      },
      {
        zh: '保持全部权限勾选：消息管理、用户管理、账号服务、素材管理、菜单管理，然后点击「授权」。',
        en: 'Leave all permissions ticked: 消息管理 (messages), 用户管理 (users), 账号服务 (account), 素材管理 (material), 菜单管理 (menu). Then press 授权.',
      },
      { zh: '页面会自动返回，渠道即可使用。', en: 'The page comes back by itself and the channel works.' },
    ],
  },
  {
    kind: 'fields',
    label: { zh: '填写开发者信息', en: 'Enter developer credentials' },
    text: {
      zh: '在公众平台复制 AppID 和 AppSecret，再把本系统给出的 URL、Token、EncodingAESKey 填回公众平台。',
      en: 'Copy AppID and AppSecret from the platform, then enter the URL, Token and EncodingAESKey shown here there.',
    },
    guide: [
      {
        zh: '登录微信公众平台（mp.weixin.qq.com）→ 设置与开发 → 基本配置，复制「开发者ID(AppID)」；启用或重置「开发者密码(AppSecret)」并复制。',
        en: 'Sign in to mp.weixin.qq.com → 设置与开发 (Settings & Development) → 基本配置 (Basic Configuration). Copy 开发者ID(AppID); enable or reset 开发者密码(AppSecret) and copy it.',
      },
      {
        zh: '在同一页的「IP白名单」中加入本系统的出口 IP，否则接口会返回 40164。',
        en: 'On the same page add our outgoing IP to IP白名单 (the allow list), or the API answers 40164.',
      },
      {
        zh: '在这里填写 AppID、AppSecret 并保存，系统会给出 URL、Token、EncodingAESKey。',
        en: 'Enter AppID and AppSecret here and save. You are given a URL, a Token and an EncodingAESKey.',
      },
      {
        zh: '回到基本配置 →「服务器配置」→ 修改配置：填入 URL、Token、EncodingAESKey，消息加解密方式选「安全模式」，点击「提交」，再点击「启用」。',
        en: 'Back in 基本配置 → 服务器配置 (Server Configuration) → 修改配置: enter URL, Token, EncodingAESKey, choose 安全模式 (safe mode), press 提交 (Submit), then 启用 (Enable).',
      },
      {
        zh: '启用后，公众平台后台的自动回复与自定义菜单会停用，请改在本系统中设置自动回复。',
        en: 'From then on the platform’s own auto-replies and menu are off; set auto-replies up here.',
      },
      { zh: '点击「检查」确认连接正常。', en: 'Press Check to see that all is well.' },
    ],
  },
];

export const miniWays: readonly Way[] = [
  {
    kind: 'app',
    app: 'wechat-open',
    label: { zh: '扫码授权（推荐）', en: 'Scan to authorise (recommended)' },
    text: scanText,
    guide: [
      {
        zh: '点击「去授权」，在新打开的微信页面会显示二维码。',
        en: 'Press the button; WeChat’s page with a QR code opens.',
      },
      {
        zh: '用小程序管理员的微信扫码，选择要授权的小程序，保持「小程序客服管理」权限勾选，点击「授权」。',
        en: 'Scan it with the administrator’s WeChat, choose the mini-program, leave 小程序客服管理 (customer service) ticked and press 授权.',
      },
      {
        zh: '在小程序页面放置 <button open-type="contact">，用户点击即可进入客服会话；session-from 参数会带入会话来源。',
        en: 'Put <button open-type="contact"> on a page: a tap opens the chat, and its session-from becomes the session’s source.',
      },
    ],
  },
  {
    kind: 'fields',
    label: { zh: '填写开发者信息', en: 'Enter developer credentials' },
    text: {
      zh: '在公众平台复制小程序的 AppID 和 AppSecret，再把本系统给出的 URL、Token、EncodingAESKey 填入「消息推送」。',
      en: 'Copy the mini-program’s AppID and AppSecret, then enter the URL, Token and EncodingAESKey shown here under message push.',
    },
    guide: [
      {
        zh: '登录微信公众平台（mp.weixin.qq.com）的小程序账号 → 开发管理 → 开发设置，复制 AppID，生成并复制 AppSecret。',
        en: 'Sign in to mp.weixin.qq.com with the mini-program → 开发管理 (Development) → 开发设置 (Settings). Copy AppID; make and copy the AppSecret.',
      },
      { zh: '在这里填写 AppID、AppSecret 并保存。', en: 'Enter both here and save.' },
      {
        zh: '在开发设置 →「消息推送」→ 启用：填入 URL、Token、EncodingAESKey，消息加密方式选「安全模式」，数据格式任选，点击「提交」。',
        en: 'In 开发设置 → 消息推送 (Message push) → 启用 (Enable): enter URL, Token, EncodingAESKey, choose 安全模式 (safe mode) and either data format, press 提交.',
      },
      {
        zh: '不要同时开启「小程序客服」网页版接待，否则消息会先进入微信自己的客服工具。',
        en: 'Do not use WeChat’s own web desk for the mini-program at the same time: messages would go there first.',
      },
      { zh: '点击「检查」确认连接正常。', en: 'Press Check to see that all is well.' },
    ],
  },
];
