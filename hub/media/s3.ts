import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AwsClient } from 'aws4fetch';
import { newId } from '../id.ts';
import { type MediaStore, type Place, plain } from './store.ts';

export interface S3Options {
  /** Without a slash at the end: `https://s3.eu-central-1.amazonaws.com`, or a store of one's own. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Where a file lies while it arrives: its size and its end are known before the store hears of it. */
  folder: string;
}

const TRIES = 3;

/**
 * Files as objects `<organisation>/<id>` (and `<id>.preview`) in a bucket of any store that speaks S3, addressed by path,
 * so that stores without a name for every bucket serve as well. Throws when the store does not answer as it should.
 */
export function s3Store({ endpoint, bucket, folder, ...keys }: S3Options): MediaStore {
  const client = new AwsClient({ ...keys, service: 's3', retries: 0 });
  const addressOf = ({ organisationId, id, preview }: Place) =>
    `${endpoint}/${bucket}/${plain(organisationId)}/${plain(id)}${preview ? '.preview' : ''}`;

  async function ask(method: string, place: Place, init: { body?: Blob; range?: string } = {}): Promise<Response> {
    for (let tries = 1; ; tries++) {
      try {
        const headers: Record<string, string> = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
        if (init.range) headers.range = init.range;
        if (init.body) headers['content-length'] = String(init.body.size);
        const signed = await client.sign(addressOf(place), { method, headers });
        const answer = await fetch(signed.url, {
          method,
          headers: signed.headers,
          ...(init.body && { body: init.body }),
        });
        if (answer.status < 500 || tries === TRIES) return answer;
        await answer.body?.cancel();
      } catch (error) {
        if (tries === TRIES) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 200 * 4 ** (tries - 1)));
    }
  }

  return {
    async put(place, bytes) {
      const unfinished = join(folder, newId());
      await mkdir(folder, { recursive: true });
      try {
        await pipeline(Readable.from(bytes, { objectMode: false }), createWriteStream(unfinished, { flags: 'wx' }));
        const { size } = await stat(unfinished);
        const answer = await ask('PUT', place, { body: await openAsBlob(unfinished) });
        await answer.body?.cancel();
        if (!answer.ok) throw wrong('keep', answer);
        return size;
      } finally {
        await rm(unfinished, { force: true });
      }
    },
    async open(place, range) {
      const answer = await ask('GET', place, range && { range: `bytes=${range.start}-${range.end}` });
      if (answer.ok && answer.body) return Readable.fromWeb(answer.body as never);
      await answer.body?.cancel();
      if (answer.status === 404) return null;
      throw wrong('open', answer);
    },
    async size(place) {
      const answer = await ask('HEAD', place);
      if (answer.status === 404) return null;
      if (!answer.ok) throw wrong('measure', answer);
      return Number(answer.headers.get('content-length'));
    },
    async remove(place) {
      const answer = await ask('DELETE', place);
      await answer.body?.cancel();
      if (!answer.ok && answer.status !== 404) throw wrong('remove', answer);
    },
  };
}

/** The status only: an answer of the store may quote what was signed. */
const wrong = (what: string, { status }: Response) =>
  new Error(`The object store did not ${what} a file: it answered ${status}.`);
