import { lineReplay } from './line/replay.ts';
import type { Replay } from './replay.ts';
import { webReplay } from './web/replay.ts';

/** Connectors whose recordings can be replayed: one line each. */
export const replays: Readonly<Record<string, Replay>> = { web: webReplay, line: lineReplay };
