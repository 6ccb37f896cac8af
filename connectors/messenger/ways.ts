import type { Way } from '../connector.ts';

/** The way in, in the words of Meta's own pages. */
export const ways: Way[] = [
  {
    kind: 'fields',
    label: { zh: '填写凭据', en: 'Copy the credentials' },
    text: { zh: '需要公共主页和一个 Meta 应用；免费。', en: 'Needs a Page and an app at Meta; free of charge.' },
    guide: [
      { zh: '在 developers.facebook.com 新建应用，添加 Messenger。', en: 'Create a Meta app and add Messenger.' },
      { zh: '在「API 设置」关联主页，生成访问令牌。', en: 'Under “API Settings” add the Page, generate its token.' },
      { zh: '在「设置 → 基本」复制应用密钥，填表并保存。', en: 'Copy the App secret under “Basic”, fill in, save.' },
      { zh: '把回调地址与验证令牌填入 Webhooks 配置。', en: 'Enter callback URL and verify token at Webhooks.' },
      { zh: '点击「检查」：自动为主页订阅所需事件。', en: 'Press “Check”: it subscribes the Page to its events.' },
    ],
  },
];
