import { Conflict } from './store/changes.ts';

/** The database cannot be reached, or is starting or stopping: nobody's words are at fault, and the same works a moment later. */
export function isAway(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code ?? '';
  return (
    error instanceof Conflict ||
    /^(ECONN|EPIPE|ETIMEDOUT|08|57P0|53)/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test((error as Error | null)?.message ?? '')
  );
}
