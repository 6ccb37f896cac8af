import type { Text } from '../connector.ts';

/** What `check` and `upkeep` say, in both languages and in the words of Meta's own pages. */
export const numberGood = (name: string, number: string): Text => ({
  zh: `已连接 WhatsApp 号码 ${number}（${name}）。`,
  en: `Connected to the WhatsApp number ${number} (${name}).`,
});
export const numberBad = (why: string): Text => ({
  zh: `无法读取该号码：${why}`,
  en: `The number could not be read: ${why}`,
});
export const numberMend: Text = {
  zh: '请核对「电话号码编号」（不是号码本身）与访问令牌，并确认系统用户已分配到该 WhatsApp 账户。',
  en: 'Compare the “Phone number ID” (not the number itself) and the access token, and see that the system user is assigned to this WhatsApp account.',
};
export const notRegistered: Text = {
  zh: '该号码尚未注册到云端接口。',
  en: 'The number is not registered to the Cloud API.',
};
export const registered: Text = {
  zh: '该号码已注册到云端接口。',
  en: 'The number is now registered to the Cloud API.',
};
export const registerFailed = (why: string): Text => ({
  zh: `注册号码失败：${why}`,
  en: `The number could not be registered: ${why}`,
});
export const registerMend: Text = {
  zh: '在渠道设置中填写两步验证 PIN 后再次检查（72 小时内最多尝试 10 次）；若号码仍在手机应用中使用，请先在那里删除账户。',
  en: 'Enter the two-step PIN in the channel’s settings and check again (10 tries in 72 hours); a number still used in the phone’s app must leave it first.',
};
export const notVerified: Text = {
  zh: '该号码尚未通过验证码验证。',
  en: 'The number has not been verified with a code.',
};
export const verifyMend: Text = {
  zh: '在 WhatsApp 管理工具 → 电话号码中完成短信或语音验证。',
  en: 'Verify it by SMS or voice in WhatsApp Manager → Phone numbers.',
};
export const nameBad = (status: string): Text => ({
  zh: `显示名称未通过审核（${status}）。`,
  en: `The display name was not approved (${status}).`,
});
export const nameMend: Text = {
  zh: '在 WhatsApp 管理工具 → 电话号码中修改显示名称并重新提交。',
  en: 'Change the display name in WhatsApp Manager → Phone numbers and submit it again.',
};
export const quality = (rating: string): Text => ({
  zh: `号码质量评级：${rating}。`,
  en: `Quality rating of the number: ${rating}.`,
});
export const qualityMend: Text = {
  zh: '近期被较多客户屏蔽或举报：请减少模板群发，只联系愿意接收的客户，否则发送会受限。',
  en: 'Many customers blocked or reported it lately: send fewer templates, only to people who want them, or sending will be limited.',
};
export const accountBad = (why: string): Text => ({
  zh: `无法读取 WhatsApp 商业账户：${why}`,
  en: `The WhatsApp Business Account could not be read: ${why}`,
});
export const accountOther: Text = {
  zh: '该号码不属于所填的 WhatsApp 商业账户。',
  en: 'The number does not belong to this WhatsApp Business Account.',
};
export const accountMend: Text = {
  zh: '请核对「WhatsApp Business Account ID」：它与「Phone number ID」在同一页面，容易填反；令牌需有 whatsapp_business_management 权限。',
  en: 'Compare the “WhatsApp Business Account ID”: it stands beside the “Phone number ID” and is easily mixed up with it. The token needs whatsapp_business_management.',
};
export const subscribed = (now: boolean): Text =>
  now
    ? {
        zh: '已为该 WhatsApp 商业账户订阅应用（此前未订阅，收不到消息）。',
        en: 'The app is now subscribed to the WhatsApp Business Account; before, no message would have come.',
      }
    : { zh: '应用已订阅该 WhatsApp 商业账户。', en: 'The app is subscribed to the WhatsApp Business Account.' };
export const subscribeFailed = (why: string): Text => ({
  zh: `应用未能订阅该 WhatsApp 商业账户，收不到消息：${why}`,
  en: `The app is not subscribed to the WhatsApp Business Account, so no message comes: ${why}`,
});
export const subscribeMend: Text = {
  zh: '令牌需有 whatsapp_business_management 权限，系统用户需对该账户有完全控制权。',
  en: 'The token needs whatsapp_business_management, and the system user full control of the account.',
};
export const webhookSet = (replaced: string | undefined): Text =>
  replaced
    ? {
        zh: `回调地址已设为本系统，原地址为 ${replaced}。`,
        en: `The callback URL now points here; before, it was ${replaced}.`,
      }
    : { zh: '回调地址已指向本系统。', en: 'The callback URL points here.' };
export const webhookShared: Text = {
  zh: '该账户的消息由本系统的另一个号码渠道一并接收。',
  en: 'Messages of this account already come here, by the address of another of its numbers.',
};
export const webhookRefused = (why: string): Text => ({
  zh: `Meta 不接受回调地址：${why}`,
  en: `Meta does not take the callback URL: ${why}`,
});
export const webhookMend = (url: string): Text => ({
  zh: `地址必须是公网可访问的 https，证书由公共机构签发：${url}。也可在应用 → WhatsApp →「配置」中手动填写，并订阅 messages。`,
  en: `The address must be public https with a certificate of a public authority: ${url}. You may also enter it by hand under the app’s WhatsApp → “Configuration” and subscribe to messages there.`,
});
