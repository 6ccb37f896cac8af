import { setTimeout as sleep } from 'node:timers/promises';
import { withClient } from './postgres/login.ts';
import { StartProblem } from './problem.ts';
import { say } from './say.mjs';

/** The oldest PostgreSQL we run on. */
const OLDEST = 15;
/** How long a server that says it is still starting is waited for. Milliseconds. */
const STARTING = 30_000;

export type ServerFacts = { version: string; number: number; encoding: string; standby: boolean; mayCreate: boolean };

const ask = (url: string) =>
  withClient(url, async (client) => {
    const { rows } = await client.query(`
      select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
        current_setting('server_encoding') as encoding, pg_is_in_recovery() as standby,
        coalesce(has_schema_privilege(current_schema(), 'create'), false) as "mayCreate"`);
    return rows[0] as ServerFacts;
  });

/**
 * Proves that the database of DATABASE_URL answers and is fit for use.
 * @throws StartProblem naming host and database, never the password
 */
export async function checkGivenDatabase(
  url: string,
  query: (url: string) => Promise<ServerFacts> = ask,
): Promise<void> {
  const facts = await patiently(url, query);
  const where = place(url);
  if (facts.number < OLDEST * 10_000)
    throw new StartProblem(
      say(
        `The database at ${where} is PostgreSQL ${facts.version}: upgrade it to ${OLDEST} or newer, or leave DATABASE_URL empty to use the one Haina brings.`,
        `${where} 的数据库是 PostgreSQL ${facts.version}：请升级到 ${OLDEST} 或更高版本，或清空 DATABASE_URL 以使用海纳自带的数据库。`,
      ),
    );
  if (facts.encoding !== 'UTF8')
    throw new StartProblem(
      say(
        `The database at ${where} stores text as ${facts.encoding}: create one with ENCODING 'UTF8' and name it in DATABASE_URL.`,
        `${where} 的数据库使用 ${facts.encoding} 编码：请以 ENCODING 'UTF8' 创建数据库，并在 DATABASE_URL 中使用它。`,
      ),
    );
  if (facts.standby)
    throw new StartProblem(
      say(
        `The database at ${where} is a read-only standby: point DATABASE_URL at its primary.`,
        `${where} 的数据库是只读备库：请把 DATABASE_URL 指向主库。`,
      ),
    );
  if (!facts.mayCreate)
    throw new StartProblem(
      say(
        `The user of DATABASE_URL may not create tables in ${where}: run GRANT CREATE ON SCHEMA public TO that user, or make it the owner of the database.`,
        `DATABASE_URL 中的用户无权在 ${where} 中建表：请执行 GRANT CREATE ON SCHEMA public TO 该用户，或让它成为数据库的所有者。`,
      ),
    );
}

async function patiently(url: string, query: (url: string) => Promise<ServerFacts>): Promise<ServerFacts> {
  for (const end = Date.now() + STARTING; ; await sleep(300)) {
    try {
      return await query(url);
    } catch (error) {
      // 57P03: "the database system is starting up", as after a restart of the whole machine.
      if ((error as { code?: string }).code !== '57P03' || Date.now() > end) throw describeConnectError(error, url);
    }
  }
}

/** Host, port and database of a connection URL: what may be shown. */
function place(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  const host = hostname || searchParams.get('host') || 'localhost';
  return `${host}:${port || 5432}${pathname}`;
}

function describeConnectError(error: unknown, url: string): unknown {
  const where = place(url);
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const problem = (en: string, zh: string) => new StartProblem(say(en, zh));
  if (code === '28P01' || code === '28000')
    return problem(
      `The database at ${where} refuses the user or the password: correct them in DATABASE_URL (special characters in a password are written percent-encoded), or allow this machine in pg_hba.conf.`,
      `${where} 的数据库拒绝了用户名或密码：请更正 DATABASE_URL（密码中的特殊字符需要百分号编码），或在 pg_hba.conf 中允许本机连接。`,
    );
  if (code === '3D000')
    return problem(
      `The server answers, but there is no such database as in ${where}: create it (CREATE DATABASE … ENCODING 'UTF8'), or correct the name in DATABASE_URL.`,
      `服务器可以连接，但 ${where} 中的数据库不存在：请先创建它（CREATE DATABASE … ENCODING 'UTF8'），或更正 DATABASE_URL 中的名称。`,
    );
  if (code === '53300')
    return problem(
      `The database at ${where} has no connection left: raise its max_connections, or lower DATABASE_POOL.`,
      `${where} 的数据库连接数已满：请提高它的 max_connections，或调低 DATABASE_POOL。`,
    );
  if (/SSL|certificate|TLS/i.test(message))
    return problem(
      `No secure connection to the database at ${where} could be made (${message}): correct sslmode or sslrootcert in DATABASE_URL.`,
      `无法与 ${where} 的数据库建立安全连接（${message}）：请检查 DATABASE_URL 中的 sslmode 或 sslrootcert。`,
    );
  const reason = code || message || 'no answer';
  return problem(
    `No database answers at ${where} (${reason}): start it or correct DATABASE_URL, or leave DATABASE_URL empty to use the one Haina brings.`,
    `${where} 没有数据库响应（${reason}）：请启动它或更正 DATABASE_URL，也可以清空 DATABASE_URL 以使用海纳自带的数据库。`,
  );
}
