import { defineApp } from '../app.ts';
import { appConfig, appFields } from './app-config.ts';
import { checkApp } from './check.ts';
import { finish, start } from './consent.ts';
import { appGuide } from './guide.ts';
import { handshake } from './handshake.ts';
import { HOSTS } from './hosts.ts';
import { translate } from './inbound.ts';
import { readExact } from './read.ts';
import { verify } from './signature.ts';

/** A website app of the Douyin open platform: one webhook and one pair of keys for all its business accounts. */
export const douyinApp = defineApp({
  name: 'douyin-app',
  label: { zh: '抖音开放平台应用', en: 'Douyin open platform app' },
  text: {
    zh: '管理员登记一次应用，之后每个企业号只需扫码一次。需要已开通私信能力（im.direct_message）的移动/网站应用。',
    en: 'The app is registered once; then every business account is one scan. Needs a mobile/website app that has the private-message ability (im.direct_message).',
  },
  connectors: ['douyin'],
  fields: appFields,
  config: appConfig,
  guide: appGuide,
  addresses: [
    { label: { zh: 'Webhooks 回调地址', en: 'Webhook address' }, is: 'webhook' },
    { label: { zh: '授权回调地址', en: 'Redirect address' }, is: 'redirect' },
  ],
  hosts: HOSTS,
  receive(request, config, accounts) {
    verify(request, config);
    const body = readExact(request.body);
    const reply = handshake(body, request.body);
    if (reply) return { events: [], reply };
    return translate(body, {
      clientKey: config.clientKey,
      accounts,
      msgId: request.headers['msg-id']?.trim().slice(0, 200) || undefined,
    });
  },
  start,
  finish,
  check: checkApp,
});
