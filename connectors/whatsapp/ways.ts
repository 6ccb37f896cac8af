import type { Way } from '../connector.ts';

/** The way in, in the words of Meta's own pages (whatsapp.md B2). */
export const ways: Way[] = [
  {
    kind: 'fields',
    label: { zh: '官方云端接口（Cloud API）', en: 'Official Cloud API' },
    text: {
      zh: '稳定、官方。需要 Meta 商业账户和一个注册到接口的号码；24 小时之外只能发送模板消息，消息可能收费。请勿将同一号码同时用扫码方式连接。',
      en: 'Official and stable. Needs a Meta business account and a number registered to the API; outside 24 hours only templates can be sent, and messages may cost money. Never connect the same number by QR code as well.',
    },
    guide: [
      {
        zh: '在 developers.facebook.com 新建「商务」类型应用，添加产品「WhatsApp」。',
        en: 'At developers.facebook.com create an app of type “Business” and add the product “WhatsApp”.',
      },
      {
        zh: '打开 WhatsApp →「API 设置」，复制「Phone number ID」与「WhatsApp Business Account ID」。',
        en: 'Open WhatsApp → “API Setup” and copy “Phone number ID” and “WhatsApp Business Account ID”.',
      },
      {
        zh: '在商务设置 →「系统用户」中把该应用和 WhatsApp 账户分配给系统用户，然后生成访问令牌（两项 whatsapp_business 权限）。',
        en: 'In business settings → “System users” assign the app and the WhatsApp account to a system user, then generate an access token (both whatsapp_business permissions).',
      },
      {
        zh: '在应用 →「设置 → 基本」复制「应用密钥」，连同以上各项填入下方表单并保存。',
        en: 'From the app → “App settings → Basic” copy the “App secret”; enter all of it below and save.',
      },
      {
        zh: '点击「检查」：系统会为 WABA 订阅应用并设置回调地址。也可在应用 → WhatsApp →「配置」里手动填写回调地址与验证令牌。',
        en: 'Press “Check”: we subscribe the app to the WABA and set the callback. You may also enter callback URL and verify token by hand under WhatsApp → “Configuration”.',
      },
      {
        zh: '在「配置 → Webhook 字段」里订阅 messages；建议同时订阅 message_template_status_update、phone_number_quality_update、account_update。',
        en: 'Under “Configuration → Webhook fields” subscribe to messages; message_template_status_update, phone_number_quality_update and account_update are worth having too.',
      },
    ],
  },
];
