import type { WechatAccount } from './accounts.ts';
import { isVerified } from './messaging.ts';
import type { Platform } from './platform.ts';

export const funcInfo = (funcs: number[]) => funcs.map((id) => ({ funcscope_category: { id } }));

/** `authorizer_info` of an account (wechat.md §12.5). */
export function authorizerInfo(account: WechatAccount, platform: Platform) {
  const { host, faults } = platform;
  const isMini = account.kind === 'mini';
  return {
    nick_name: account.name,
    head_img: `${host.url}/avatars/${account.appId}.png`,
    service_type_info: { id: account.kind === 'service' ? 2 : 0 },
    verify_type_info: { id: isMini || isVerified(account, platform) ? 0 : -1 },
    user_name: account.userName,
    principal_name: '演示有限公司',
    alias: '',
    signature: '',
    business_info: { open_store: 0, open_scan: 0, open_pay: isMini ? 1 : 0, open_card: 0, open_shake: 0 },
    qrcode_url: `${host.url}/avatars/${account.userName}.png`,
    account_status: faults.on('frozen') ? 19 : 1,
    ...(isMini && {
      MiniProgramInfo: {
        network: { RequestDomain: [], WsRequestDomain: [], UploadDomain: [], DownloadDomain: [] },
        categories: [{ first: '商业服务', second: '电商平台' }],
        visit_status: 0,
      },
    }),
    register_type: 0,
    basic_config: { is_phone_configured: true, is_email_configured: true },
  };
}
