import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { StartProblem } from '../problem.ts';
import { say } from '../say.mjs';

const Record = z.object({
  port: z.int().min(1).max(65_535).optional(),
  /** Of the role `haina`, which owns the database and nothing else. */
  password: z.string().min(20),
  /** Of the role `postgres`, for the operator's own tools. */
  adminPassword: z.string().min(20),
  /** The role and the database `haina` are there. */
  made: z.boolean(),
});

/** What we keep beside the data: how to get in. */
export type Record = z.infer<typeof Record>;

/**
 * Reads the record, or makes one with new passwords for a cluster that is still to be made.
 * @throws StartProblem when there is data but no way in any more
 */
export function openRecord(path: string, cluster: string): Record {
  try {
    return Record.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    if (!existsSync(cluster)) return saveRecord(path, { password: secret(), adminPassword: secret(), made: false });
    throw new StartProblem(
      say(
        `${path} is missing or damaged, and only it holds the password of the database in ${cluster}: restore it from a backup, or move both away to begin with an empty database.`,
        `${path} 丢失或损坏，而 ${cluster} 中数据库的密码只存在其中：请从备份恢复该文件，或把两者移走以从空数据库开始。`,
      ),
    );
  }
}

/** Writes the record in one step, readable by its owner alone. */
export function saveRecord(path: string, record: Record): Record {
  writeFileSync(`${path}.new`, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return record;
}

const secret = () => randomBytes(24).toString('base64url');
