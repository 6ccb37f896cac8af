import type { VisitorFrame } from '../../../../hub/shapes/visitor.ts';

export interface Ears {
  /** The address to connect to now; asked anew each time, because the cursor moves. `null`: not yet. */
  url(): string | null;
  frame(frame: VisitorFrame): void;
  /** The hub listens and tells; what was missed came already or comes now. */
  ready(): void;
  /** No line; `tries` attempts in a row have failed. */
  down(tries: number): void;
}

const PING = 25_000;
/** Longest wait for a handshake, and for any sign of life after a ping. */
const PATIENCE = 10_000;

/**
 * The socket that comes back. Jittered pauses from 0.3 s to 20 s, at once when the browser says the network or the
 * page is back. A line that died without a word is found by its silence after a ping, once the hub has shown that it
 * answers pings at all.
 */
export class Line {
  #ears: Ears;
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #heart: ReturnType<typeof setInterval> | undefined;
  #tries = 0;
  #answers = false;
  #heardAt = 0;
  open = false;

  constructor(ears: Ears) {
    this.#ears = ears;
  }

  start(): void {
    this.#hangUp();
    const url = this.#ears.url();
    if (!url) return;
    const socket = (this.#socket = new WebSocket(url));
    const live = () => this.#socket === socket;
    this.#timer = setTimeout(() => live() && this.#lost(), PATIENCE);
    socket.onmessage = (event) => live() && this.#heard(event.data);
    socket.onclose = socket.onerror = () => live() && this.#lost();
  }

  /** Gives the line up and begins again now. */
  restart(): void {
    this.#tries = 0;
    this.start();
  }

  /** Something says that the world is back: check or connect at once. */
  kick(): void {
    if (!this.open) this.restart();
    else this.#ping();
  }

  say(words: object): void {
    if (this.open) this.#socket?.send(JSON.stringify(words));
  }

  stop(): void {
    this.#hangUp();
  }

  #heard(data: unknown): void {
    this.#heardAt = Date.now();
    let frame: VisitorFrame;
    try {
      frame = JSON.parse(String(data));
    } catch {
      return;
    }
    if (frame.type === 'pong') this.#answers = true;
    else if (frame.type === 'ready') this.#ready();
    else this.#ears.frame(frame);
  }

  #ready(): void {
    if (this.open) return;
    clearTimeout(this.#timer);
    this.open = true;
    this.#tries = 0;
    this.#heart = setInterval(() => this.#ping(), PING);
    this.#ears.ready();
    this.#ping();
  }

  #ping(): void {
    const asked = Date.now();
    this.say({ type: 'ping' });
    if (!this.#answers) return;
    const socket = this.#socket;
    setTimeout(() => socket === this.#socket && this.#heardAt < asked && this.#lost(), PATIENCE);
  }

  #lost(): void {
    this.#hangUp();
    this.#ears.down(++this.#tries);
    const bound = Math.min(20_000, 500 * 2 ** this.#tries);
    this.#timer = setTimeout(() => this.start(), 300 + Math.random() * bound);
  }

  #hangUp(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#heart);
    const socket = this.#socket;
    this.#socket = undefined;
    this.open = false;
    if (!socket) return;
    socket.onclose = socket.onerror = socket.onmessage = null;
    socket.close();
  }
}
