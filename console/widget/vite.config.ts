import { fileURLToPath } from 'node:url';
import { build, defineConfig, type Plugin } from 'vite';

/**
 * `vite build -c console/widget/vite.config.ts` writes console/widget/build/:
 *   widget.js               the loader, one classic script; served as /widget.js with the style in front
 *   chat.html               served as /chat/:key
 *   chat-assets/*           its script and sheet, content-hashed; served as /chat-assets/* for ever
 */
const root = fileURLToPath(new URL('.', import.meta.url));
/** Chrome 94, Firefox 93, Safari 15.4 and later. Named by the language for scripts: by browser, private fields would be lowered to three times their size. */
const target = 'es2022';
const cssTarget = ['chrome94', 'edge94', 'firefox93', 'safari15.4'];

/** The loader is a second build, not a second entry: nothing of it may end up in a chunk it would have to fetch. */
function loader(): Plugin {
  return {
    name: 'haina-loader',
    apply: 'build',
    async closeBundle(error?: Error) {
      if (error) return;
      await build({
        root,
        configFile: false,
        logLevel: 'warn',
        build: {
          target,
          outDir: 'build',
          emptyOutDir: false,
          copyPublicDir: false,
          minify: true,
          lib: { entry: 'loader/index.ts', formats: ['iife'], name: 'hainaLoader', fileName: () => 'widget.js' },
        },
      });
    },
  };
}

export default defineConfig({
  root,
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target,
    cssTarget,
    outDir: 'build',
    emptyOutDir: true,
    assetsDir: 'chat-assets',
    // The page names both its scripts, so that they come at once; the forms come when they are wanted.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, files, { hostType }) => (hostType === 'html' ? files : []),
    },
    copyPublicDir: false,
    // Nothing inlined as data: URLs, so that the policy can stay strict.
    assetsInlineLimit: 0,
    rolldownOptions: { input: 'chat.html' },
  },
  plugins: [loader()],
});
