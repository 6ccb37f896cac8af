import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { folder } from '../files.ts';
import { socketOf } from '../headers.ts';
import type { Hub } from '../hub.ts';
import { problem } from '../problem.ts';
import { WebStyle } from '../shapes/channels.ts';
import type { HouseEnv } from './route.ts';

const built = (path: string) => fileURLToPath(new URL(`../../console/${path}`, import.meta.url));
/** CH-28: cards open pages of the mini-program around us, by WeChat's own script. */
const isTrue = (value: string | undefined) => value === 'true' || value === '1';
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Every byte of the loader is asked for on every page of a shop: what only the opened chat shows comes with that. */
const DRAWN = WebStyle.omit({
  announcement: true,
  logo: true,
  human: true,
  rate: true,
  leave: true,
  shortcuts: true,
  end: true,
});

/** Asked for again each time, answered with 304 while it is the same. */
const ASK = 'no-cache';

/** The console, the visitor's chat and its loader, as `npm run build` left them in console/. */
export function pages(hub: Hub, { consoleBuild = built('build'), widgetBuild = built('widget/build') } = {}) {
  const console = folder(consoleBuild);
  const widget = folder(widgetBuild);
  const sockets = socketOf(hub.publicUrl);
  // The page's own policy stands in it (SvelteKit writes the hashes of its scripts there); this adds what a page cannot say.
  const consolePolicy = "frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'";
  // Other sites put it into an iframe: that is what it is for.
  const chatPolicy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' ${hub.publicUrl} data: blob: https:`,
    `media-src 'self' ${hub.publicUrl} blob:`,
    `connect-src 'self' ${sockets}`,
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    'frame-ancestors *',
  ].join('; ');

  return new Hono<HouseEnv>()
    .get('/widget.js', async (c) => {
      const key = c.req.query('key');
      const channel = key ? await hub.rulebook.channelByKey(key) : null;
      const ours = channel?.enabled && channel.connector.name === 'web';
      // Only what the loader draws with; `<` cannot end a script that this text might be put into.
      const served = ours
        ? `window.__haina=${JSON.stringify({ key, style: DRAWN.parse(channel.style ?? {}) }).replaceAll('<', '\\u003c')};\n`
        : '';
      const answer = await widget.serve(
        'widget.js',
        c.req.raw,
        {
          'cache-control': 'public, max-age=300',
          'cross-origin-resource-policy': 'cross-origin',
          'access-control-allow-origin': '*',
        },
        served,
      );
      return answer ?? problem(c, 404, 'not_found');
    })
    .get('/chat-assets/*', async (c) => {
      const answer = await widget.serve(c.req.path, c.req.raw, { 'cache-control': FOR_EVER });
      return answer ?? problem(c, 404, 'not_found');
    })
    .get('/chat/:key', async (c) => {
      const channel = await hub.rulebook.channelByKey(c.req.param('key'));
      if (!channel?.enabled || channel.connector.name !== 'web') return problem(c, 404, 'unknown_channel');
      const answer = await widget.serve('chat.html', c.req.raw, {
        'cache-control': ASK,
        'content-security-policy': isTrue(c.req.query('useWxjs'))
          ? chatPolicy.replace("script-src 'self'", "script-src 'self' https://res.wx.qq.com")
          : chatPolicy,
        'referrer-policy': 'no-referrer',
      });
      return answer ?? problem(c, 404, 'not_found');
    })
    .get('/*', async (c) => {
      const { path } = c.req;
      const answer =
        path === '/'
          ? null
          : await console.serve(path, c.req.raw, { 'cache-control': path.includes('/immutable/') ? FOR_EVER : ASK });
      if (answer) return answer;
      // An address of the console's own is the one page; an address of a file that is not there is not.
      if (
        /\.[a-z0-9]{1,12}$/i.test(path) ||
        /^\/(api|webhooks|media|visitor|live|sandbox|metrics|pay)(\/|$)/.test(path)
      )
        return problem(c, 404, 'not_found');
      const page = await console.serve('index.html', c.req.raw, {
        'cache-control': ASK,
        'content-security-policy': consolePolicy,
        'x-frame-options': 'DENY',
      });
      return page ?? c.text('The console is not built yet: npm run build.\n控制台尚未构建：npm run build。\n', 503);
    });
}
