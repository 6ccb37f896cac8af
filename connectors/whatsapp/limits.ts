import type { Can } from '../../core/can.ts';

/** What WhatsApp carries, and when, in one place (whatsapp.md B7, B8; B11 says which of it was not re-read). */
const MB = 1_000_000;

/** 24 hours from the customer's words or call, less two minutes for the way to Meta. Seconds. */
export const WINDOW_SECONDS = 24 * 3600 - 120;

export const can: Can = {
  text: 4096,
  image: { types: ['image/jpeg', 'image/png'], bytes: 5 * MB, remade: 20 * MB },
  voice: { types: ['audio/ogg', 'audio/mp4', 'audio/mpeg', 'audio/aac', 'audio/amr'], bytes: 16 * MB },
  video: { types: ['video/mp4', 'video/3gpp'], bytes: 16 * MB },
  file: { types: ['*/*'], bytes: 100 * MB },
  location: true,
  link: true,
  menu: { options: 10, text: 72 },
  template: true,
  quote: true,
  receipts: 'read',
  markRead: true,
  typing: 'out',
  ids: true,
  batch: 1,
  window: { grants: { message: { seconds: WINDOW_SECONDS }, menu: { seconds: WINDOW_SECONDS } } },
};

/** UTF-16 units, as Meta counts its own limits. */
export const MAX = {
  body: 1024,
  footer: 60,
  header: 60,
  buttons: 3,
  button: 20,
  row: 24,
  rowText: 72,
  id: 200,
  name: 1000,
};
/** An upload stays 30 days at Meta; we upload again a day before. Seconds. */
export const UPLOAD_SECONDS = 29 * 24 * 3600;
