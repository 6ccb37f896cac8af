import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StartProblem } from '../problem.ts';
import { say } from '../say.mjs';

/** Who runs the server. Empty: whoever we are. */
export type Account = { uid: number; gid: number } | Record<string, never>;

/** PostgreSQL refuses to run as root, so root lends it an account; everybody else runs it themselves. */
export function serverAccount(cluster: string): Account {
  if (process.getuid?.() !== 0) return {};
  return ownerOf(cluster) ?? lookUp('postgres') ?? create();
}

/** Data made by an ordinary account stays with it, even when root starts Haina the next time. */
function ownerOf(cluster: string): Account | undefined {
  const { uid, gid } = statSync(join(cluster, 'PG_VERSION'), { throwIfNoEntry: false }) ?? { uid: 0, gid: 0 };
  return uid ? { uid, gid } : undefined;
}

function lookUp(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8').match(new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm'));
  return line ? { uid: Number(line[1]), gid: Number(line[2]) } : undefined;
}

function create(): Account {
  try {
    execFileSync(
      'useradd',
      ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
      {
        stdio: 'pipe',
      },
    );
  } catch {
    // Answered below: what counts is whether the account is there now.
  }
  const account = lookUp('postgres');
  if (account) return account;
  throw new StartProblem(
    say(
      'PostgreSQL does not run as root and no account for it could be made: start Haina as an ordinary user, or add a system user named postgres.',
      'PostgreSQL 不能以 root 身份运行，且无法创建它的账户：请用普通用户启动海纳，或先添加名为 postgres 的系统用户。',
    ),
  );
}

/** Whether the account can walk to `path`: every existing folder above it lets it through. */
export function canReach({ uid, gid }: Account, path: string): boolean {
  if (uid === undefined) return true;
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (stat) {
      const bit = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
      if (!(stat.mode & bit)) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}
