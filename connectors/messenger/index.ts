import { defineConnector } from '../connector.ts';
import { download } from '../lib/graph/download.ts';
import { hear } from '../lib/graph/hear.ts';
import { look, lookAgain } from '../lib/graph/page/look.ts';
import { profileOf, show } from '../lib/graph/page/speaker.ts';
import { config, fields, speaker } from './config.ts';
import { translate } from './inbound.ts';
import { can, needs } from './limits.ts';
import { send } from './send.ts';
import { ways } from './ways.ts';

/** Facebook Messenger of a Page, by the Messenger Platform (CH-34). */
export const messenger = defineConnector({
  name: 'messenger',
  label: { zh: 'Facebook Messenger', en: 'Facebook Messenger' },
  mark: {
    ground: '#3b5bdb',
    path: 'M8 2.5C4.7 2.5 2 4.9 2 8c0 1.7.8 3.1 2 4.1v2l1.9-1q1 .3 2.1.3c3.3 0 6-2.4 6-5.4S11.3 2.5 8 2.5M4.8 9.4l2.4-2.5 1.7 1.7 2.3-2',
  },
  ways,
  fields,
  config,
  can,
  hosts: { graph: 'https://graph.facebook.com', media: 'https://cdn.fbsbx.com' },
  account: ({ pageId }) => pageId,
  receive: (request, config) => hear(request, config, (body) => translate(body, config)),
  send,
  profile: (from, config, tools) => profileOf(from, speaker(config), tools),
  media: (source, _, tools) => download(source, undefined, tools, 'Messenger'),
  markRead: (from, config, tools) => show('mark_seen', from, speaker(config), tools),
  typing: (to, config, tools) => show('typing_on', to, speaker(config), tools),
  upkeep: (config, tools) => lookAgain(speaker(config), needs, tools),
  check: async (config, tools) => (await look(speaker(config), needs, tools)).points,
});
