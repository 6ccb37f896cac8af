import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { freePort } from '../start/port.ts';

/** A private Redis on a free port, gone with the test. `program` is where redis-server is. */
export async function testRedis(program: string): Promise<{ url: string; process: ChildProcess }> {
  const port = await freePort();
  const process = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
    stdio: 'ignore',
  });
  onTestFinished(() => void process.kill('SIGKILL'));
  for (let tries = 0; tries < 100 && !(await answers(port)); tries++) await sleep(50);
  return { url: `redis://127.0.0.1:${port}`, process };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
