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
    path: 'M3 9.4c0 2 2.2 3.4 4.7 3.4s4.6-1.4 4.6-3.2c0-1.3-1-2-2-2.3c.3-1-.5-1.6-1.9-1C5.8 5.3 3 7.4 3 9.4M7.6 9.7h.1M10.2 3.6a3 3 0 0 1 3.1 3.5',
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
