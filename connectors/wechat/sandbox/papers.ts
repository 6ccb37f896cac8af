import type { Account } from '../../lib/phone/model.ts';
import type { WechatAccount } from './accounts.ts';
import { KIND_WORDS } from './model.ts';
import type { Platform } from './platform.ts';
import { urls } from './urls.ts';

/** What the phone's page tells of an account: where its pushes go, and what one would copy from WeChat's console. */
export function papers(account: WechatAccount, { grants, components }: Platform): Account {
  const { appId, name, userName, secret, server, kind } = account;
  const holders = grants.holders(appId).flatMap((by) => components.byAppId(by) ?? []);
  return {
    id: appId,
    name,
    kind: KIND_WORDS[kind],
    callbackUrl: server.url || holders.map((component) => urls(component).messages(appId)).join(' '),
    credentials: {
      appId,
      appSecret: secret,
      token: server.token,
      aesKey: server.aesKey,
      userName,
      ...(holders.length > 0 && { authorised: holders.map((component) => component.name).join('、') }),
    },
  };
}
