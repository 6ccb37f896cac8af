/** Where WeChat lives: the API of all accounts, the consent page for a computer, and the one for a phone. */
export const hosts = {
  api: 'https://api.weixin.qq.com',
  mp: 'https://mp.weixin.qq.com',
  open: 'https://open.weixin.qq.com',
} as const;
