import { z } from 'zod';

/** Where a file of a customer lies: in a message, to be asked for with both ids, or at an address. */
export type Source = { conversation: string; messageId: string } | { url: string };

const shape = z.tuple([z.string().min(1).max(200), z.string().min(1).max(200)]);

export const inMessage = (conversation: string, messageId: string): string => JSON.stringify([conversation, messageId]);

/** `undefined` for what is no source of ours. */
export function readSource(source: string): Source | undefined {
  if (/^https?:\/\//.test(source)) return URL.canParse(source) ? { url: source } : undefined;
  try {
    const [conversation, messageId] = shape.parse(JSON.parse(source));
    return { conversation, messageId };
  } catch {
    return undefined;
  }
}
