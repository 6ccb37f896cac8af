import type { Can } from '../../core/can.ts';
import { FILE_BYTES, RECALL_SECONDS, TEXT } from './limits.ts';

const MB = 1024 * 1024;

/** What WhatsApp Web carries (channels/whatsapp.md A5): media about 16 MB as such, larger as documents. */
export const can: Can = {
  text: TEXT,
  image: { types: ['image/jpeg', 'image/png', 'image/webp'], bytes: 16 * MB, remade: 20 * MB },
  /** `audio/ogg` with Opus becomes a voice message, the others a sound to play. */
  voice: { types: ['audio/ogg', 'audio/mpeg', 'audio/mp4', 'audio/aac', 'audio/amr'], bytes: 16 * MB },
  video: { types: ['video/mp4', 'video/3gpp'], bytes: 16 * MB },
  file: { types: ['*/*'], bytes: FILE_BYTES },
  location: true,
  quote: true,
  recall: RECALL_SECONDS,
  receipts: 'read',
  markRead: true,
  typing: 'out',
  ids: true,
};
