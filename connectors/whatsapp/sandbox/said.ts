import { createHash } from 'node:crypto';
import { type Bubble, PhoneRefusal, type Said } from '../../lib/phone/model.ts';
import type { Platform } from './platform.ts';
import { stickerFile } from './stickers.ts';

type Json = Record<string, unknown>;
/** A message as the webhook has it: its type, the object of that name, and what stands beside. */
export interface Wire {
  type: string;
  own: Json;
  /** The message of ours a tap belongs to. */
  answers?: string;
}

const TYPES = { image: 'image', video: 'video', voice: 'audio', file: 'document' } as const;

/** What a person said, as the Cloud API tells it. Keeps an upload under a media id of that account. */
export function wireOf(said: Said, account: string, person: string, platform: Platform): Wire {
  switch (said.type) {
    case 'text':
      return { type: 'text', own: { text: { body: said.text } } };
    case 'location': {
      const { latitude, longitude, title, address } = said;
      return { type: 'location', own: { location: { latitude, longitude, name: title, address } } };
    }
    case 'sticker': {
      const file = platform.files.add({
        name: `${said.id}.webp`,
        mime: 'image/webp',
        at: platform.host.now(),
        bytes: stickerFile(said.id),
      });
      return { type: 'sticker', own: { sticker: { ...keep(file.id, account, platform), animated: false } } };
    }
    case 'action':
      return tapOf(said, account, person, platform);
    default: {
      const media = keep(said.upload, account, platform);
      const type = TYPES[said.type];
      const name = platform.files.get(said.upload)?.name;
      return {
        type,
        own: {
          [type]: {
            ...media,
            ...(type === 'document' && { filename: name }),
            ...(type === 'audio' && { voice: true }),
          },
        },
      };
    }
  }
}

function keep(upload: string, account: string, { files, kept, nextId }: Platform): Json {
  const file = files.get(upload);
  if (!file) throw new PhoneRefusal('not_found', 'The upload is no longer here.');
  const id = nextId();
  kept.set(id, { file: file.id, mime: file.mime, account });
  return { id, mime_type: file.mime, sha256: createHash('sha256').update(file.bytes).digest('base64') };
}

/** A tap on one of our buttons, a row of our list, or a button below a template. */
function tapOf(
  { data, text }: Extract<Said, { type: 'action' }>,
  account: string,
  person: string,
  { choices }: Platform,
): Wire {
  const choice = choices.get(`${account} ${person} ${data}`);
  if (!choice) return { type: 'button', own: { button: { payload: data, text: text ?? data } } };
  const { kind, id, title, description, messageId } = choice;
  if (kind === 'template') return { type: 'button', own: { button: { payload: id, text: title } }, answers: messageId };
  const reply = { id, title, ...(kind === 'list_reply' && description && { description }) };
  return { type: 'interactive', own: { interactive: { type: kind, [kind]: reply } }, answers: messageId };
}

/** How the person's own phone shows it. */
export function shown(said: Said, { files, host }: Platform): Bubble {
  if (!('upload' in said)) return said;
  const file = files.get(said.upload);
  const url = `${new URL(host.url).pathname}/phone/files/${said.upload}`;
  switch (said.type) {
    case 'image':
      return { type: 'image', url };
    case 'video':
      return { type: 'video', url };
    case 'voice':
      return { type: 'voice', url, seconds: said.seconds };
    case 'file':
      return { type: 'file', url, name: file?.name ?? 'file', size: file?.bytes.length };
  }
}
