import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../hub/start/port.ts';

export interface RunningHub {
  url: string;
  password: string;
  stop(): Promise<void>;
}

/** A hub with its own database in a fresh folder, as `npm start` makes it, gone again with `stop`. */
export async function startHub(): Promise<RunningHub> {
  const folder = await mkdtemp(join(tmpdir(), 'haina-pictures-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../../hub/main.ts', import.meta.url))], {
    env: { ...process.env, PORT: String(port), PUBLIC_URL: url, DATA_DIR: folder, LOG_LEVEL: 'error', LC_ALL: 'en' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  let said = '';
  for await (const part of child.stdout.setEncoding('utf8')) {
    said += part;
    const password = /with the password (\S+)/.exec(said)?.[1];
    if (password) {
      child.stdout.resume();
      return { url, password, stop };
    }
  }
  await stop();
  throw new Error(`The hub did not start: ${said}`);
}
