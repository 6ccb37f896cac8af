import { randomBytes } from 'node:crypto';
import { BoundedMap } from '../../lib/sandbox/bounded.ts';
import type { Files, StoredFile } from '../../lib/sandbox/files.ts';

/** Temporary media live three days (wechat.md §9), in milliseconds. */
const LIFE_MS = 3 * 24 * 3_600_000;
export type MediaType = 'image' | 'voice' | 'video' | 'thumb';

interface Kept {
  appId: string;
  type: MediaType;
  file: string;
  until: number;
}

/** Temporary media of all accounts, those of their customers too; an id is worth nothing in another account. */
export class Medias {
  readonly #kept = new BoundedMap<string, Kept>(2_000);
  readonly #files: Files;
  readonly #now: () => number;
  constructor(files: Files, now: () => number) {
    this.#files = files;
    this.#now = now;
  }

  add(appId: string, type: MediaType, file: string): string {
    const id = randomBytes(48).toString('base64url');
    this.#kept.set(id, { appId, type, file, until: this.#now() + LIFE_MS });
    return id;
  }

  /** `undefined`: never there, another account's, too old, or dropped because memory is short. */
  get(appId: string, id: string): { type: MediaType; file: StoredFile } | undefined {
    const kept = this.#kept.get(id);
    const file = kept && kept.appId === appId && kept.until > this.#now() ? this.#files.get(kept.file) : undefined;
    return kept && file && { type: kept.type, file };
  }

  /** Ends the life of all. */
  drop(): void {
    this.#kept.clear();
  }
}
