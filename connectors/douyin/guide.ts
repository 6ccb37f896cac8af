import type { Text, Way } from '../connector.ts';

/** What one must know before anything else: the ability is closed to newcomers (douyin.md section 0). */
const lockedDown: Text = {
  zh: '抖音官方公告：私信能力已不支持新增准入，已开通的应用可继续使用；目前仅线索投广商家（服务商客户日均线索消耗 10 万元、自研 2 万元起）可申请。没有 im.direct_message 的应用无法使用本渠道，我们也不提供绕过平台规则的办法。',
  en: 'Official notice of Douyin: private-message abilities take no new applicants; apps that have them go on. Only lead advertisers may still apply (service providers whose customers spend 100,000 yuan a day, own development from 20,000). An app without im.direct_message cannot use this channel, and we offer no way around the platform’s rules.',
};

export const appGuide: Text[] = [
  lockedDown,
  {
    zh: '在抖音开放平台（developer.open-douyin.com）创建“移动/网站应用”，并确认“能力管理”中已有“私信消息管理”（im.direct_message）。',
    en: 'On the Douyin open platform (developer.open-douyin.com) create a “Mobile/website app” and make sure that “Abilities” (能力管理) lists private message management (im.direct_message).',
  },
  {
    zh: '把“基本信息”中的 Client Key 和 Client Secret 填到这里。',
    en: 'Copy Client Key and Client Secret from “Basic information” into this form.',
  },
  {
    zh: '在“开发配置”登记下方的授权回调域名（须为 https）。',
    en: 'Under “Development” (开发配置) register the redirect address below (https only).',
  },
  {
    zh: '在“Webhooks”填入下方的回调地址；抖音会立即发送一次校验，保存成功即表示通过。然后勾选事件：im_receive_msg、im_send_msg、im_enter_direct_msg、im_recall_msg、authorize、unauthorize（有则再勾选 im_message_read、im_authorize）。',
    en: 'Under “Webhooks” enter the address below; Douyin tries it at once, and saving means that it worked. Then tick the events im_receive_msg, im_send_msg, im_enter_direct_msg, im_recall_msg, authorize, unauthorize (and im_message_read, im_authorize where they are offered).',
  },
  {
    zh: '2026 年 7 月起，私信中的手机号以 138****5678 的形式下发；需要明文的应用须申请“私信消息解码”，并让企业号重新扫码。',
    en: 'Since July 2026 phone numbers in messages arrive masked (138****5678); an app that needs them applies for message decoding (私信消息解码), and the business scans again.',
  },
];

export const ways: Way[] = [
  {
    kind: 'app',
    app: 'douyin-app',
    label: { zh: '扫码授权', en: 'Authorise by scanning' },
    text: {
      zh: '用企业号的抖音 App 扫码授权，即可收发该账号的私信。一次授权最长约 180 天，到期前会提醒重新扫码。',
      en: 'Scan with the Douyin app of the business account to receive and send its private messages. One consent lasts about 180 days at most; you are told before it ends.',
    },
    guide: [
      lockedDown,
      {
        zh: '点“授权”，在新打开的抖音页面上会出现二维码。',
        en: 'Choose “Authorise”: a page of Douyin opens and shows a QR code.',
      },
      {
        zh: '用企业号登录的抖音 App 扫码（私信权限只能通过网页扫码授予）。',
        en: 'Scan it with the Douyin app that is logged in as the business account (message permissions are granted this way only).',
      },
      {
        zh: '在授权页保留勾选“私信消息管理”以及其余权限，然后同意。',
        en: 'Leave “Private message management” (私信消息管理) and the other permissions ticked, and agree.',
      },
      {
        zh: '客户写来一条消息后约 24 小时内可回复约 6 条；客户再次发言后重新计算。进入会话页后的 30 秒内可发问候语。',
        en: 'After a customer’s message about six answers are possible within about 24 hours, counted anew when he writes again. Within 30 seconds of his opening the chat a greeting may be sent.',
      },
    ],
  },
];
