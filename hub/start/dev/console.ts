import { fileURLToPath } from 'node:url';
import { createServer, type ProxyOptions } from 'vite';
import { loadEnv } from '../../env.ts';
import { say } from '../say.mjs';

/** The console from its sources, reloading as they change, in front of the hub: `npm run dev` opens this one. */
const PORT = 5173;
const { port } = loadEnv();

const toHub: ProxyOptions = {
  target: `http://127.0.0.1:${port}`,
  changeOrigin: true,
  ws: true,
  // The hub takes only requests from its own pages; in development this server's pages are its own.
  headers: { origin: `http://localhost:${port}` },
};
const paths = ['api', 'live', 'visitor', 'webhooks', 'sandbox', 'chat', 'chat-assets', 'widget\\.js', 'media'];

const server = await createServer({
  root: fileURLToPath(new URL('../../../console/', import.meta.url)),
  server: { port: PORT, strictPort: true },
  plugins: [
    {
      name: 'haina-hub',
      // In place of what the console's own configuration says: that one serves a `vite dev` by hand.
      config: (config) => {
        config.server = { ...config.server, proxy: { [`^/(?:${paths.join('|')})(?:[/?]|$)`]: toHub } };
      },
    },
  ],
});
await server.listen();
console.log(say(`\n  Console with reload: http://localhost:${PORT}`, `\n  控制台（热更新）：http://localhost:${PORT}`));
