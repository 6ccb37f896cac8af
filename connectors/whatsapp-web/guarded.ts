import type { Client, ClientOptions } from 'whatsapp-web.js';
import { passOver } from './rejections.ts';

type Library = typeof import('whatsapp-web.js');
/** Where the library opens its page; written into it. */
const WEB = 'https://web.whatsapp.com/';

/**
 * The library's client, with what it would throw into the void told as the event `stuck` instead: its own handlers await
 * `inject` and `destroy` without catching, and an unhandled rejection ends the whole hub (A2, A4).
 */
export function guarded(
  library: Library,
  options: ClientOptions,
  standIn?: { host: string; fetch: typeof fetch },
): Client {
  passOver();
  const client = new library.Client(options) as Client & Inner;
  const { inject, destroy } = client;
  client.inject = async () => {
    // The bindings into the page are there once: a second run at the same time would fail over the first.
    await inject.call(client).catch((error: unknown) => client.emit('stuck', error));
  };
  client.destroy = async () => {
    await destroy.call(client).catch((error: unknown) => client.emit('stuck', error));
  };
  // The library would keep the page's text for a cache we do not use, and stumble over a navigation while it reads it.
  client.initWebVersionCache = async () => {
    if (standIn) await answerFrom(client, standIn);
    // A pipe to a killed browser breaks after puppeteer has stopped listening to it.
    for (const pipe of client.pupBrowser?.process()?.stdio ?? []) pipe?.on('error', () => {});
    client.pupPage?.on('error', (error: Error) => client.emit('stuck', error));
    client.pupBrowser?.on('disconnected', () => client.emit('stuck', new Error('The browser has ended.')));
  };
  // Nobody listens to plain `error` events of the library; Node would throw them.
  client.on('error', (error: unknown) => client.emit('stuck', error));
  return client;
}

interface Inner {
  inject(): Promise<void>;
  destroy(): Promise<void>;
  initWebVersionCache(): Promise<void>;
}

/** Every request of the page to WhatsApp Web goes to the stand-in; nothing leaves this machine. */
async function answerFrom(
  client: Client,
  { host, fetch }: { host: string; fetch: typeof globalThis.fetch },
): Promise<void> {
  const page = client.pupPage!;
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(WEB)) {
      if (url.startsWith('data:') || url.startsWith('blob:')) void request.continue().catch(() => {});
      else void request.abort().catch(() => {});
      return;
    }
    void (async () => {
      const body = request.hasPostData() ? (request.postData() ?? (await request.fetchPostData())) : undefined;
      const { pathname, search } = new URL(url);
      const answer = await fetch(`${host}${pathname === '/' ? '' : pathname}${search}`, {
        method: request.method(),
        headers: { 'content-type': request.headers()['content-type'] ?? 'application/json' },
        body,
      });
      await request.respond({
        status: answer.status,
        contentType: answer.headers.get('content-type') ?? 'application/octet-stream',
        body: Buffer.from(await answer.arrayBuffer()),
      });
    })().catch(() => request.abort().catch(() => {}));
  });
}
