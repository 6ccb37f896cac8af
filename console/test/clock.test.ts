import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { lasting } from '../src/lib/clock.svelte.ts';
import { speak } from '../src/lib/i18n/index.svelte.ts';

// The language of the page is written on it.
beforeAll(() => void vi.stubGlobal('document', { documentElement: {} }));
afterAll(() => void vi.unstubAllGlobals());

const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];

describe.each([
  ['zh-CN', ['不到 1 分', '1 分', '59 分', '1 小时 5 分', '26 小时', '4 天']],
  ['en', ['under 1 min', '1 min', '59 min', '1 h 5 min', '26 h', '4 days']],
] as const)('A-22: how long a session has lasted, in %s', (language, said) => {
  beforeAll(() => speak(language));
  it.each([
    // A clock that is slow here must not show a time below nothing.
    [-5 * SECOND, 0],
    [59 * SECOND, 0],
    [MINUTE, 1],
    [HOUR - SECOND, 2],
    [65 * MINUTE, 3],
    [26 * HOUR + 50 * MINUTE, 4],
    [100 * HOUR, 5],
  ] as const)('%d ms', (ms, which) => expect(lasting(ms)).toBe(said[which]));
});
