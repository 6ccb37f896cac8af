import { svelte } from '@sveltejs/vite-plugin-svelte';
import { configDefaults, defineConfig } from 'vitest/config';

const exclude = [...configDefaults.exclude, '**/build/**', '**/.svelte-kit/**'];
// What a busy machine shows late is still right; what is wrong stays wrong.
const expect = { poll: { timeout: 15_000 } };
const database = { globalSetup: ['hub/start/testDatabase.ts'], setupFiles: ['hub/test/setup.ts'] };

export default defineConfig({
  test: {
    // Tests say what they expect of the terminal in English, whatever the shell of the person speaks.
    env: { LC_ALL: 'en' },
    // A worker waits for its database half the time; left to itself, Vitest keeps a core free.
    maxWorkers: '100%',
    projects: [
      { test: { name: 'core', include: ['core/**/*.test.ts', 'migrations/**/*.test.ts'], exclude } },
      { test: { name: 'connectors', include: ['connectors/**/*.test.ts'], exclude, testTimeout: 15_000 } },
      {
        test: {
          ...database,
          name: 'hub',
          include: ['hub/**/*.test.ts'],
          exclude,
          expect,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        plugins: [svelte({ configFile: false })],
        resolve: { conditions: ['browser'] },
        test: {
          ...database,
          name: 'console',
          include: ['console/**/*.test.ts'],
          exclude,
          // Browsers wait more than they work: two files at a time, after everything else. What they look at is built before.
          maxWorkers: 2,
          expect,
          // Two real browsers on a shared machine: what fails once is tried once more, and marked (retry x1) in what is printed.
          retry: process.env.CI ? 1 : 0,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
