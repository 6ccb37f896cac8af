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
  // A note with its flag: a quaver of our own.
  mark: { ground: '#161823', path: 'M6.5 12.5a2 2 0 1 1-2-2 2 2 0 0 1 2 2V3.5c.6 2 2 3.2 4.5 3.4' },
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
