import { type Context, Hono } from 'hono';
import type { WeiboAccount } from './accounts.ts';
import { fail } from './answers.ts';
import { caller } from './caller.ts';
import { seen } from './messages.ts';
import { isOurPerson } from './people.ts';
import type { Platform } from './platform.ts';

/** Customer service messages and the files fans sent (weibo.md sections 5 and 6). */
export function messaging(platform: Platform): Hono {
  const app = new Hono();
  app.post('/m/2/messages/reply.json', async (c) => {
    const account = caller(c, platform, c.req.query('access_token'));
    return account instanceof Response ? account : reply(c, platform, account);
  });
  app.get('/upload/2/mss/msget', (c) => {
    const account = caller(c, platform, c.req.query('access_token'));
    return account instanceof Response ? account : file(c, platform, account);
  });
  return app;
}

async function reply(c: Context, platform: Platform, account: WeiboAccount): Promise<Response> {
  const { world, windows, faults, host, nextId } = platform;
  const form = new URLSearchParams(await c.req.text());
  const [type, data, fan] = ['type', 'data', 'receiver_id'].map((name) => form.get(name) ?? undefined);
  if (!type || !data || !fan) return fail(c, platform, 'missing');
  const message = seen(type, data);
  if ('wrong' in message) return fail(c, platform, message.wrong === 'data' ? 'param' : 'value');
  if (!remembered(platform, account, fan)) return fail(c, platform, 'user');
  const isShut = faults.on('windowShut') || !windows.take(account.uid, fan);
  if (isShut) return fail(c, platform, world.chat(account.uid, fan).following ? 'window' : 'follower');
  world.put(account.uid, fan, { id: nextId(), who: 'account', at: host.now(), bubble: message.bubble });
  if (faults.on('jobExpired')) return fail(c, platform, 'expired');
  if (faults.on('lostAnswer')) return c.html('<html><h1>502 Bad Gateway</h1></html>', 502);
  return c.json({ result: true, sender_id: account.uid, receiver_id: fan, type, data });
}

/** A fan we met before the last start: still a follower who may be written to, only without the old words. */
function remembered({ world, windows, host }: Platform, account: WeiboAccount, fan: string): boolean {
  if (world.person(fan)) return true;
  if (!isOurPerson(host.seed, fan)) return false;
  world.putPerson({ id: fan, name: `Guest ${fan.slice(1, 5)}` });
  world.setChat(account.uid, fan, { following: true });
  windows.open(account.uid, fan);
  return true;
}

function file(c: Context, platform: Platform, account: WeiboAccount): Response {
  const { contents, files, faults } = platform;
  const kept = contents.get(c.req.query('fid') ?? '');
  // The sender's copy and another account's files are nobody's business: Weibo says no more than that.
  if (kept && kept.account !== account.uid) return fail(c, platform, 'illegal');
  const stored = kept && files.get(kept.file);
  if (!stored || faults.on('mediaGone')) return fail(c, platform, 'gone');
  return c.body(new Uint8Array(stored.bytes), 200, {
    'content-type': stored.mime,
    'content-length': String(stored.bytes.length),
    'content-disposition': `attachment;filename="${encodeURIComponent(stored.name)}"`,
  });
}
