import type { Text } from '../connector.ts';

/** What checks say, in both languages and in the words of Weibo's own pages. */
const day = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

export const tokenGood = (uid: string, until: number): Text => ({
  zh: `access_token 有效，账号 UID ${uid}，有效期至 ${day(until)}（北京时间）。`,
  en: `The access_token is good. Account UID ${uid}, until ${day(until)} (China time).`,
});
export const tokenEnds = (until: number): Text => ({
  zh: `access_token 将于 ${day(until)}（北京时间）到期，到期后无法回复。`,
  en: `The access_token ends at ${day(until)} (China time); after that nothing can be sent.`,
});
export const tokenOver: Text = {
  zh: 'access_token 已过期，无法回复。',
  en: 'The access_token is over; nothing can be sent.',
};
export const tokenBad = (why: string): Text => ({
  zh: `微博不接受这个 access_token：${why}`,
  en: `Weibo does not take this access_token: ${why}`,
});
export const tokenMend: Text = {
  zh: '请到 创作者中心 → 粉丝服务 → 开发者中心 重新获取 access_token，粘贴到本渠道的设置中。',
  en: 'Get a new access_token on 创作者中心 → 粉丝服务 → 开发者中心 and paste it into this channel’s settings.',
};
export const noToken: Text = {
  zh: '没有 access_token：只能在收到消息的当下自动回复一条，客服的回复、图片和昵称都无法收发。',
  en: 'There is no access_token: only one automatic answer at the very moment of a message is possible; agents’ replies, pictures and names are not.',
};
export const noTokenMend: Text = {
  zh: '在 创作者中心 → 粉丝服务 → 开发者中心 启用后，把同一页显示的 access_token 粘贴到本渠道的设置中。',
  en: 'Once 开发者中心 (创作者中心 → 粉丝服务) is switched on, paste the access_token shown there into this channel’s settings.',
};
export const disconnected: Text = { zh: '该账号的授权已失效。', en: 'This account is no longer authorised.' };
export const authoriseAgain: Text = {
  zh: '请点“重新授权”，用该微博账号扫码登录并同意。微博不提供自动续期。',
  en: 'Press “Authorise again”, log in to this Weibo account by scanning, and agree. Weibo offers no renewal by itself.',
};
export const otherApp = (appKey: string): Text => ({
  zh: `access_token 属于另一个应用（App Key ${appKey}）。`,
  en: `The access_token belongs to another app (App Key ${appKey}).`,
});
export const otherAppMend: Text = {
  zh: '请在开发者中心填写与本渠道相同的 AppKey，再重新获取 access_token。',
  en: 'Enter the same AppKey as in this channel on 开发者中心 and get the access_token again.',
};
export const otherAccount = (is: string, wanted: string): Text => ({
  zh: `access_token 属于 UID ${is}，而不是 ${wanted}。`,
  en: `The access_token belongs to UID ${is}, not to ${wanted}.`,
});
export const otherAccountMend: Text = {
  zh: '请用要接入的微博账号登录后获取 access_token，或更正 UID。',
  en: 'Get the access_token while logged in to the account you want to connect, or correct the UID.',
};
export const formatSet: Text = { zh: '消息推送格式已设为 JSON。', en: 'Pushes are set to JSON.' };
export const formatRefused = (why: string): Text => ({
  zh: `无法把推送格式设为 JSON：${why}`,
  en: `Pushes could not be set to JSON: ${why}`,
});
export const formatMend: Text = {
  zh: '若该账号此前使用微信兼容的 XML 格式，请在开发者中心改回 JSON，或为应用申请粉丝服务接口权限后再检查。',
  en: 'If this account used WeChat-style XML before, set it back to JSON on 开发者中心, or apply for the fans-service permission for the app and check again.',
};
export const webhook = (url: string, appKey: string): Text => ({
  zh: `微博不提供查询接口，请确认：创作者中心 → 粉丝服务 → 开发者中心 的 URL 为 ${url}，AppKey 为 ${appKey}，并已启用。`,
  en: `Weibo offers no way to ask, so please make sure that 创作者中心 → 粉丝服务 → 开发者中心 has the URL ${url} and the AppKey ${appKey}, and is switched on.`,
});
export const webhookLeft: Text = {
  zh: '还差一步：授权后微博不会自动推送消息，需要把本渠道的回调地址填到微博。',
  en: 'One step is left: after authorising, Weibo does not push by itself; this channel’s webhook address must be entered there.',
};
export const webhookMend: Text = {
  zh: '用该账号登录微博，打开 创作者中心 → 粉丝服务 → 开发者中心，把本渠道页面上的回调地址填入 URL，填入应用的 AppKey，然后启用。',
  en: 'Log in to Weibo with this account, open 创作者中心 → 粉丝服务 → 开发者中心, enter the webhook address shown on this channel’s page as URL and the app’s AppKey, and switch it on.',
};
export const tryIt: Text = {
  zh: '最后请用另一个微博账号给该账号发一条私信，确认能收到。',
  en: 'Finally, send this account a private message from another Weibo account to see it arrive.',
};
export const unreachable = (why: string): Text => ({
  zh: `暂时无法询问微博：${why}`,
  en: `Weibo could not be asked: ${why}`,
});
export const later: Text = { zh: '请稍后再试。', en: 'Try again in a while.' };
export const appGood: Text = {
  zh: '微博认得这组 App Key 与 App Secret。',
  en: 'Weibo knows this App Key and App Secret.',
};
export const appBad = (why: string): Text => ({
  zh: `微博不接受这组 App Key 与 App Secret：${why}`,
  en: `Weibo does not take this App Key and App Secret: ${why}`,
});
export const appMend: Text = {
  zh: '请在 微博开放平台 → 我的应用 → 应用信息 → 基本信息 核对。',
  en: 'Compare them with open.weibo.com → 我的应用 → 应用信息 → 基本信息.',
};
export const redirectBad = (url: string): Text => ({
  zh: `授权回调页与本系统不一致，应为 ${url}`,
  en: `The redirect page registered at Weibo is not ours; it should be ${url}`,
});
export const redirectMend: Text = {
  zh: '请在 微博开放平台 → 我的应用 → 应用信息 → 高级信息 → OAuth2.0 授权设置 中修改“授权回调页”。',
  en: 'Change 授权回调页 under open.weibo.com → 我的应用 → 应用信息 → 高级信息 → OAuth2.0 授权设置.',
};
