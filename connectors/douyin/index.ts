import { defineConnector } from '../connector.ts';
import { BadSignature } from '../errors.ts';
import { check } from './check.ts';
import { config } from './config.ts';
import { ways } from './guide.ts';
import { HOSTS } from './hosts.ts';
import { GRANTS, IMAGE, RECALL, TEXT } from './limits.ts';
import { media } from './media.ts';
import { recall } from './recall.ts';
import { send } from './send.ts';
import { upkeep } from './upkeep.ts';

/** Private messages of Douyin business accounts (channels/douyin.md), connected through an app (`app.ts`). */
export const douyin = defineConnector({
  name: 'douyin',
  label: { zh: '抖音私信', en: 'Douyin private messages' },
  mark: { ground: '#161823', path: 'M3 3.8h10v7H7.6L5 13v-2.2H3ZM6.9 5.7v3.2l2.7-1.6Z' },
  ways,
  fields: {},
  config,
  can: {
    text: TEXT,
    image: IMAGE,
    recall: RECALL,
    receipts: 'read',
    ids: true,
    window: { grants: GRANTS },
  },
  hosts: HOSTS,
  account: ({ openId }) => openId,
  receive() {
    // All accounts share the app's one address; whoever posts here is not Douyin.
    throw new BadSignature('Douyin posts to the app’s address.');
  },
  send,
  media,
  recall,
  upkeep,
  check,
});
