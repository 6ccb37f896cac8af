import type { Can } from '../../core/can.ts';
import { WEB_TEXT } from './schema.ts';

const MB = 1024 * 1024;

/** What every browser draws. SVG is a program, not a picture, and stays out. */
const images = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];
const videos = ['video/mp4', 'video/webm', 'video/quicktime'];
const voices = ['audio/mpeg', 'audio/mp4', 'audio/aac', 'audio/ogg', 'audio/wav', 'audio/webm', 'audio/flac'];
const office = 'application/vnd.openxmlformats-officedocument';
const documents = [
  'application/pdf',
  'text/plain',
  'text/csv',
  'application/rtf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
  `${office}.wordprocessingml.document`,
  `${office}.spreadsheetml.sheet`,
  `${office}.presentationml.presentation`,
  'application/zip',
  'application/x-zip-compressed',
  'application/x-7z-compressed',
  'application/vnd.rar',
  'application/x-rar-compressed',
  'application/gzip',
];

/**
 * The visitor's page draws all that we have. Sizes are what a visitor may send (V-25 raises them to 200 MB later);
 * members' own limits (A-41, A-42) are the house's and lie below. Recall as A-36 has it.
 */
export const can: Can = {
  text: WEB_TEXT,
  image: { types: images, bytes: 20 * MB },
  video: { types: videos, bytes: 50 * MB },
  voice: { types: voices, bytes: 20 * MB },
  file: { types: [...images, ...videos, ...voices, ...documents], bytes: 50 * MB },
  location: true,
  link: true,
  menu: { options: 20, text: 100 },
  rating: true,
  miniProgram: true,
  quote: true,
  recall: 60,
  receipts: 'read',
  markRead: true,
  typing: 'both',
};
