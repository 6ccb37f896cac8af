import { defineConnector } from '../connector.ts';
import { download } from '../lib/graph/download.ts';
import { hear } from '../lib/graph/hear.ts';
import { look, lookAgain } from '../lib/graph/page/look.ts';
import { profileOf, show } from '../lib/graph/page/speaker.ts';
import { config, fields, speaker } from './config.ts';
import { translate } from './inbound.ts';
import { can, canFor, needs } from './limits.ts';
import { send } from './send.ts';
import { ways } from './ways.ts';

/** Facebook Messenger of a Page, by the Messenger Platform (CH-34). */
export const messenger = defineConnector({
  name: 'messenger',
  label: { zh: 'Facebook Messenger', en: 'Facebook Messenger' },
  mark: {
    ground: '#3b5bdb',
    path: 'M2.5 3h8v6h-4L4 11.5V9H2.5zM12.5 6H13.5v6H12v2l-2.5-2H7.5',
  },
  ways,
  fields,
  config,
  can,
  canFor: (config) => canFor(config),
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
