import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartProblem } from './problem.ts';
import { say } from './say.mjs';

/**
 * Makes the data folder, private to its owner, and proves that it can be written to. Run by root it may be walked
 * through (not listed) by others, because PostgreSQL refuses to run as root and its account must reach its part.
 * @throws StartProblem
 */
export function prepareDataFolder(folder: string): void {
  try {
    const made = make(folder);
    if (made) chmodSync(folder, process.getuid?.() === 0 ? 0o711 : 0o700);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    // Some file systems that nobody may write to (/proc) say ENOENT.
    const readOnly = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw describeFolderError(readOnly ? { code: 'EROFS' } : error, folder);
  }
}

/**
 * Makes the folder and those above it that are missing; gives the topmost one made. Step by step, because Node's own
 * recursive way never ends where a file system answers ENOENT although the folder above is there.
 */
function make(folder: string): string | undefined {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there && !there.isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
  if (there) return undefined;
  const above = make(dirname(folder));
  mkdirSync(folder);
  return above ?? folder;
}

/** Turns an error of the file system under `folder` into a sentence with the way out; another error comes back. */
export function describeFolderError(error: unknown, folder: string): unknown {
  switch ((error as NodeJS.ErrnoException)?.code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StartProblem(
        say(
          `The data folder ${folder} cannot be written to by this account: give it the folder (chown), or choose another one with DATA_DIR.`,
          `当前用户无法写入数据目录 ${folder}：请把目录交给该用户（chown），或用 DATA_DIR 另选目录。`,
        ),
      );
    case 'ENOSPC':
    case 'EDQUOT':
    // PostgreSQL's own code for it.
    case '53100':
      return diskFull(folder);
    case 'ENOTDIR':
    case 'EEXIST':
      return new StartProblem(
        say(
          `The data folder ${folder} is a file, or lies below one: choose another one with DATA_DIR.`,
          `数据目录 ${folder} 是一个文件，或位于某个文件之下：请用 DATA_DIR 另选目录。`,
        ),
      );
    default:
      return error;
  }
}

export const diskFull = (folder: string) =>
  new StartProblem(
    say(
      `The disk that holds ${folder} is full: free some space (1 GB is a good start), or choose a folder on another disk with DATA_DIR.`,
      `${folder} 所在的磁盘已满：请腾出空间（建议至少 1 GB），或用 DATA_DIR 指定其他磁盘上的目录。`,
    ),
  );
