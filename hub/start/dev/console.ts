import { fileURLToPath } from 'node:url';
import { createServer, type ProxyOptions } from 'vite';
import { loadEnv } from '../../env.ts';
import { say } from '../say.mjs';

/** The console from its sources, reloading as they change, in front of the hub: `npm run dev` opens this one. */
const PORT = 5173;
const { port } = loadEnv();
const hub = `http://127.0.0.1:${port}`;

const toHub: ProxyOptions = {
  target: hub,
  changeOrigin: true,
  ws: true,
  // The hub takes only requests from its own pages; in development this server's pages are its own.
  headers: { origin: `http://localhost:${port}` },
};
const paths = ['/api', '/live', '/visitor', '/webhooks', '/sandbox', '/chat', '/chat-assets', '/widget.js', '/media'];

const server = await createServer({
  root: fileURLToPath(new URL('../../../console/', import.meta.url)),
  server: {
    port: PORT,
    strictPort: true,
    proxy: Object.fromEntries(paths.map((path) => [`^${path}(?:[/?]|$)`, toHub])),
  },
});
await server.listen();
console.log(say(`Console with reload: http://localhost:${PORT}`, `控制台（热更新）：http://localhost:${PORT}`));
