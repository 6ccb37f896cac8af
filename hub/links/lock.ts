import pg from 'pg';
import type { Logger } from 'pino';

const PATIENCE_MS = 5_000;

/**
 * Who holds which account, across all hubs: PostgreSQL's session locks, on one connection of their own, so that the pool
 * keeps all of its own. When this hub or its connection dies, the locks are free at once.
 */
export class AccountLocks {
  readonly #url: string;
  readonly #log: Logger;
  readonly #lost: () => void;
  #client: pg.Client | undefined;
  #held = new Set<string>();
  #closed = false;

  /** `lost` is called when the connection broke: another hub may hold everything from now on. */
  constructor(url: string, log: Logger, lost: () => void) {
    this.#url = url;
    this.#log = log;
    this.#lost = lost;
  }

  /** True when it is ours now. Throws when the database is away. */
  async take(id: string): Promise<boolean> {
    const client = await this.#connected();
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
      [nameOf(id)],
    );
    if (!rows[0]?.taken) return false;
    this.#held.add(id);
    return true;
  }

  async release(id: string): Promise<void> {
    if (!this.#held.delete(id)) return;
    await this.#client?.query('select pg_advisory_unlock(hashtextextended($1, 0))', [nameOf(id)]).catch(() => {});
  }

  /** Asks the connection whether it lives; a dead one is noticed here even where the network swallows everything. */
  async feel(): Promise<void> {
    const client = this.#client;
    if (!client) return;
    await client.query('select 1').catch(() => this.#drop(client));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#held.clear();
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => {});
  }

  async #connected(): Promise<pg.Client> {
    if (this.#closed) throw new Error('closed');
    if (this.#client) return this.#client;
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: 'haina links',
      keepAlive: true,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
    });
    client.on('error', () => this.#drop(client));
    client.on('end', () => this.#drop(client));
    await client.connect();
    this.#client = client;
    return client;
  }

  #drop(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    const had = this.#held.size;
    this.#held = new Set();
    void client.end().catch(() => {});
    if (!had || this.#closed) return;
    this.#log.warn({ accounts: had }, 'the connection that holds the linked accounts broke; they are let go');
    this.#lost();
  }
}

const nameOf = (id: string) => `haina:link:${id}`;
