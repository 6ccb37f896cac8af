import { z } from 'zod';
import type { AppChange, AppTools } from '../../app.ts';

/** Under which the newest ticket lies in the app's vault. */
const KEY = 'ticket';
const kept = z.object({ value: z.string().min(1), at: z.number() });

/** WeChat's ticket of this ten minutes: good for twelve hours, and the key to everything else. `at` in milliseconds. */
export function keepTicket(value: string, at: number): AppChange {
  return { do: 'keep', key: KEY, value: JSON.stringify({ value, at }), at };
}

export async function readTicket(tools: AppTools): Promise<{ value: string; at: number } | undefined> {
  const text = await tools.vault.get(KEY);
  if (!text) return undefined;
  try {
    return kept.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
