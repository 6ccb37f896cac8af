import { Hono } from 'hono';
import { fail } from './answers.ts';
import { caller } from './caller.ts';
import { isOurPerson } from './people.ts';
import type { Platform } from './platform.ts';

/** Fans, the account itself, and the form of its pushes (weibo.md sections 3 and 8). */
export function accountApi(platform: Platform): Hono {
  const { accounts, host, world } = platform;
  const app = new Hono();
  const avatar = (id: string) => `${host.url}/avatars/${id}.png`;

  app.get('/api/2/eps/user/info.json', (c) => {
    const account = caller(c, platform, c.req.query('access_token'));
    if (account instanceof Response) return account;
    const uid = c.req.query('uid') ?? '';
    const name = world.person(uid)?.name ?? (isOurPerson(host.seed, uid) ? `Guest ${uid.slice(1, 5)}` : undefined);
    if (!name) return fail(c, platform, 'user');
    const following = world.person(uid) ? world.chat(account.uid, uid).following : true;
    return c.json({
      subscribe: following ? 1 : 0,
      uid: Number(uid),
      nickname: name,
      sex: Number(uid) % 2 === 0 ? 2 : 1,
      province: '31',
      city: '上海 黄浦区',
      language: 'zh-cn',
      headimgurl: avatar(uid),
      follow: following ? 1 : 0,
    });
  });

  app.get('/api/2/users/show.json', (c) => {
    const account = caller(c, platform, c.req.query('access_token'));
    if (account instanceof Response) return account;
    const wanted = accounts.byUid(c.req.query('uid') ?? account.uid);
    if (!wanted) return fail(c, platform, 'user');
    return c.json({
      id: Number(wanted.uid),
      idstr: wanted.uid,
      screen_name: wanted.name,
      avatar_large: avatar(wanted.uid),
      verified: true,
      verified_type: 2,
    });
  });

  app.post('/api/2/eps/push/set_format.json', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const account = caller(c, platform, form.get('access_token') ?? undefined);
    if (account instanceof Response) return account;
    const format = form.get('format');
    if (format !== 'json' && format !== 'xml') return fail(c, platform, 'value');
    account.format = format;
    return c.json({ result: true });
  });
  return app;
}
