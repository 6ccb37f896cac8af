let guarding = false;

/**
 * The library starts work that nobody awaits; when a page closes under it, a rejection is left over that ends the
 * process. Those that come out of it or its browser are passed over, every other one ends the process as it always does.
 */
export function passOver(): void {
  if (guarding) return;
  guarding = true;
  process.on('unhandledRejection', (reason) => {
    if (isOfLibrary(reason)) return;
    // Others who listen (a test runner) decide themselves; alone we keep Node's own rule.
    if (process.listenerCount('unhandledRejection') === 1) throw reason;
  });
}

/** Whether a rejection is left over by the library: it throws bare texts of its own, or the stack names it. */
export function isOfLibrary(reason: unknown): boolean {
  if (reason === 'auth timeout' || reason === 'ready timeout') return true;
  return (
    reason instanceof Error && /node_modules[/\\](whatsapp-web\.js|puppeteer(-core)?)[/\\]/.test(reason.stack ?? '')
  );
}
