import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { Org } from './org.ts';
import { withPreparedStatements } from './prepared.ts';
import type { Tables } from './schema.ts';

pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * The connection to PostgreSQL. `org(id)` is the way in for everything that serves a person or a channel; `everywhere`
 * is for the house's own work that starts before an organisation is known (find a channel by its key, tick, migrate).
 */
export class Database {
  readonly everywhere: Kysely<Tables>;
  readonly pool: pg.Pool;

  constructor(url: string, connections = 10) {
    this.pool = new pg.Pool({ connectionString: url, max: connections, application_name: 'haina', keepAlive: true });
    // An idle connection that the server drops is replaced by the pool; without a listener it would end the process.
    this.pool.on('error', () => {});
    this.everywhere = new Kysely<Tables>({
      dialect: new PostgresDialect({ pool: withPreparedStatements(this.pool) as pg.Pool }),
    });
  }

  org(id: string): Org {
    return new Org(this.everywhere, id);
  }

  async close(): Promise<void> {
    await this.everywhere.destroy();
  }
}
