import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { LinkHolder } from '../../connectors/link.ts';
import type { Hub } from '../hub.ts';
import type { Place } from '../media/store.ts';
import { seal, unseal } from './sealed.ts';

/**
 * The saved login of an account, sealed, among the house's files: there every hub finds it. Its name is in no row of
 * `media`, and files are served by their rows only.
 */
export function savedLogin(
  hub: Pick<Hub, 'media' | 'secrets'>,
  organisationId: string,
  channelId: string,
): LinkHolder['saved'] {
  const place = placeOf(organisationId, channelId);
  const key = hub.secrets.derive('link');
  return {
    async load() {
      const sealed = await hub.media.open(place);
      return sealed && (Readable.toWeb(Readable.from(unseal(sealed, key, channelId))) as ReadableStream<Uint8Array>);
    },
    async save(bytes) {
      await hub.media.put(place, seal(bytes as unknown as AsyncIterable<Uint8Array>, key, channelId));
    },
    remove: () => hub.media.remove(place),
  };
}

/** Of the shape of an id, and no id of anything. */
function placeOf(organisationId: string, channelId: string): Place {
  const hash = createHash('sha256').update(`link ${channelId}`).digest('hex');
  const id = [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join(
    '-',
  );
  return { organisationId, id };
}
