import { defineConnector } from '../connector.ts';
import { check } from './check.ts';
import { appOf, config, fields, hasToken } from './config.ts';
import { translate } from './inbound.ts';
import { readPush } from './json.ts';
import { PASSIVE_MS, PICTURE_BYTES, TEXT, WINDOW } from './limits.ts';
import { media } from './media.ts';
import { passiveReply, THANKS } from './passive.ts';
import { profile } from './profile.ts';
import { send } from './send.ts';
import { verify } from './signature.ts';
import { upkeep } from './upkeep.ts';
import { ways } from './ways.ts';

/** Weibo's fans service (粉丝服务): private messages of a verified account (channels/weibo.md). */
export const weibo = defineConnector({
  name: 'weibo',
  label: { zh: '微博', en: 'Weibo' },
  mark: {
    ground: '#d4462f',
    path: 'M10.6 8a2.6 2.6 0 1 1-5.2 0a2.6 2.6 0 0 1 5.2 0v.7a1.4 1.4 0 0 0 2.8 0V8a5.4 5.4 0 1 0-2.2 4.3',
  },
  ways,
  fields,
  config,
  can: {
    text: TEXT,
    /** Goes out as a card with the picture's address: Weibo has no upload for private messages. */
    image: { types: ['image/jpeg', 'image/png'], bytes: PICTURE_BYTES },
    location: true,
    link: true,
    window: WINDOW,
  },
  hosts: {
    api: 'https://api.weibo.com',
    m: 'https://m.api.weibo.com',
    upload: 'https://upload.api.weibo.com',
    /** 创作者中心, where people go; nothing is called there. */
    me: 'https://me.weibo.com',
  },
  account: ({ uid }) => uid,
  receive({ method, query, body }, settings) {
    verify(query, appOf(settings).appSecret);
    // The check of the address when it is entered: the same text back, as it is.
    if (method === 'GET') return { events: [], reply: { ...THANKS, body: query.echostr ?? '' } };
    const { events, account, from } = translate(readPush(body));
    const answerable = events.some((event) => event.trigger ?? (event.kind === 'message' || undefined));
    if (hasToken(settings) || !answerable) return { events, reply: THANKS };
    return {
      events,
      reply: THANKS,
      passive: { withinMs: PASSIVE_MS, answer: (content) => passiveReply(account, from, content) },
    };
  },
  send,
  profile,
  media,
  upkeep,
  check,
});
