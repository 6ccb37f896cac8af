/** Terminals, npm and a parent may each deliver one Ctrl-C; within this time they are the same wish. Milliseconds. */
const SAME_WISH = 1_000;

/**
 * Calls `stop` once when somebody asks the hub to end: Ctrl-C, SIGTERM, a closed terminal, or the death of the
 * process that started it (its IPC channel closes, even on kill -9, so no hub is left behind). Ends the process with
 * 0 when `stop` resolves, 1 when it rejects. A second Ctrl-C, a second or more after the first, ends at once with 130.
 */
export function onStopRequest(stop: (why: string) => Promise<void>): void {
  let askedAt = 0;
  const ask = (why: string) => {
    const now = Date.now();
    if (!askedAt) {
      askedAt = now;
      stop(why).then(
        () => process.exit(process.exitCode ?? 0),
        (error) => {
          console.error(error);
          process.exit(1);
        },
      );
    } else if (why === 'SIGINT' && now - askedAt > SAME_WISH) process.exit(130);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ask(signal));
  if (process.connected) process.on('disconnect', () => ask('parent gone'));
}
