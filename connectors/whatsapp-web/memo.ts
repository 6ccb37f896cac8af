import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const shape = z.object({
  /** Who was linked here; absent before the first login and after a logout. */
  account: z.string().optional(),
  /** Until when everything was heard, epoch milliseconds. */
  seenAt: z.number().optional(),
  /** The snapshot this machine saved, or was restored from, last. */
  saved: z.string().optional(),
});
export type Memo = z.infer<typeof shape>;

/** What a machine knows of the profile in a folder. An unreadable file counts as none. */
export async function readMemo(folder: string): Promise<Memo> {
  const text = await readFile(join(folder, 'memo.json'), 'utf8').catch(() => '{}');
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Written beside and renamed: whole, or as before. */
export async function writeMemo(folder: string, memo: Memo): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'memo.json');
  await writeFile(`${path}.new`, JSON.stringify(memo), { mode: 0o600 });
  await rename(`${path}.new`, path);
}
