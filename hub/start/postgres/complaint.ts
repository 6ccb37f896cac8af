import { describeFolderError, diskFull } from '../folder.ts';
import { StartProblem } from '../problem.ts';
import { say } from '../say.mjs';

/** PostgreSQL needs none of our environment, and our secrets are none of its business. Messages come in English. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env;
  return { PATH, LC_ALL: 'C', ...(SystemRoot && { SystemRoot }), ...(TEMP && { TEMP }) };
}

/**
 * Turns what initdb or postgres wrote before it gave up into a sentence with the way out.
 * @param words its messages, in English; may be empty when it could not be run at all, then `error` decides
 */
export function describeServerError(words: string, folder: string, error?: unknown): unknown {
  const library = words.match(/error while loading shared libraries: ([^:\s]+)/)?.[1];
  if (library)
    return new StartProblem(
      say(
        `PostgreSQL needs the system library ${library}: install it, or set DATABASE_URL to a PostgreSQL 15 or newer of your own.`,
        `PostgreSQL 缺少系统库 ${library}：请安装它，或用 DATABASE_URL 指定自己的 PostgreSQL（15 或更高版本）。`,
      ),
    );
  if (/No space left on device|Disk quota exceeded|Check free disk space|wrote only \d+ of \d+ bytes/.test(words))
    return diskFull(folder);
  if (/Permission denied|Read-only file system|Operation not permitted/.test(words))
    return describeFolderError({ code: 'EACCES' }, folder);
  if (/could not create shared memory|Cannot allocate memory|could not map anonymous shared memory/.test(words))
    return new StartProblem(
      say(
        'There is not enough memory for PostgreSQL: free 200 MB, or set DATABASE_URL to a PostgreSQL on another machine.',
        '内存不足，PostgreSQL 无法启动：请腾出约 200 MB 内存，或用 DATABASE_URL 使用其他机器上的 PostgreSQL。',
      ),
    );
  const last = words
    .split('\n')
    .findLast((line) => /FATAL|PANIC|error:/i.test(line))
    ?.replace(/^.*?(FATAL|PANIC|error):\s*/i, '');
  if (!last) return describeFolderError(error, folder);
  return new StartProblem(
    say(
      `PostgreSQL in ${folder} did not start (${last}): see ${folder}.log, or set DATABASE_URL to a PostgreSQL of your own.`,
      `${folder} 中的 PostgreSQL 无法启动（${last}）：请查看 ${folder}.log，或用 DATABASE_URL 指定自己的 PostgreSQL。`,
    ),
  );
}
