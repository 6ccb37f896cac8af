import type { Tools } from '../connector.ts';
import { DAY } from './limits.ts';
import { fromToken, type Right, toToken } from './right.ts';

/** How long we remember which conversation a person is in, in seconds: taking back needs its id. */
const LIFE = 30 * DAY;
const keyOf = (to: string) => `right:${to}`;

class Nothing extends Error {}

/** Keeps the newest right to write to this person, and with it the conversation. An older one never replaces a newer. */
export async function remember(to: string, right: Right, tools: Tools): Promise<void> {
  const token = toToken(right);
  const kept = await keep(to, token, tools);
  if (kept === token) return;
  const known = fromToken(kept);
  if (known && known.until >= right.until) return;
  await tools.forget(keyOf(to), kept);
  await keep(to, token, tools);
}

const keep = (to: string, value: string, tools: Tools) => tools.keep(keyOf(to), async () => ({ value, ttl: LIFE }));

/** What was remembered of this person, its time passed or not. */
export async function recalled(to: string, tools: Tools): Promise<Right | undefined> {
  try {
    return fromToken(
      await tools.keep(keyOf(to), async () => {
        throw new Nothing();
      }),
    );
  } catch (error) {
    if (error instanceof Nothing) return undefined;
    throw error;
  }
}
