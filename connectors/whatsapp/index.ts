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
    path: 'M3 13.2l.9-3A5.4 5.4 0 1 1 6 12.3L3 13.2M6 6.4c0 2 1.6 3.6 3.6 3.6M6 6.4l1-.6M9.6 10l.6-1',
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
