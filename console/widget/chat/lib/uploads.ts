import type { Hello } from '../../../../hub/shapes/visitor.ts';
import type { Api, Problem } from './api.ts';
import { kindOf, refusal } from './files.ts';
import { newId } from './id.ts';

export interface Upload {
  id: string;
  name: string;
  size: number;
  kind: 'image' | 'video' | 'file';
  /** A blob: address of the picture. */
  preview?: string;
  /** 0 to 1. */
  part: number;
  /** Why it did not work. */
  code?: string;
}

/** Files on their way up, two at a time. When one is there, it becomes a message. */
export class Uploads {
  #api: Api;
  #changed: (uploads: Upload[]) => void;
  #done: (content: { type: Upload['kind']; media: { id: string } }) => void;
  #files = new Map<string, { file: File; stop: AbortController; busy: boolean }>();
  #list: Upload[] = [];

  constructor(
    api: Api,
    changed: (uploads: Upload[]) => void,
    done: (content: { type: Upload['kind']; media: { id: string } }) => void,
  ) {
    this.#api = api;
    this.#changed = changed;
    this.#done = done;
  }

  add(files: Iterable<File>, limits: Hello['limits']): void {
    for (const file of files) {
      const id = newId();
      const kind = kindOf(file.type);
      const code = refusal(file, limits);
      const preview = kind === 'image' && !code ? URL.createObjectURL(file) : undefined;
      this.#files.set(id, { file, stop: new AbortController(), busy: false });
      this.#list = [...this.#list, { id, name: file.name, size: file.size, kind, preview, part: 0, code }];
    }
    this.#next();
  }

  cancel(id: string): void {
    this.#files.get(id)?.stop.abort();
    this.#remove(id);
    this.#next();
  }

  retry(id: string): void {
    this.#change(id, { code: undefined, part: 0 });
    this.#next();
  }

  #next(): void {
    this.#changed(this.#list);
    const busy = [...this.#files.values()].filter((held) => held.busy).length;
    for (const upload of this.#list
      .filter(({ id, code }) => !code && !this.#files.get(id)?.busy)
      .slice(0, Math.max(0, 2 - busy))) {
      this.#send(upload.id);
    }
  }

  async #send(id: string): Promise<void> {
    const held = this.#files.get(id)!;
    held.busy = true;
    try {
      const stored = await this.#api.upload(held.file, (part) => this.#change(id, { part }), held.stop.signal);
      this.#remove(id);
      this.#done({ type: kindOf(stored.mime), media: { id: stored.id } });
    } catch (error) {
      this.#change(id, { code: (error as Problem).code });
    }
    held.busy = false;
    this.#next();
  }

  #change(id: string, change: Partial<Upload>): void {
    this.#list = this.#list.map((upload) => (upload.id === id ? { ...upload, ...change } : upload));
    this.#changed(this.#list);
  }

  #remove(id: string): void {
    const gone = this.#list.find((upload) => upload.id === id);
    if (gone?.preview) URL.revokeObjectURL(gone.preview);
    this.#files.delete(id);
    this.#list = this.#list.filter((upload) => upload.id !== id);
    this.#changed(this.#list);
  }
}
