import { createHash } from 'node:crypto';

/** Longest key made of readable parts. */
const READABLE = 300;

/** The key duplicates die on, of parts that are the same when Douyin sends again. Long ids are hashed, never cut. */
export function keyOf(...parts: string[]): string {
  const key = parts.join(':');
  return key.length <= READABLE ? key : `${parts[0]}:${digest(key)}`;
}

export function digest(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
