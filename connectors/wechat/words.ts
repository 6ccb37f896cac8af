import type { CheckPoint } from '../connector.ts';
import type { Kind } from './outbound.ts';

/** What the check says, in both languages. */

export const tokenGood = (appId: string): CheckPoint => ({
  code: 'token',
  ok: true,
  what: { zh: `已连接微信，AppID ${appId}。`, en: `Connected to WeChat as ${appId}.` },
});

/** How to mend it, by our code for what is wrong. */
const MENDS: Record<string, CheckPoint['mend']> = {
  bad_credentials: {
    zh: '请在公众平台的基本配置（小程序：开发设置）核对 AppID 与 AppSecret；AppSecret 重置后需重新填写。',
    en: 'Compare AppID and AppSecret with the platform (基本配置; mini-program: 开发设置). After a reset the new AppSecret must be entered here.',
  },
  ip_not_allowed: {
    zh: '请把微信提示中的 IP 加入公众平台 → 设置与开发 → 基本配置 → IP白名单（第三方平台：白名单IP地址列表）。',
    en: 'Add the IP in WeChat’s words to the allow list: Basic Configuration → IP allow list (IP白名单); third-party platform: its own list.',
  },
  authorise_again: { zh: '请用管理员微信重新扫码授权。', en: 'Authorise again with the administrator’s WeChat.' },
  not_authorised: { zh: '请用管理员微信重新扫码授权。', en: 'Authorise again with the administrator’s WeChat.' },
  bad_app: {
    zh: '请核对第三方平台的 AppID、AppSecret，并确认授权事件接收URL 能收到 ticket。',
    en: 'Compare the third-party platform’s AppID and AppSecret, and see that tickets arrive at its event address (授权事件接收URL).',
  },
  account_restricted: {
    zh: '请登录公众平台查看处罚通知。',
    en: 'See the notice of the penalty on the WeChat platform.',
  },
  account_blocked: { zh: '请登录公众平台查看处罚通知。', en: 'See the notice of the penalty on the WeChat platform.' },
  not_released: {
    zh: '第三方平台尚未全网发布，只有测试账号可以授权。',
    en: 'The third-party platform is not released (全网发布) yet: only its test accounts may authorise.',
  },
};

export const tokenBad = (error: Error & { code?: string }): CheckPoint => ({
  code: error.code ?? 'token',
  ok: false,
  what: { zh: `微信拒绝了请求：${error.message}`, en: `WeChat refused: ${error.message}` },
  mend: MENDS[error.code ?? ''] ?? { zh: '请稍后再试。', en: 'Try again in a while.' },
});

export const noAddress = (why: string): CheckPoint => ({
  code: 'webhook',
  ok: false,
  what: { zh: `公众平台尚未配置服务器地址：${why}`, en: `No server address is set at the platform yet: ${why}` },
  mend: {
    zh: '请在公众平台填写下方的 URL、Token、EncodingAESKey，选择安全模式，提交并启用。',
    en: 'Enter the URL, Token and EncodingAESKey below at the platform, choose safe mode (安全模式), submit and enable.',
  },
});
export const addressReached: CheckPoint = {
  code: 'webhook',
  ok: true,
  what: { zh: '微信可以访问本系统的地址。', en: 'WeChat reaches our address.' },
};
export const addressNotReached: CheckPoint = {
  code: 'webhook',
  ok: false,
  what: { zh: '微信无法访问本系统的地址。', en: 'WeChat cannot reach our address.' },
  mend: {
    zh: '请检查域名解析、防火墙与证书链；只能使用 80 或 443 端口。',
    en: 'Look at the name, the firewall and the certificate chain; only ports 80 and 443 are possible.',
  },
};

export const serverSettings = (kind: Kind, url: string): CheckPoint => ({
  code: 'server',
  ok: true,
  what:
    kind === 'account'
      ? {
          zh: `服务器配置的 URL 应为 ${url}，消息加解密方式选「安全模式」并「启用」。启用后公众平台的自动回复和自定义菜单会停用。`,
          en: `The server URL must be ${url}, in safe mode (安全模式) and enabled. Enabling it switches off the platform’s own auto-replies and menu.`,
        }
      : {
          zh: `消息推送的 URL 应为 ${url}，消息加密方式选「安全模式」，数据格式 XML 或 JSON 均可。`,
          en: `The message push URL must be ${url}, in safe mode (安全模式); XML and JSON are both fine.`,
        },
});
