import { vi } from 'vitest';
import { House, Refusal } from './house.ts';

/** How the wire treats requests: as it should, not at all, or so that the answer is lost after the work was done. */
export type Mood = 'fine' | 'dead' | 'deaf';

/** A browser's network and globals in one process, over a House; breaks when told to. Needs vitest's fake timers. */
export class Net {
  house = new House();
  mood: Mood = 'fine';
  sockets = new Set<Socket>();
  store = new Map<string, string>();
  posts = 0;

  install(): void {
    const net = this;
    const on = () => {};
    vi.stubGlobal('location', new URL('https://hub.example/chat/k'));
    vi.stubGlobal('document', { hidden: false, addEventListener: on, title: '' });
    vi.stubGlobal('addEventListener', on);
    vi.stubGlobal('window', globalThis);
    vi.stubGlobal('navigator', { language: 'en', languages: ['en'] });
    vi.stubGlobal('fetch', (path: string, init: RequestInit) => this.fetch(path, init));
    vi.stubGlobal(
      'WebSocket',
      class extends Socket {
        constructor(url: string) {
          super(net, url);
        }
      },
    );
  }

  /** Storage that outlives a page. */
  storage(): Storage {
    const { store } = this;
    return {
      get length() {
        return store.size;
      },
      key: (at: number) => [...store.keys()][at] ?? null,
      getItem: (name: string) => store.get(name) ?? null,
      setItem: (name: string, value: string) => void store.set(name, value),
      removeItem: (name: string) => void store.delete(name),
      clear: () => store.clear(),
    };
  }

  cut(): void {
    for (const socket of [...this.sockets]) socket.drop();
  }

  async fetch(path: string, init: RequestInit): Promise<Response> {
    const mood = this.mood;
    await wait(10);
    if (mood === 'dead') throw new TypeError('network');
    let answer: Response;
    try {
      answer = Response.json(this.#serve(new URL(path, 'https://hub.example'), init));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answer = Response.json({ code: error.code }, { status: error.status });
    }
    await wait(10);
    if (mood === 'deaf') throw new TypeError('network');
    return answer;
  }

  #serve(url: URL, init: RequestInit): unknown {
    const token = String((init.headers as Record<string, string>).authorization ?? '').slice(8);
    const body = init.body ? JSON.parse(String(init.body)) : undefined;
    if (url.pathname.endsWith('/hello')) return this.house.hello(body);
    if (url.pathname.endsWith('/messages')) return this.house.older(token, url.searchParams.get('before')!);
    this.posts++;
    return this.house.post(token, body);
  }
}

class Socket {
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  #net: Net;
  #detach: (() => void) | undefined;

  constructor(net: Net, url: string) {
    this.#net = net;
    net.sockets.add(this);
    const { searchParams: query } = new URL(url);
    setTimeout(() => {
      if (!net.sockets.has(this)) return;
      if (net.mood !== 'fine') return this.drop();
      this.#detach = net.house.attach(query.get('token')!, query.get('after'), (frame) => {
        // Frames travel; what has not arrived when the line breaks is lost.
        setTimeout(() => net.sockets.has(this) && this.onmessage?.({ data: JSON.stringify(frame) }), 5);
      });
    }, 10);
  }

  send(data: string): void {
    if (JSON.parse(data).type === 'ping')
      setTimeout(() => this.#net.sockets.has(this) && this.onmessage?.({ data: '{"type":"pong"}' }), 5);
  }
  close(): void {
    this.#net.sockets.delete(this);
    this.#detach?.();
  }
  drop(): void {
    this.close();
    this.onclose?.();
  }
  /** Dies without a word: a phone that changed its network. */
  freeze(): void {
    this.#net.sockets.delete(this);
    this.#detach?.();
  }
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
