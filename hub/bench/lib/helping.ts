/** The other side of helper.ts: what a process started by it says and hears. */

/** What it was started with. */
export const given = <T>(): T => JSON.parse(process.argv[2] ?? '{}') as T;

/** Tells that everything is up, answers `ask`, and ends with `close` when the bench is done or has died. */
export function helperReady(
  verbs: Record<string, (argument: never) => unknown>,
  close: () => Promise<void> = async () => {},
): void {
  if (!process.send) throw new Error('This is a part of a bench: run npm run bench.');
  process.on('message', ({ id, verb, argument }: { id: number; verb: string; argument: never }) => {
    void (async () => {
      try {
        process.send?.({ id, value: await verbs[verb]!(argument) });
      } catch (error) {
        process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      }
    })();
  });
  process.on('disconnect', () => void close().finally(() => process.exit()));
  // The bench ends us itself: Ctrl-C in a terminal reaches every process of the group.
  process.on('SIGINT', () => {});
  process.send({ id: 0 });
}
