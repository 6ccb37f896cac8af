import type { Way } from '../connector.ts';

/** How an official account is connected, in the words of LINE's own console (channels/line.md section 1). */
export const ways: Way[] = [
  {
    kind: 'fields',
    label: { zh: '填写凭据', en: 'Copy the credentials' },
    text: {
      zh: '需要 LINE 官方账号，并已在其中启用 Messaging API。',
      en: 'You need a LINE official account with the Messaging API enabled.',
    },
    guide: [
      {
        zh: '打开 LINE Developers 控制台（developers.line.biz），进入 Provider 下的 Messaging API 频道。还没有频道时，先在 LINE Official Account Manager → 设置 → Messaging API 中启用。',
        en: 'Open the LINE Developers console (developers.line.biz) and your Messaging API channel under its provider. If there is none, enable it first in LINE Official Account Manager → Settings → Messaging API.',
      },
      {
        zh: '在 Basic settings 中复制 Channel ID 和 Channel secret。',
        en: 'Under “Basic settings”, copy the Channel ID and the Channel secret.',
      },
      {
        zh: '没有填写 Channel ID 时，在 Messaging API → Channel access token (long-lived) 中点 Issue，复制令牌。',
        en: 'If you leave the Channel ID empty, press “Issue” under Messaging API → Channel access token (long-lived) and copy the token.',
      },
      {
        zh: '接入后点“检查连接”：Webhook URL 会自动填好；也可以手动粘贴到 Messaging API → Webhook URL。',
        en: 'Once connected, press “Check connection”: the Webhook URL is filled in for you. You can also paste it under Messaging API → Webhook URL.',
      },
      {
        zh: '在 Messaging API → Webhook settings 中打开 Use webhook，建议同时打开 Webhook redelivery。',
        en: 'Under Messaging API → Webhook settings, turn on “Use webhook”; “Webhook redelivery” is worth turning on as well.',
      },
      {
        zh: '在 LINE Official Account Manager → 响应设置中关闭自动响应消息与加入好友的欢迎信息，否则客户会收到两份回答。',
        en: 'In LINE Official Account Manager → Response settings, turn off auto-response and the greeting message; otherwise customers get two answers.',
      },
    ],
  },
];
