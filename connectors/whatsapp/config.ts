import { z } from 'zod';
import type { Fields } from '../connector.ts';
import { appSecretField, blank, shapes, verifyTokenField, versionField } from '../lib/graph/fields.ts';

const fact = z.string().max(200).optional();

/** What an admin copies from Meta's pages, and below what upkeep has learnt of the number. */
export const config = z.strictObject({
  phoneNumberId: shapes.id,
  wabaId: shapes.id,
  accessToken: shapes.accessToken,
  appSecret: shapes.appSecret,
  verifyToken: shapes.verifyToken,
  version: shapes.version,
  pin: z.preprocess(
    blank,
    z
      .string()
      .trim()
      .regex(/^\d{6}$/)
      .optional(),
  ),
  number: fact,
  verifiedName: fact,
  quality: fact,
});
export type WhatsAppConfig = z.infer<typeof config>;

export const fields: Fields = {
  phoneNumberId: {
    label: { zh: '电话号码编号（Phone number ID）', en: 'Phone number ID' },
    help: {
      zh: 'Meta 应用面板 → WhatsApp → API 设置（API Setup）→「Phone number ID」。不是电话号码本身。',
      en: 'Meta app dashboard → WhatsApp → API Setup → “Phone number ID”. Not the phone number itself.',
    },
    required: true,
    placeholder: '300000000000001',
  },
  wabaId: {
    label: { zh: 'WhatsApp 商业账户编号（WABA ID）', en: 'WhatsApp Business Account ID (WABA)' },
    help: {
      zh: '在同一页面的「WhatsApp Business Account ID」。',
      en: 'On the same page: “WhatsApp Business Account ID”.',
    },
    required: true,
    placeholder: '200000000000001',
  },
  accessToken: {
    label: { zh: '访问令牌（Access token）', en: 'Access token' },
    help: {
      zh: 'Meta 商务设置 → 用户 → 系统用户 → 生成令牌，勾选 whatsapp_business_messaging 与 whatsapp_business_management，有效期建议选「永不」。面板上的测试令牌约一天后失效。',
      en: 'Meta business settings → Users → System users → Generate token, with whatsapp_business_messaging and whatsapp_business_management; an expiry of “Never” is best. The test token of the dashboard lives about a day.',
    },
    secret: true,
    required: true,
  },
  appSecret: appSecretField,
  verifyToken: verifyTokenField,
  version: versionField,
  pin: {
    label: { zh: '两步验证 PIN（可选）', en: 'Two-step PIN (optional)' },
    help: {
      zh: '六位数字。仅当号码尚未注册到云端接口时需要：点击「检查」时用它完成注册。',
      en: 'Six digits. Only needed while the number is not registered to the Cloud API: the check registers it with this PIN.',
    },
    secret: true,
    placeholder: '000000',
  },
};
