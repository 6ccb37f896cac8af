import type { Text } from '../connector.ts';

/** What `check` says, in both languages and in the words of LINE's own console. */
export const tokenGood = (name: string, basicId: string): Text => ({
  zh: `已连接官方账号「${name}」（${basicId}）。`,
  en: `Connected to the official account “${name}” (${basicId}).`,
});
export const tokenBad = (why: string): Text => ({
  zh: `LINE 不接受这组凭据：${why}`,
  en: `LINE does not accept these credentials: ${why}`,
});
export const tokenMend: Text = {
  zh: '请在 LINE Developers 控制台核对频道 ID、频道密钥，或重新签发长期访问令牌（重新签发后旧令牌立即失效）。',
  en: 'Compare channel ID and channel secret with the LINE Developers console, or issue a new long-lived access token there (which ends the old one).',
};
export const webhookSet = (replaced: string | undefined): Text =>
  replaced
    ? {
        zh: `Webhook 地址已设为本系统，原地址为 ${replaced}。`,
        en: `The webhook address now points here; before, it was ${replaced}.`,
      }
    : { zh: 'Webhook 地址已指向本系统。', en: 'The webhook address points here.' };
export const webhookRefused = (why: string): Text => ({
  zh: `LINE 不接受 Webhook 地址：${why}`,
  en: `LINE does not take the webhook address: ${why}`,
});
export const webhookMend = (url: string): Text => ({
  zh: `地址必须是公网可访问的 https，证书有效，且不超过 500 个字符：${url}`,
  en: `The address must be public https with a valid certificate and at most 500 characters: ${url}`,
});
export const active: Text = { zh: 'Webhook 已启用。', en: 'The webhook is switched on.' };
export const inactive: Text = {
  zh: 'Webhook 尚未启用，消息不会送达。',
  en: 'The webhook is switched off; no message arrives.',
};
export const inactiveMend: Text = {
  zh: '请在 LINE Developers 控制台 → Messaging API 中打开「Use webhook」。该开关无法通过接口打开。建议同时打开「Webhook redelivery」。',
  en: 'Switch “Use webhook” on in the LINE Developers console → Messaging API. The API cannot do it. “Webhook redelivery” is worth switching on as well.',
};
export const testGood: Text = { zh: 'LINE 的试推送已收到。', en: 'LINE’s trial delivery arrived.' };
export const testBad = (why: string): Text => ({
  zh: `LINE 的试推送失败：${why}`,
  en: `LINE’s trial delivery failed: ${why}`,
});
export const mendConnect: Text = {
  zh: 'LINE 连接不上该地址：请检查域名解析、防火墙和证书链（需 TLS 1.2 以上、公共机构签发）。',
  en: 'LINE cannot connect: check the name, the firewall and the certificate chain (TLS 1.2 or later, from a public authority).',
};
export const mendSlow: Text = {
  zh: 'LINE 只等待 2 秒：请检查服务器负载与网络延迟。',
  en: 'LINE waits 2 seconds only: look at the server’s load and the network.',
};
export const mendStatus: Text = {
  zh: '本系统没有以 200 应答：频道密钥很可能填错，或前面的代理拦截了请求。',
  en: 'The answer was not 200: most likely the channel secret is wrong, or a proxy in front refuses the request.',
};
export const mendTest: Text = { zh: '请稍后再试。', en: 'Try again in a while.' };
export const quotaNone = (used: number): Text => ({
  zh: `主动推送不限量，本月已用 ${used} 条。`,
  en: `Pushes are not limited; ${used} used this month.`,
});
export const quotaLeft = (left: number, all: number): Text => ({
  zh: `本月主动推送剩余 ${left} / ${all} 条（客户来消息后的即时回复不计费）。`,
  en: `${left} of ${all} pushes left this month (prompt replies to a customer are free).`,
});
export const quotaMend: Text = {
  zh: '额度用完后只能即时回复；可在 LINE Official Account Manager 升级套餐。',
  en: 'Once it is used up only prompt replies go out; the plan can be raised in LINE Official Account Manager.',
};
export const quotaUnknown = (why: string): Text => ({
  zh: `无法读取推送额度：${why}`,
  en: `The push quota could not be read: ${why}`,
});
export const chatOff: Text = {
  zh: '该账号未开启「聊天」功能，因此不会显示已读。',
  en: 'The account’s chat feature is off, so customers see no read marks.',
};
export const readAuto: Text = {
  zh: '该账号由 LINE 自动标记已读；如需由客服标记，请在聊天设置中改为手动。',
  en: 'LINE marks messages as read by itself; choose manual in the chat settings if agents should do it.',
};
export const greeting: Text = {
  zh: '请在 LINE Official Account Manager 关闭「欢迎消息」和「自动应答」，否则它们会与本系统的回复同时发出。',
  en: 'Switch off greeting and auto-response messages in LINE Official Account Manager, or they go out beside ours.',
};
