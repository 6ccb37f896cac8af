import type { Readable } from 'node:stream';

/** One stored object: the file itself, or what stands for it: a small picture, a voice that browsers play. */
export interface Place {
  organisationId: string;
  id: string;
  preview?: boolean;
}

/** Where files are kept. What they are (name, type, size) is in the table `media`; here are only bytes. */
export interface MediaStore {
  /**
   * Keeps what the stream gives, all or nothing: when it fails or throws, nothing is there. Gives the size in bytes.
   */
  put(place: Place, bytes: AsyncIterable<Uint8Array>): Promise<number>;
  /** From byte `start` to `end`, both included. Null when there is no such file. */
  open(place: Place, range?: { start: number; end: number }): Promise<Readable | null>;
  /** Bytes; null when there is no such file. */
  size(place: Place): Promise<number | null>;
  remove(place: Place): Promise<void>;
}

/** An id of ours, fit to be part of a path; throws on anything else. */
export function plain(id: string): string {
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new Error('not an id');
  return id;
}
