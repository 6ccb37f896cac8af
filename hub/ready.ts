import type { Hub } from './hub.ts';
import { pingRedis } from './live.ts';
import { migrations } from './store/migrate.ts';
import { appliedMigrations } from './store/migrations.ts';

type Point = 'ok' | 'away' | 'behind';
const PATIENCE_MS = 2_000;

/** Whether what we need is there: the database, in the shape this hub was written for, and Redis where it is used. */
export async function readiness(hub: Hub): Promise<{ database: Point; migrations: Point; redis?: Point }> {
  const [shape, redis] = await Promise.all([
    soon(Promise.all([appliedMigrations(hub.db), migrations()])).then(
      ([applied, wanted]) => ({
        database: 'ok' as const,
        migrations: Object.keys(wanted).every((name) => applied.includes(name)) ? ('ok' as const) : ('behind' as const),
      }),
      () => ({ database: 'away' as const, migrations: 'away' as const }),
    ),
    hub.env.redisUrl
      ? soon(pingRedis(hub.env.redisUrl, PATIENCE_MS)).then(
          () => 'ok' as const,
          () => 'away' as const,
        )
      : undefined,
  ]);
  return redis ? { ...shape, redis } : shape;
}

async function soon<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('too slow')), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
