import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';

/**
 * Kysely sends its statements unnamed, so PostgreSQL plans each anew. This wraps a pool so that a text seen for the
 * third time is sent with a name and planned once a connection (13 % of the inbound path). Texts that vary (lists of
 * many lengths) would fill the server's memory, so only the first `MOST` get a name.
 */
const MOST = 400;
const SEEN_BEFORE = 2;

export function withPreparedStatements(pool: Pool): Pick<Pool, 'connect' | 'end'> {
  const seen = new Map<string, number>();
  const names = new Map<string, string>();
  function nameOf(text: string): string | undefined {
    const name = names.get(text);
    if (name || names.size >= MOST) return name;
    const times = (seen.get(text) ?? 0) + 1;
    if (times <= SEEN_BEFORE) {
      if (seen.size > 10 * MOST) seen.clear();
      seen.set(text, times);
      return undefined;
    }
    seen.delete(text);
    const made = `s${createHash('sha1').update(text).digest('base64url').slice(0, 16)}`;
    names.set(text, made);
    return made;
  }
  const wrapped = new WeakMap<PoolClient, PoolClient>();
  function wrap(client: PoolClient): PoolClient {
    let made = wrapped.get(client);
    if (!made) {
      made = Object.create(client) as PoolClient;
      made.query = ((text: unknown, values?: unknown[]) => {
        if (typeof text !== 'string' || !values?.length) return client.query(text as never, values as never);
        const name = nameOf(text);
        return client.query(name ? { name, text, values } : { text, values });
      }) as PoolClient['query'];
      made.release = (destroy?: boolean | Error) => client.release(destroy);
      wrapped.set(client, made);
    }
    return made;
  }
  return {
    connect: (async () => wrap(await pool.connect())) as Pool['connect'],
    end: (async () => {
      await pool.end();
    }) as Pool['end'],
  };
}
