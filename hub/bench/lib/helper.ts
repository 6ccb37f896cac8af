import { fork } from 'node:child_process';

/** A process of the bench's own: what is measured, what loads it and what counts are kept apart, so that CPU can be told apart. */
export interface Helper {
  readonly pid: number;
  /** Has it do something. Rejects with its error, or when it has ended. */
  ask<T = void>(verb: string, argument?: unknown): Promise<T>;
  /** Ends it in order; after 20 s by force. */
  stop(): Promise<void>;
  /** kill -9. Resolves when it has gone. */
  kill(): Promise<void>;
}

type Answer = { id: number; value?: unknown; error?: string };
const PATIENCE_MS = 20_000;

/**
 * Starts a module of this folder; resolves when it has called `helperReady`. Its standard output is thrown away (a hub
 * writes its log there), errors are shown.
 */
export async function startHelper(file: string, options: unknown, { quiet = false } = {}): Promise<Helper> {
  const child = fork(new URL(`../${file}`, import.meta.url), [JSON.stringify(options)], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--expose-gc'],
    stdio: ['ignore', 'ignore', quiet ? 'ignore' : 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const asked = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let number = 0;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void gone.then(() => {
    for (const one of asked.values()) one.reject(new Error(`${file} has ended`));
    asked.clear();
  });
  child.on('message', (message: Answer) => {
    const one = asked.get(message.id);
    asked.delete(message.id);
    if (message.error === undefined) one?.resolve(message.value as never);
    else one?.reject(new Error(`${file}: ${message.error}`));
  });
  const answer = <T>(id: number) =>
    new Promise<T>((resolve, reject) => asked.set(id, { resolve: resolve as never, reject }));
  await answer(0);
  return {
    pid: child.pid!,
    ask: async (verb, argument) => {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${file} has ended`);
      const id = ++number;
      const answered = answer(id);
      child.send({ id, verb, argument });
      return (await answered) as never;
    },
    async stop() {
      if (child.connected) child.disconnect();
      const force = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      await gone;
      clearTimeout(force);
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
