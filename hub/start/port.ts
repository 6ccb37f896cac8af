import { createServer } from 'node:net';

/** From 32768 up, Linux hands ports to outgoing connections: a server there may find its port taken after a restart. */
const [LOWEST, HIGHEST] = [20_000, 32_767];

const free = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });

/** A free TCP port of 127.0.0.1 below 32768: the one used last time if it still is, so that open tools keep working. */
export async function freePort(last?: number): Promise<number> {
  if (last && (await free(last))) return last;
  for (let tries = 0; tries < 100; tries++) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1));
    if (await free(port)) return port;
  }
  throw new Error('No free port between 20000 and 32767.');
}
