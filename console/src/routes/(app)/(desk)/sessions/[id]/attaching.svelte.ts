import { t } from '#lib/i18n/index.svelte.ts';
import { sentence, toast } from '#lib/say.ts';
import type { Talk } from '#lib/talk.svelte.ts';
import { bytes } from '#lib/text.ts';
import { upload } from '#lib/upload.ts';
import type { FileRule } from '../../../../../../../core/can.ts';
import { carries } from '../../../../../../../core/fit.ts';

/** As a channel may carry a file, in the order they are tried: a video it does not play still goes as a file. */
const KINDS = ['image', 'video', 'voice', 'file'] as const;
type Kind = (typeof KINDS)[number];
/** A member may not send more than this, whatever the channel carries. Bytes. */
const OURS = { image: 5 * 1024 * 1024, file: 50 * 1024 * 1024 };

/** A file on its way to the hub; `part` from 0 to 1. */
export interface Upload {
  id: number;
  name: string;
  part: number;
  stop: () => void;
}

/** Files that are given to a conversation: each is looked at, uploaded and sent by itself. */
export class Attaching {
  uploads: Upload[] = $state([]);
  #count = 0;
  readonly #talk: () => Talk;

  constructor(talk: () => Talk) {
    this.#talk = talk;
  }
  /** What a file button offers: everything the channel takes that is not a picture. Undefined: anything. */
  get types(): string | undefined {
    const { can } = this.#talk();
    const types = (['file', 'video', 'voice'] as const).flatMap((one) => can[one]?.types ?? []);
    return types.includes('*/*') ? undefined : [...new Set(types)].join(',');
  }
  /** Sends what the channel carries; of the rest it tells why not. */
  add(files: Iterable<File>): void {
    for (const file of files) {
      const kinds = KINDS.filter((kind) => this.#takes(kind, file.type || 'application/octet-stream'));
      const kind = kinds.find((one) => file.size <= this.#most(one));
      if (kind) void this.#send(file, kind);
      else
        toast.error(
          kinds[0]
            ? t('composer.tooLarge', { name: file.name, size: bytes(this.#most(kinds[0])) })
            : t('composer.refused', { name: file.name }),
        );
    }
  }
  #takes(kind: Kind, mime: string): boolean {
    const rule: FileRule | undefined = this.#talk().can[kind];
    return rule ? carries(rule, mime, undefined) : false;
  }
  /** Bytes we may give: what the channel carries, or the hub makes fit. */
  #most(kind: Kind): number {
    const rule = this.#talk().can[kind]!;
    return Math.min(Math.max(rule.bytes, rule.remade ?? 0), kind === 'image' ? OURS.image : OURS.file);
  }
  async #send(file: File, kind: Kind): Promise<void> {
    const talk = this.#talk();
    const stop = new AbortController();
    const id = ++this.#count;
    this.uploads.push({ id, name: file.name, part: 0, stop: () => stop.abort() });
    try {
      const { url, previewUrl, ...stored } = await upload(
        file,
        (part) => {
          const shown = this.uploads.find((one) => one.id === id);
          if (shown) shown.part = part;
        },
        stop.signal,
      );
      const media = {
        id: stored.id,
        url,
        previewUrl: previewUrl ?? undefined,
        name: stored.name,
        mime: stored.mime,
        size: stored.size,
        width: stored.width ?? undefined,
        height: stored.height ?? undefined,
      };
      await talk.send({ type: kind, media });
    } catch (error) {
      if ((error as Error).name !== 'AbortError') toast.error(`${file.name}: ${sentence(error)}`);
    } finally {
      this.uploads = this.uploads.filter((one) => one.id !== id);
    }
  }
}
