import type { Text } from '../connector.ts';
import type { EXTRAS } from './scopes.ts';

/** What the checks say, in the platform's own words where it has any. */
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

export const withdrawn: Text = {
  zh: '抖音号的主人在抖音中解除了授权（unauthorize）。重新扫码即可恢复。',
  en: 'The owner of the Douyin account withdrew the authorisation (unauthorize). Scanning again brings it back.',
};
export const scanAgain: Text = {
  zh: '在此渠道点“重新授权”，用该企业号的抖音 App 扫码。',
  en: 'Choose “Authorise again” on this channel and scan with the Douyin app of this business account.',
};

export const authorised = (name: string): Text => ({
  zh: `令牌有效，账号：${name}。`,
  en: `The token is good; account: ${name}.`,
});
export const notAuthorised = (words: string): Text => ({
  zh: `抖音不接受该账号的令牌：${words}`,
  en: `Douyin does not take this account’s token: ${words}`,
});
export const ended: Text = {
  zh: '授权已结束，消息收发已停止。',
  en: 'The authorisation has ended; no message comes or goes any more.',
};
export const lasts = (until: number, renewals: number): Text => ({
  zh: `授权最晚到 ${day(until)}，其间会自动续期（还可续 ${renewals} 次，共 5 次）。`,
  en: `The authorisation lasts until ${day(until)}; renewed by itself till then (${renewals} of 5 renewals left).`,
});
export const ending = (days: number, renewals: number): Text => ({
  zh: `授权将在 ${days} 天后失效，剩余续期次数 ${renewals}。`,
  en: `The authorisation ends in ${days} ${days === 1 ? 'day' : 'days'}; renewals left: ${renewals}.`,
});
export const notRenewed = (words: string): Text => ({
  zh: `续期没有成功：${words}`,
  en: `The renewal did not work: ${words}`,
});

export const messagesMissing: Text = {
  zh: '授权时没有勾选“私信消息管理”（im.direct_message），收不到也发不出私信。',
  en: '“Private message management” (im.direct_message) was not ticked: no message comes or goes.',
};
export const messagesMend: Text = {
  zh: '重新扫码，并在抖音 App 的授权页勾选“私信消息管理”。',
  en: 'Scan again and tick “Private message management” (私信消息管理) in the Douyin app.',
};

const EXTRA_WORDS: Record<(typeof EXTRAS)[number], Text> = {
  'im.recall_message': { zh: '撤回消息', en: 'taking messages back' },
  'im.multimedia_message': { zh: '查看客户发来的图片和视频', en: 'seeing pictures and films that customers send' },
  'tool.image.upload': { zh: '发送图片', en: 'sending pictures' },
  renew_refresh_token: {
    zh: '自动续期（没有它，30 天后须重新扫码）',
    en: 'renewing by itself (without it somebody scans every 30 days)',
  },
};
export const extraMissing = (scope: (typeof EXTRAS)[number]): Text => ({
  zh: `未授予 ${scope}，因此不能：${EXTRA_WORDS[scope].zh}。`,
  en: `${scope} was not granted; not possible therefore: ${EXTRA_WORDS[scope].en}.`,
});
export const extraMend: Text = {
  zh: '在“控制台 → 能力管理”为应用申请该能力，然后重新扫码授权。',
  en: 'Apply for the ability under “Console → Abilities” (能力管理), then authorise again by scanning.',
};

export const keysGood: Text = {
  zh: 'Client Key 与 Client Secret 正确。',
  en: 'Client Key and Client Secret are right.',
};
export const keysBad = (words: string): Text => ({
  zh: `抖音不接受 Client Key 或 Client Secret：${words}`,
  en: `Douyin does not take Client Key or Client Secret: ${words}`,
});
export const keysMend: Text = {
  zh: '从“控制台 → 应用详情 → 基本信息”重新复制两者。',
  en: 'Copy both again from “Console → the app → Basic information”.',
};
export const eventsGood: Text = { zh: '所需事件均已订阅。', en: 'All the events we need are subscribed.' };
export const eventsMissing = (events: string[]): Text => ({
  zh: `尚未订阅：${events.join('、')}`,
  en: `Not subscribed: ${events.join(', ')}`,
});
export const eventsMend = (callbackUrl: string): Text => ({
  zh: `控制台 → 开发配置 → Webhooks：回调地址填 ${callbackUrl}，并勾选这些事件。推送长期失败时抖音会取消订阅。`,
  en: `Console → Development → Webhooks: enter ${callbackUrl} and tick these events. Douyin cancels subscriptions that fail for long.`,
});
export const eventsUnknown = (words: string): Text => ({
  zh: `查不到事件订阅：${words}`,
  en: `The subscriptions could not be read: ${words}`,
});
