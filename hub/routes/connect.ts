import { Hono } from 'hono';
import { whoIs } from '../auth.ts';
import { finishConsent, readPending } from '../desk/authorise.ts';
import type { Hub } from '../hub.ts';
import { limited } from '../limit.ts';
import type { HouseEnv } from './route.ts';

/**
 * Where a platform sends the admin back to after the consent. The state in the address is random, used once, and bound to
 * the member who began: another who is signed in here is refused. A phone that scanned the platform's QR code is not
 * signed in; it is told to look at the computer again.
 */
export function connect(hub: Hub) {
  return new Hono<HouseEnv>().get('/connect/:state?', limited(60, 60), async (c) => {
    const state = c.req.param('state') ?? c.req.query('state') ?? '';
    const back = (query: string) => c.redirect(`${hub.publicUrl}/settings/channels${query}`, 303);
    const pending = await readPending(hub, state);
    if (!pending) return back('?failed=expired');
    const who = await whoIs(hub, c.req.raw.headers);
    if (who && who.me.member.id !== pending.memberId) return back('?failed=not_allowed');
    const outcome = pending.status === 'waiting' ? await finishConsent(hub, state, pending, c.req.query()) : pending;
    if (!who) return c.html(farewell(outcome.status === 'done'));
    if (outcome.status !== 'done') return back(`?failed=${encodeURIComponent(outcome.code ?? 'failed')}`);
    return c.redirect(`${hub.publicUrl}/settings/channels/${outcome.channelIds[0]}?connected=1`, 303);
  });
}

const farewell = (done: boolean) => `<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Haina</title>
<body style="font:16px/1.6 system-ui,sans-serif;max-width:26em;margin:20vh auto;padding:0 1.5em;text-align:center">
<h1 style="font-size:1.4em">${done ? '授权成功 · Connected' : '授权未完成 · Not connected'}</h1>
<p>${done ? '请回到电脑上继续。<br>Please go on at your computer.' : '请回到电脑上查看原因并重试。<br>Please see the reason at your computer and try again.'}</p>`;
