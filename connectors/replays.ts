import { lineReplay } from './line/replay.ts';
import type { Replay } from './replay.ts';

/** Connectors whose recordings can be replayed: one line each. */
export const replays: Readonly<Record<string, Replay>> = { line: lineReplay };
