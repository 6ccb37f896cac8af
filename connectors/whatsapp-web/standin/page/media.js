// @ts-nocheck It plays modules without types, for a library that reaches into them without types.
import { ask } from './wire.js';

/** A file in the page's hands. */
export class OpaqueData {
  static async createFromData(data, type) {
    return new OpaqueData(data, type);
  }
  constructor(data, type) {
    this.data = data;
    this.type = type;
  }
  url() {
    return `blob:standin/${this.type}`;
  }
  autorelease() {}
  formData() {
    return this.data;
  }
}

const TYPES = { image: 'image', video: 'video', audio: 'audio' };

/** What the page makes of a file before it is uploaded. */
export function prepRawMedia(opaque, { asDocument, isPtt, asSticker }) {
  const { data: file, type: mimetype } = opaque;
  const kind = TYPES[mimetype.split('/')[0]] ?? 'document';
  const type = asSticker ? 'sticker' : asDocument ? 'document' : isPtt && kind === 'audio' ? 'ptt' : kind;
  return {
    async waitForPrep() {
      const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
      const filehash = btoa(String.fromCharCode(...new Uint8Array(hash)));
      const data = { type, mimetype, size: file.size, filename: file.name, filehash, mediaBlob: opaque, isGif: false };
      const define = (name, value) => Object.defineProperty(data, name, { value, enumerable: false });
      define('set', (more) => Object.assign(data, more));
      define('toJSON', () => {
        const { mediaBlob, ...plain } = data;
        return plain;
      });
      return data;
    },
  };
}

const objects = new Map();
export function mediaObject(filehash) {
  if (!objects.has(filehash)) {
    const object = { filehash, contentInfo: { waveform: new Uint8Array(64) } };
    object.consolidate = (data) => Object.assign(object, { type: data.type, size: data.size, blob: data.mediaBlob });
    objects.set(filehash, object);
  }
  return objects.get(filehash);
}

/** Keeps the blob until it is uploaded: what is consolidated has lost it. */
const blobs = new Map();
export const keepBlob = (filehash, opaque) => blobs.set(filehash, opaque);

export async function uploadMedia({ mimetype, mediaObject: object }) {
  const opaque = blobs.get(object.filehash);
  const bytes = new Uint8Array(await opaque.data.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  const { file } = await ask('upload', { mimetype, name: opaque.data.name, data: btoa(text) });
  return {
    mediaEntry: {
      mmsUrl: `/file/${file}`,
      directPath: `/file/${file}`,
      mediaKey: 'key',
      mediaKeyTimestamp: 0,
      encFilehash: file,
      uploadHash: file,
    },
  };
}

export async function download({ directPath }) {
  const answer = await fetch(`/api${directPath}`);
  if (!answer.ok) throw Object.assign(new Error('gone'), { status: answer.status });
  return await answer.arrayBuffer();
}
