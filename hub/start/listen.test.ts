import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { describeListenError } from './listen.ts';
import { describeFailure, EnvProblems, StartProblem } from './problem.ts';

/** What really happens when a server listens there, as the sentence that is printed. */
async function sentence(port: number, host: string): Promise<string> {
  const server = createServer();
  onTestFinished(() => void server.close());
  server.listen(port, host);
  const [error] = await once(server, 'error');
  return describeFailure(describeListenError(error, port, host));
}

test('a port in use', async () => {
  const first = createServer();
  onTestFinished(() => void first.close());
  await once(first.listen(0, '127.0.0.1'), 'listening');
  const { port } = first.address() as AddressInfo;
  expect(await sentence(port, '127.0.0.1')).toBe(
    `✗ Port ${port} is already in use: stop the other program, or choose another port, for example PORT=${port + 1} npm start.`,
  );
});

test('an address that is not ours', async () => {
  expect(await sentence(20_080, '192.0.2.1')).toMatch(/no address to listen on at 192\.0\.2\.1:20080: set HOST/);
});

test('a port that is not allowed', () => {
  expect(describeListenError(Object.assign(new Error(), { code: 'EACCES' }), 80)).toBeInstanceOf(StartProblem);
});

test('a bug keeps its trace, a problem has none', () => {
  const bug = new TypeError('oops');
  expect(describeListenError(bug, 80)).toBe(bug);
  expect(describeFailure(bug)).toContain('listen.test.ts');
  expect(describeFailure(new EnvProblems(['A: one.', 'B: two.']))).toBe('✗ A: one.\n✗ B: two.');
});
