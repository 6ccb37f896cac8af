import { defineConnector } from '../connector.ts';
import { hear } from '../lib/graph/hear.ts';
import { check } from './check.ts';
import { config, fields } from './config.ts';
import { translate } from './inbound.ts';
import { can } from './limits.ts';
import { media } from './media.ts';
import { markRead, typing } from './presence.ts';
import { send } from './send.ts';
import { templates } from './templates.ts';
import { upkeep } from './upkeep.ts';
import { ways } from './ways.ts';

/** WhatsApp Business by the official Cloud API (channels/whatsapp.md, part B). */
export const whatsapp = defineConnector({
  name: 'whatsapp',
  platform: 'whatsapp',
  label: { zh: 'WhatsApp 官方接口', en: 'WhatsApp Cloud API' },
  mark: {
    ground: '#0b7a4b',
    path: 'M8 2.2a5.8 5.8 0 0 0-5 8.7l-.8 2.9 2.9-.8A5.8 5.8 0 1 0 8 2.2M5.6 8h.1M8 8h.1M10.4 8h.1',
  },
  ways,
  fields,
  config,
  can,
  hosts: { graph: 'https://graph.facebook.com', media: 'https://lookaside.fbsbx.com' },
  account: ({ phoneNumberId }) => phoneNumberId,
  receive: (request, config) => hear(request, config, translate),
  send,
  media,
  markRead,
  typing,
  templates,
  upkeep,
  check,
});
