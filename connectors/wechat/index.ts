import { defineConnector } from '../connector.ts';
import { checkWith } from './check.ts';
import { config, type WechatConfig } from './config.ts';
import { accountFields, miniFields } from './fields.ts';
import { accountWays, miniWays } from './guide.ts';
import { hosts } from './hosts.ts';
import { accountCan, miniCan } from './limits.ts';
import { media } from './media.ts';
import { miniProfile, profile } from './profile.ts';
import { receiveWith } from './receive.ts';
import { sendWith } from './send.ts';
import { typingWith } from './typing.ts';
import { upkeepWith } from './upkeep.ts';

const GROUND = '#2aa35a';
const account = ({ appId }: WechatConfig) => appId;

/** WeChat official accounts, subscription and service (公众号; channels/wechat.md). */
export const wechat = defineConnector<WechatConfig>({
  name: 'wechat',
  label: { zh: '微信公众号', en: 'WeChat official account' },
  platform: 'wechat',
  mark: {
    ground: GROUND,
    path: 'M2 7a4.5 3.8 0 1 1 2.2 3.2L2.4 11l.5-1.7M9 12.4a3.6 3 0 1 0-1.2-2.6M12.6 12.6l1.4.8-.4-1.4',
  },
  ways: accountWays,
  fields: accountFields,
  config,
  can: accountCan,
  hosts,
  account,
  receive: receiveWith(true),
  send: sendWith('account'),
  profile,
  media,
  typing: typingWith('account'),
  upkeep: upkeepWith('account'),
  check: checkWith('account'),
});

/** Customer service of WeChat mini-programs (小程序客服消息). */
export const wechatMini = defineConnector<WechatConfig>({
  name: 'wechat-mini',
  label: { zh: '微信小程序客服', en: 'WeChat mini-program' },
  platform: 'wechat',
  mark: { ground: GROUND, path: 'M6 10.5a2 2 0 1 1 2-2v-1a2 2 0 1 1 2 2M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Z' },
  ways: miniWays,
  fields: miniFields,
  config,
  can: miniCan,
  hosts,
  account,
  receive: receiveWith(false),
  send: sendWith('mini'),
  profile: miniProfile,
  media,
  typing: typingWith('mini'),
  upkeep: upkeepWith('mini'),
  check: checkWith('mini'),
});
