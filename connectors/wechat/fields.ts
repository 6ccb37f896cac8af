import type { Field, Fields } from '../connector.ts';

/** The connect form, in the words of mp.weixin.qq.com. */

const yesNo = (yes: { zh: string; en: string }, no: { zh: string; en: string }, first: 'yes' | 'no') => {
  const choices = [
    { value: 'yes', label: yes },
    { value: 'no', label: no },
  ];
  return first === 'yes' ? choices : choices.reverse();
};

const secrets = (where: { zh: string; en: string }, server: { zh: string; en: string }): Record<string, Field> => ({
  appId: {
    label: { zh: 'AppID（开发者ID）', en: 'AppID' },
    help: { zh: `${where.zh}，以 wx 开头。`, en: `${where.en}; it begins with wx.` },
    required: true,
    placeholder: 'wx0123456789abcdef',
  },
  appSecret: {
    label: { zh: 'AppSecret（开发者密码）', en: 'AppSecret' },
    help: {
      zh: `${where.zh}，需管理员扫码启用或重置；重置后旧密码立即失效。`,
      en: `${where.en}; its administrator enables or resets it with his phone. A reset ends the old one at once.`,
    },
    secret: true,
    required: true,
  },
  token: {
    label: { zh: 'Token（令牌）', en: 'Token' },
    help: {
      zh: `留空则由系统生成，再复制到「${server.zh}」。3 至 32 位英文或数字。`,
      en: `Leave it empty and one is made, to be copied to “${server.en}”. 3 to 32 letters or digits.`,
    },
    secret: true,
    make: 32,
    formerAs: 'previousToken',
  },
  aesKey: {
    label: { zh: 'EncodingAESKey（消息加解密密钥）', en: 'EncodingAESKey' },
    help: {
      zh: `留空则由系统生成，再复制到「${server.zh}」。固定 43 位。`,
      en: `Leave it empty and one is made, to be copied to “${server.en}”. Exactly 43 characters.`,
    },
    secret: true,
    make: 43,
    formerAs: 'previousAesKey',
  },
});

const after: Record<string, Field> = {
  plaintext: {
    label: { zh: '消息加解密方式', en: 'Message encryption' },
    help: {
      zh: '建议选择安全模式。明文模式的消息可被中途篡改，仅在无法使用安全模式时允许。',
      en: 'Safe mode is advised. Plain messages can be changed on their way; allow them only where safe mode cannot be used.',
    },
    choices: yesNo(
      { zh: '允许明文模式', en: 'Allow plaintext mode' },
      { zh: '仅安全模式、兼容模式（推荐）', en: 'Safe and compatible mode only (recommended)' },
      'no',
    ),
  },
};

const OA = {
  zh: '微信公众平台（mp.weixin.qq.com）→ 设置与开发 → 基本配置',
  en: 'WeChat Official Accounts Platform (mp.weixin.qq.com) → Settings & Development (设置与开发) → Basic Configuration (基本配置)',
};
export const accountFields: Fields = {
  ...secrets(OA, { zh: '基本配置 → 服务器配置', en: 'Basic Configuration → Server Configuration (服务器配置)' }),
  verified: {
    label: { zh: '账号是否已微信认证', en: 'Is the account verified (微信认证)?' },
    help: {
      zh: '未认证的账号没有客服消息接口，只能在 5 秒内被动回复（自动回复），客服无法主动发送。',
      en: 'An account that is not verified has no send API: it can only answer within 5 seconds (auto-replies); agents cannot write.',
    },
    choices: yesNo({ zh: '已认证', en: 'Verified' }, { zh: '未认证', en: 'Not verified' }, 'yes'),
  },
  ...after,
};

const MP = {
  zh: '微信公众平台 → 小程序 → 开发管理 → 开发设置',
  en: 'WeChat platform → your mini-program → Development management (开发管理) → Development settings (开发设置)',
};
export const miniFields: Fields = {
  ...secrets(MP, { zh: '开发设置 → 消息推送', en: 'Development settings → Message push (消息推送)' }),
  ...after,
};
