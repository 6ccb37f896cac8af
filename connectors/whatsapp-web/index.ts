import { defineConnector } from '../connector.ts';
import { BadSignature } from '../errors.ts';
import { can } from './can.ts';
import { config, fields } from './config.ts';
import { link, WEB_HOST } from './link.ts';
import { ways } from './ways.ts';

/** WhatsApp by QR code: WhatsApp Web in a browser of our own, driven by whatsapp-web.js (channels/whatsapp.md, part A). */
export const whatsappWeb = defineConnector({
  name: 'whatsapp-web',
  platform: 'whatsapp',
  label: { zh: 'WhatsApp（扫码）', en: 'WhatsApp (scan)' },
  mark: {
    ground: '#1fa855',
    path: 'M8 1.5a6.4 6.4 0 0 0-5.5 9.7L1.6 14.4l3.3-.9A6.4 6.4 0 1 0 8 1.5ZM5.2 5.4h1.9v1.9H5.2zM8.9 5.4h1.9v1.9H8.9zM5.2 9.1h1.9V11H5.2zM8.9 9.1h.9v.9h-.9zM9.8 10.1h1v.9h-1z',
  },
  ways,
  fields,
  config,
  can,
  hosts: { web: WEB_HOST },
  receive() {
    throw new BadSignature('WhatsApp Web sends no requests; whoever sent this is not WhatsApp.');
  },
  link,
});
