import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

/**
 * The console is a single page served by the hub at `/`: `vite build` writes console/build with one fallback page.
 * `vite dev` asks a hub on HUB (default http://localhost:3000) for everything that is not the console's.
 */
const hub = process.env.HUB ?? 'http://localhost:3000';

export default defineConfig({
  plugins: [
    tailwindcss(),
    sveltekit({
      adapter: adapter({ pages: 'build', assets: 'build', fallback: 'index.html' }),
      paths: { relative: false },
      version: { pollInterval: 0 },
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          // Components set single properties (sizes of virtual lists, colours of a preview) as style attributes.
          'style-src': ['self', 'unsafe-inline'],
          // Avatars and stickers may live with the platform.
          'img-src': ['self', 'data:', 'blob:', 'https:', 'http:'],
          'media-src': ['self', 'blob:', 'https:'],
          'connect-src': ['self', 'ws:', 'wss:'],
          'frame-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
        },
      },
    }),
  ],
  server: {
    proxy: Object.fromEntries(
      [
        '/api',
        '/live',
        '/media',
        '/chat',
        '/chat-assets',
        '/widget.js',
        '/visitor',
        '/sandbox',
        '/connect',
        '/webhooks',
      ].map((path) => [path, { target: hub, ws: true }]),
    ),
  },
});
