import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { testFolder } from '../test/folder.ts';
import { testHub } from '../test/hub.ts';
import { PASSWORD, staff } from '../test/people.ts';
import { serve } from '../test/serve.ts';

test('the program itself: over HTTP, with files beside the person and exit codes for scripts', async () => {
  const run = await testHub();
  const { admin, org } = await staff(run);
  const { url } = await serve(run);
  const folder = testFolder();
  const haina = (...args: string[]) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      execFile(
        process.execPath,
        [fileURLToPath(new URL('./index.ts', import.meta.url)), 'settings', ...args, '--url', url],
        {
          env: { ...process.env, LC_ALL: 'en', INIT_CWD: folder, HAINA_USER: admin.username, HAINA_PASSWORD: PASSWORD },
        },
        (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
      );
    });
  expect(await haina('export', '--area', 'desk')).toMatchObject({ code: 0, out: 'haina: 1\ndesk: {}\n', err: '' });
  writeFileSync(join(folder, 'house.yaml'), 'desk: { realName: false }\n');
  expect(await haina('plan', '-f', 'house.yaml')).toMatchObject({
    code: 2,
    out: 'desk\n  ~ realName: true → false\n1 change(s).\n',
  });
  expect(await haina('apply', '-f', 'house.yaml')).toMatchObject({ code: 0 });
  expect(await haina('plan', '-f', 'house.yaml')).toMatchObject({ code: 0, out: 'Nothing to change.\n' });
  expect(await haina('export', '--file', 'out.yaml', '--area', 'desk')).toMatchObject({ code: 0, out: '' });
  expect(readFileSync(join(folder, 'out.yaml'), 'utf8')).toBe('haina: 1\ndesk:\n  realName: false\n');
  expect(await haina('apply', '-f', 'none.yaml')).toMatchObject({ code: 1, err: expect.stringContaining('none.yaml') });
  expect(await org.select('settings').select(['area', 'version']).execute()).toEqual([{ area: 'desk', version: 1 }]);
  // Nobody stays signed in behind it.
  expect(await run.hub.db.everywhere.selectFrom('auth_sessions').select('id').execute()).toHaveLength(4);
});
