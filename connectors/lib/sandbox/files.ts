import { randomUUID } from 'node:crypto';

export interface StoredFile {
  id: string;
  name: string;
  mime: string;
  bytes: Uint8Array;
  at: number;
}

/** What people upload on the phone, in memory; the oldest go when the whole would pass `maxBytes`. */
export class Files {
  readonly #files = new Map<string, StoredFile>();
  readonly #maxBytes: number;
  #bytes = 0;
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(file: Omit<StoredFile, 'id'>): StoredFile {
    const stored = { ...file, id: randomUUID() };
    this.#files.set(stored.id, stored);
    this.#bytes += stored.bytes.length;
    for (const [id, old] of this.#files) {
      if (this.#bytes <= this.#maxBytes || id === stored.id) break;
      this.#files.delete(id);
      this.#bytes -= old.bytes.length;
    }
    return stored;
  }

  get(id: string): StoredFile | undefined {
    return this.#files.get(id);
  }
}
