import { openEmbedded } from './embedded.ts';
import { checkGivenDatabase, type ServerFacts } from './given.ts';

export type OpenDatabase = {
  /** Where to connect. */
  url: string;
  /** `given`: DATABASE_URL; `started` and `adopted`: our own, the latter left running by a hub that was killed. */
  origin: 'given' | 'started' | 'adopted';
  /** Settles when our own server ends without having been asked to: the hub cannot go on. Never for a given one. */
  died: Promise<void>;
  /** Ends our own server in order and frees the data folder; leaves a given one alone. Call it last, after the pool. */
  stop: () => Promise<void>;
};

/**
 * The database the hub runs on: the one of DATABASE_URL once it is proven fit, else our own in DATA_DIR.
 * @throws StartProblem: unreachable, too old, folder in use or not writable, disk full …
 */
export async function openDatabase(
  env: { databaseUrl?: string | undefined; dataDir: string },
  query?: (url: string) => Promise<ServerFacts>,
): Promise<OpenDatabase> {
  if (env.databaseUrl) {
    await checkGivenDatabase(env.databaseUrl, query);
    return { url: env.databaseUrl, origin: 'given', died: new Promise(() => {}), stop: async () => {} };
  }
  const { url, adopted, died, stop } = await openEmbedded(env.dataDir);
  return { url, origin: adopted ? 'adopted' : 'started', died, stop };
}
