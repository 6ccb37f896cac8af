import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newId } from '../id.ts';
import { type MediaStore, type Place, plain } from './store.ts';

/**
 * Files under `<folder>/media/<organisation>/<aa>/<id>`, where `aa` are the last two hexadecimal digits of the id (the
 * first are the time and would fill one folder after the other). Written beside and renamed, so that a name always
 * means a whole file. Names are made of ids of ours only.
 */
export function diskStore(dataDir: string): MediaStore {
  const root = join(dataDir, 'media');
  const pathOf = ({ organisationId, id, preview }: Place) =>
    join(root, plain(organisationId), plain(id).slice(-2), preview ? `${id}.preview` : id);

  return {
    async put(place, bytes) {
      const path = pathOf(place);
      const unfinished = join(root, 'unfinished', newId());
      await mkdir(dirname(unfinished), { recursive: true });
      await mkdir(dirname(path), { recursive: true });
      const file = await open(unfinished, 'wx');
      let size = 0;
      try {
        try {
          for await (const part of bytes) {
            await file.writeFile(part);
            size += part.length;
          }
          // The row that says "ready" is durable, so the bytes must be before it.
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(unfinished, path);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
      return size;
    },
    async open(place, range) {
      const path = pathOf(place);
      if (!(await sizeOf(path))) return null;
      return createReadStream(path, range);
    },
    size: (place) => sizeOf(pathOf(place)).then((found) => found?.size ?? null),
    async remove(place) {
      await rm(pathOf(place), { force: true });
    },
  };
}

async function sizeOf(path: string): Promise<{ size: number } | null> {
  try {
    return { size: (await stat(path)).size };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
