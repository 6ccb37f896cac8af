import { EventEmitter } from 'node:events';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Logger } from 'pino';
import type { EventRow, MessageRow, SessionRow } from './store/changes.ts';

/**
 * News: something is different now. Between hubs only ids travel; the hub that made the change also has the rows at
 * hand (`rows`), so its own screens need no query. Published after the commit, never before.
 */
export type News =
  | {
      kind: 'session';
      id: string /** First and last event number that is new. */;
      from: number;
      to: number;
      rows?: SessionNews;
    }
  /** Delivery marks of these messages moved. */
  | { kind: 'delivery'; sessionId: string; messageIds: string[] }
  /** `load`: only how busy he is has changed, not who he is. */
  | { kind: 'member'; id: string; load?: true }
  | { kind: 'contact'; id: string }
  | { kind: 'alert'; id: string }
  /** A member has marked a session for himself. */
  | { kind: 'mine'; memberId: string; sessionId: string }
  /** Somebody joined or left the queue of this group: places have moved. */
  | { kind: 'queue'; groupId: string | null }
  | { kind: 'typing'; sessionId: string; by: 'visitor' | 'agent'; name: string | null; text: string | null }
  /** A sign-in has ended; `proof` is a hash of its token, which itself goes nowhere. */
  | { kind: 'signed-out'; proof: string }
  /** Taken back before it arrived: when it comes, its words are not kept. */
  | { kind: 'early-recall'; channelId: string; messageId: string }
  /** For the hub that holds this account (`hub/links`); the others pass over it. */
  | { kind: 'link'; channelId: string; order: LinkOrder }
  | { kind: 'changed'; area: Area };
/** What a linked account shall do. `work`: something waits to be sent or fetched. */
export type LinkOrder =
  | { do: 'open' | 'logout' | 'work' }
  | { do: 'pair'; phone: string }
  | { do: 'markRead'; receipt: string }
  | { do: 'typing'; to: string }
  | { do: 'recall'; to: string; externalId: string };
export type Area =
  | 'channels'
  | 'groups'
  | 'members'
  | 'auto-replies'
  | 'words'
  | 'settings'
  | 'alerts'
  | 'leave-messages';
export interface SessionNews {
  session: SessionRow;
  messages: MessageRow[];
  events: EventRow[] /** Already stored messages that changed. */;
  changed: string[];
}

export type Listener = (organisationId: string, news: News[]) => void;

export interface Live {
  /** Tells this hub's subscribers at once and the other hubs soon after. Never throws: news is not worth a request. */
  publish(organisationId: string, news: News[]): void;
  /** Hears the news of every organisation, this hub's own and others'. Returns how to stop. */
  subscribe(listener: Listener): () => void;
  close(): Promise<void>;
}

/** How texts get from hub to hub. `heard` is called for every text, our own included. */
export interface Wire {
  send(text: string): Promise<void>;
  close(): Promise<void>;
}
export type OpenWire = (heard: (text: string) => void) => Promise<Wire>;

/** A hub says that it is there, or what is new. `answer`: who hears it should say so too, because I have just come. */
type Letter = { hub: string; org: string; news: News[] } | { hub: string; hello: true; answer: boolean };
// A NOTIFY carries at most 8,000 bytes.
const MOST_BYTES = 7_500;
/** Hubs say this often that they are there, and are believed for three times as long. Milliseconds. */
const HELLO_MS = 5_000;

/**
 * Live news over a wire. What is published while a text is on its way is gathered into the next: no timer. A hub that has
 * heard of no other says nothing but hello: where one hub is all, news costs no query.
 */
export async function wiredLive(hubId: string, open: OpenWire, log: Logger): Promise<Live> {
  const emitter = new EventEmitter().setMaxListeners(0);
  const others = new Map<string, number>();
  let waiting: Letter[] = [];
  let sending: Promise<void> | undefined;
  const wire = await open((text) => {
    for (const letter of JSON.parse(text) as Letter[]) if (letter.hub !== hubId) hear(letter);
  });

  function hear(letter: Letter): void {
    others.set(letter.hub, performance.now());
    if (!('hello' in letter)) emitter.emit('news', letter.org, letter.news);
    else if (letter.answer) post({ hub: hubId, hello: true, answer: false });
  }
  function post(letter: Letter): void {
    waiting.push(letter);
    sending ??= send();
  }
  async function send(): Promise<void> {
    while (waiting.length) {
      const letters = waiting;
      waiting = [];
      for (const text of texts(letters)) {
        await wire
          .send(text)
          .catch((error: Error) => log.warn({ error: error.message }, 'other hubs did not hear the news'));
      }
    }
    sending = undefined;
  }
  const hello = setInterval(() => {
    for (const [hub, heard] of others) if (performance.now() - heard > 3 * HELLO_MS) others.delete(hub);
    post({ hub: hubId, hello: true, answer: false });
  }, HELLO_MS).unref();
  post({ hub: hubId, hello: true, answer: true });
  await sending;

  return {
    publish(organisationId, news) {
      if (!news.length) return;
      emitter.emit('news', organisationId, news);
      if (!others.size) return;
      post({
        hub: hubId,
        org: organisationId,
        news: news.map((item) => (item.kind === 'session' ? { ...item, rows: undefined } : item)),
      });
    },
    subscribe(listener) {
      emitter.on('news', listener);
      return () => emitter.off('news', listener);
    },
    async close() {
      clearInterval(hello);
      await sending;
      await wire.close();
    },
  };
}

/** Letters as texts that fit; one letter that is too long alone is cut by its news. */
function* texts(letters: Letter[]): Generator<string> {
  let pack: string[] = [];
  let bytes = 2;
  for (const letter of letters.flatMap(cut)) {
    const text = JSON.stringify(letter);
    const size = Buffer.byteLength(text) + 1;
    if (pack.length && bytes + size > MOST_BYTES) {
      yield `[${pack.join(',')}]`;
      pack = [];
      bytes = 2;
    }
    pack.push(text);
    bytes += size;
  }
  if (pack.length) yield `[${pack.join(',')}]`;
}

function cut(letter: Letter): Letter[] {
  if ('hello' in letter || letter.news.length <= 20) return [letter];
  const half = letter.news.length >> 1;
  return [
    ...cut({ ...letter, news: letter.news.slice(0, half) }),
    ...cut({ ...letter, news: letter.news.slice(half) }),
  ];
}

/** PostgreSQL's LISTEN and NOTIFY on a connection of its own, opened again when it breaks. */
export const overPostgres =
  (url: string, log: Logger): OpenWire =>
  async (heard) => {
    let client: pg.Client;
    let closed = false;
    async function connect(): Promise<void> {
      client = new pg.Client({ connectionString: url, application_name: 'haina live', keepAlive: true });
      client.on('notification', (message) => heard(message.payload ?? '[]'));
      client.on('error', (error) => {
        if (closed) return;
        log.warn({ error: error.message }, 'the live connection broke; opening it again');
        setTimeout(
          () => void connect().catch(() => client.emit('error', new Error('still unreachable'))),
          1000,
        ).unref();
      });
      await client.connect();
      await client.query('listen haina');
    }
    await connect();
    return {
      send: async (text) => void (await client.query('select pg_notify($1, $2)', ['haina', text])),
      close: async () => {
        closed = true;
        await client.end();
      },
    };
  };

/** Redis pub/sub, when REDIS_URL is set. */
export const overRedis =
  (url: string, log: Logger): OpenWire =>
  async (heard) => {
    const [reader, writer] = [new Redis(url), new Redis(url)];
    for (const redis of [reader, writer])
      redis.on('error', (error: Error) =>
        log.warn({ error: error.message }, 'the live connection to Redis has trouble'),
      );
    reader.on('message', (_channel: string, text: string) => heard(text));
    await reader.subscribe('haina');
    return {
      send: async (text) => void (await writer.publish('haina', text)),
      close: async () => {
        reader.disconnect();
        writer.disconnect();
      },
    };
  };

/** Resolves when Redis answers; rejects when it does not within `patience` milliseconds or refuses us. */
export async function pingRedis(url: string, patience: number): Promise<void> {
  const client = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: patience,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.ping();
  } finally {
    client.disconnect();
  }
}
