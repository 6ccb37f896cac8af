import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { importsOf } from './imports.ts';
import { crossings } from './walls.ts';

/** core ← connectors ← hub; the console meets the hub over HTTP; migrations know kysely alone. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const ignored = ['node_modules', 'build', '.svelte-kit'];
const files = globSync('{core,connectors,hub,console,migrations}/**/*.{ts,mjs,js,tsx,svelte}', {
  cwd: root,
  exclude: (entry) => ignored.includes(typeof entry === 'string' ? (entry.split(sep).at(-1) ?? '') : ''),
}).map((path) => path.split(sep).join('/'));

test('nobody crosses a wall', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap((path) => crossings(path, importsOf(path, readFileSync(`${root}/${path}`, 'utf8'))))).toEqual(
    [],
  );
});

/** Files nobody should write, and what is said of them. */
const bad: [path: string, text: string, wall: string | undefined][] = [
  ['core/a.ts', "import { line } from '../connectors/line/index.ts';", 'core may import core'],
  ['core/a.ts', "import type { Hub } from '../hub/hub.ts';", 'core may import core'],
  ['core/a.ts', "import { readFileSync } from 'node:fs';", 'core takes only'],
  ['core/a.ts', "import x from 'lodash';", 'core takes only'],
  ['core/a.ts', "export * from './session.ts'; import { z } from 'zod';", undefined],
  ['core/a.test.ts', "import { test } from 'vitest';", undefined],
  ['core/a.test.ts', "import { hub } from '../hub/hub.ts';", 'core may import core'],
  ['connectors/line/a.ts', "const x = await import('../../hub/hub.ts');", 'connectors may import'],
  ['connectors/line/a.ts', "export { y } from '../web/index.ts';", 'no connector imports another (line → web)'],
  ['connectors/lib/a.ts', "import '../line/index.ts';", 'what connectors share knows none'],
  ['connectors/index.ts', "import './line/index.ts'; import './web/index.ts';", undefined],
  ['connectors/web/a.ts', "import { validateSignature } from '@line/bot-sdk';", '@line/bot-sdk lives in'],
  ['connectors/line/a.ts', "import '@line/bot-sdk'; import '../lib/json.ts'; import '../connector.ts';", undefined],
  ['hub/desk/a.ts', "import { sql } from 'kysely';", 'kysely lives in'],
  ['hub/desk/a.ts', "type Row = import('kysely').Selectable<never>;", 'kysely lives in'],
  ['hub/store/a.ts', "import { sql } from 'kysely'; import { Migrator } from 'kysely/migration';", undefined],
  ['hub/jobsters.ts', "import { Queue } from 'bullmq';", 'bullmq lives in'],
  ['hub/store/a.ts', "const { Redis } = require('ioredis');", 'ioredis lives in'],
  ['hub/desk/a.ts', "import { page } from '../../console/src/lib/api.ts';", 'hub may import'],
  ['console/src/a.ts', "import { hub } from '../../hub/hub.ts';", 'console may import console, core and types of hub'],
  ['console/src/a.ts', "import { type Hub } from '../../hub/hub.ts';", 'console may import'],
  [
    'console/src/a.ts',
    "import type { Hub } from '../../hub/hub.ts'; import { z } from '../../core/can.ts';",
    undefined,
  ],
  ['console/src/a.ts', "// import '../../hub/hub.ts'\nconst s = \"import '../../hub/hub.ts'\";", undefined],
  [
    'console/src/A.svelte',
    '<script lang="ts">\n  import { hub } from \'../../hub/hub.ts\';\n</script>\n<p>hi</p>',
    'console may import',
  ],
  ['console/src/A.svelte', '<script module lang="ts">\n  import \'kysely\';\n</script>', 'kysely lives in'],
  ['migrations/0001.ts', "import { Database } from '../hub/store/database.ts';", 'migrations may import'],
  ['migrations/0001.ts', "import pg from 'pg';", 'migrations takes only'],
];

test.each(bad)('%s: %s', (path, text, wall) => {
  const found = crossings(path, importsOf(path, text));
  expect(found).toEqual(wall === undefined ? [] : [expect.stringContaining(wall)]);
  for (const sentence of found) expect(sentence).toContain(`${path}:`);
});
