import type { Way } from '../connector.ts';

/** How a number is linked, in the words of the WhatsApp app. */
export const ways: readonly Way[] = [
  {
    kind: 'link',
    label: { zh: '用手机扫码', en: 'Scan with the phone' },
    text: {
      zh: '只需要一部装有 WhatsApp 的手机，几分钟即可用。它不是官方接口：WhatsApp 网页版一更新就可能失灵，号码也可能被封，请只回复先来咨询的人，不要群发；每个号码会在服务器上占用一个 Chromium。同一个号码不要同时接入官方 Cloud API。',
      en: 'Needs only a phone with WhatsApp and works in minutes. It is not an official interface: any update of WhatsApp Web can break it and the number can be banned, so only answer people who wrote first and never send in bulk. Each number keeps one Chromium running on the server. Never use it for a number that is on the official Cloud API as well.',
    },
    guide: [
      {
        zh: '在手机上打开 WhatsApp 或 WhatsApp Business。',
        en: 'Open WhatsApp or WhatsApp Business on the phone.',
      },
      {
        zh: '安卓：点右上角的 ⋮ ，选择「已关联的设备」；iPhone：打开「设置」，选择「已关联的设备」。',
        en: 'Android: tap ⋮ at the top right, then “Linked devices”. iPhone: open “Settings”, then “Linked devices”.',
      },
      {
        zh: '点「关联设备」，扫描这里显示的二维码。二维码大约每 20 秒更换一次，只有最新的一张有效。',
        en: 'Tap “Link a device” and scan the code shown here. It changes about every 20 seconds; only the newest is good.',
      },
      {
        zh: '不方便扫码时：点「改用电话号码关联」，在这里填写手机号（带国家区号），再把显示的 8 位代码输入手机。',
        en: 'Where scanning is not possible: tap “Link with phone number instead”, enter the number here with its country code, and type the 8 characters shown into the phone.',
      },
      {
        zh: '手机要保持联网；超过 14 天不上线，WhatsApp 会自动退出已关联的设备。',
        en: 'Keep the phone online now and then: after about 14 days without it WhatsApp logs linked devices out.',
      },
    ],
  },
];
