import type { MediaStream } from '../connector.ts';
import { Gone, Refused, Retry } from '../errors.ts';
import type { WebClient } from './client.ts';
import { readMessage } from './inbound.ts';
import * as limit from './limits.ts';
import { Recent } from './recent.ts';
import { beforeSending } from './trouble.ts';
import { TooLate, within } from './within.ts';

/** Fetches customers' files out of the page: one at a time, bounded in size and time (A5). */
export class Downloads {
  readonly #client: () => WebClient;
  readonly #now: () => number;
  readonly #tries = new Recent<number>(1000);
  #tail: Promise<unknown> = Promise.resolve();

  constructor(client: () => WebClient, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  async open(source: string): Promise<MediaStream> {
    const turn = this.#tail.then(() => this.#fetch(source));
    this.#tail = turn.catch(() => {});
    return await turn;
  }

  async #fetch(source: string): Promise<MediaStream> {
    const client = this.#client();
    let found: { data: string; mime?: string; name?: string } | null;
    try {
      const message = readMessage(await within(limit.ASK_MS, client.message(source)));
      if (!message) throw new Gone('WhatsApp no longer has this message.');
      if ((message._data?.size ?? 0) > limit.FILE_BYTES)
        throw new Refused('file_too_large', 'The file is larger than can be fetched through WhatsApp Web.');
      if (this.#now() - message.timestamp * 1000 > limit.DOWNLOAD_WITHIN_MS)
        throw new Gone('The file is too old for WhatsApp.');
      found = await within(limit.DOWNLOAD_MS, client.download(source));
    } catch (error) {
      if (error instanceof Gone) throw error;
      if (error instanceof TooLate) throw this.#later(source, 'The file did not come in time.');
      throw beforeSending(error);
    }
    if (!found?.data) throw this.#later(source, 'The phone has to upload this file again.');
    const bytes = Buffer.from(found.data, 'base64');
    return {
      stream: new Blob([bytes]).stream() as ReadableStream<Uint8Array>,
      mime: found.mime?.split(';')[0],
      name: found.name,
      size: bytes.length,
    };
  }

  /** The phone may be off for a while; after some tries the file counts as gone. */
  #later(source: string, why: string): Error {
    const tries = (this.#tries.get(source) ?? 0) + 1;
    this.#tries.set(source, tries);
    return tries < limit.DOWNLOAD_TRIES ? new Retry(why, 30_000 * 4 ** (tries - 1)) : new Gone(why);
  }
}
