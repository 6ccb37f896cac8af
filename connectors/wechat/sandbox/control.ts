import { Hono } from 'hono';
import { z } from 'zod';
import { AES_KEY } from '../crypt.ts';
import type { ComponentEvents } from './component-events.ts';
import { escaped, page } from './notice.ts';
import type { Platform } from './platform.ts';
import type { Checked, ReleaseCheck } from './release.ts';
import { verifyServer } from './server.ts';

const settings = z.strictObject({
  appId: z.string(),
  url: z.url({ protocol: /^https?$/ }).max(500),
  token: z
    .string()
    .regex(/^[0-9a-zA-Z]{3,32}$/)
    .optional(),
  aesKey: z.string().regex(AES_KEY).optional(),
});
const checking = z.strictObject({
  component: z.string().optional(),
  pairs: z.array(z.int().min(1).max(5)).optional(),
});
const owned = z.strictObject({ appId: z.string() });

/** What an account's owner, or a platform's, does in WeChat's consoles. Errors are `{ code, message }`. */
export function control(platform: Platform, events: ComponentEvents, release: ReleaseCheck): Hono {
  const { accounts, components, changes } = platform;
  const app = new Hono();

  /** 服务器配置: saved only when the address answers as it must. A key that is changed stays known as the previous one. */
  app.post('/control/server', async (c) => {
    const { appId, url, token, aesKey } = settings.parse(await c.req.json());
    const account = accounts.byAppId(appId);
    if (!account) return c.json({ code: 'not_found', message: 'No such account.' }, 404);
    const before = account.server;
    const previousAesKey = aesKey && aesKey !== before.aesKey ? before.aesKey : before.previousAesKey;
    const server = { url, token: token ?? before.token, aesKey: aesKey ?? before.aesKey, previousAesKey };
    account.server = { ...server, verified: false };
    const saved = await verifyServer(account, platform);
    if (saved !== 'ok') account.server = before;
    changes.publish(appId);
    return saved === 'ok' ? c.json({ saved }) : c.json({ code: 'not_saved', message: saved }, 409);
  });

  /** 取消授权, by the account's owner. */
  app.post('/control/unauthorise', async (c) => {
    const { appId } = owned.parse(await c.req.json());
    return c.json({ platforms: unauthorise(platform, events, appId) });
  });

  /** 全网发布检测. */
  app.get('/control/release-check', (c) => c.json({ results: release.last }));
  app.post('/control/release-check', async (c) => {
    const asked = checking.parse(await c.req.json().catch(() => ({})));
    const component = asked.component ? components.byAppId(asked.component) : components.all()[0];
    if (!component) return c.json({ code: 'not_found', message: 'No such platform.' }, 404);
    return c.json({ results: await release.run(component, asked.pairs) });
  });
  app.get('/release', () => releasePage(platform, release.last));
  app.post('/release', async () => {
    for (const component of components.all().slice(0, 1)) await release.run(component);
    return releasePage(platform, release.last);
  });
  app.onError((error, c) => {
    if (error instanceof z.ZodError) return c.json({ code: 'bad_request', message: z.prettifyError(error) }, 400);
    if (error instanceof SyntaxError) return c.json({ code: 'bad_json', message: 'The body is not JSON.' }, 400);
    throw error;
  });
  return app;

  function releasePage({ host }: Platform, results: Checked[]): Response {
    const base = new URL(host.url).pathname;
    const [component] = components.all();
    const rows = results.flatMap(({ pair, steps }) =>
      steps.map(
        ({ line, ok, text }, i) =>
          `<tr><td>${i ? '' : pair}</td><td>${escaped(line)}</td><td class="${ok ? 'ok' : 'bad'}">${ok ? '通过 · passed' : '未通过 · failed'}</td><td>${escaped(text)}</td></tr>`,
      ),
    );
    const style =
      'body{font:15px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #8884}.ok{color:light-dark(#0a6b2c,#7fdc9c)}.bad{color:light-dark(#a3160d,#ff9d94)}button{font:inherit;padding:.4rem 1rem}';
    const table = rows.length
      ? `<table><thead><tr><th>组 · Pair</th><th>检测项 · Step</th><th>结果 · Result</th><th>说明 · Note</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
      : '';
    const form = component
      ? `<form method="post" action="${escaped(base)}/release"><p>${escaped(component.name)} · ${component.appId}</p><button>开始检测 · Start</button></form>`
      : '<p>还没有第三方平台。· There is no platform yet.</p>';
    return page(
      `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>全网发布检测 · Release check</title><style>${style}</style></head><body><h1>全网发布检测 · Release check</h1>${form}${table}</body></html>`,
    );
  }
}

/** The owner takes the account back from every platform that holds it; gives how many did. */
export function unauthorise({ grants, components }: Platform, events: ComponentEvents, appId: string): number {
  const holders = grants.holders(appId);
  for (const by of holders) {
    const component = components.byAppId(by);
    grants.revoke(by, appId);
    if (component) void events.unauthorised(component, appId);
  }
  return holders.length;
}
