import ReconnectingWebSocket from 'partysocket/ws';
import type { Frame, Said } from '../../../hub/shapes/desk.ts';

/** The news stream. Opens again by itself; whoever listens is told by `ready`, the first frame of every connection. */
export class Live {
  state: 'connecting' | 'open' | 'lost' = $state('connecting');
  #socket: ReconnectingWebSocket | null = null;
  #listeners = new Set<(frame: Frame) => void>();
  #watching: string | null = null;
  #typedAt = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  open(address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/live`): void {
    if (this.#socket) return;
    const socket = new ReconnectingWebSocket(address, [], {
      minReconnectionDelay: 400,
      maxReconnectionDelay: 8000,
      reconnectionDelayGrowFactor: 1.6,
      connectionTimeout: 8000,
      maxEnqueuedMessages: 0,
    });
    this.#socket = socket;
    socket.addEventListener('message', (event) => {
      const frame = JSON.parse(event.data as string) as Frame;
      if (frame.type === 'ready') {
        this.state = 'open';
        if (this.#watching) this.#say({ type: 'watch', sessionId: this.#watching });
      }
      for (const listener of this.#listeners) listener(frame);
    });
    socket.addEventListener('close', () => (this.state = 'lost'));
    this.#timer = setInterval(() => this.#say({ type: 'ping' }), 25_000);
    addEventListener('online', this.#again);
  }

  #again = () => this.state === 'lost' && this.#socket?.reconnect();

  /** Try now instead of waiting for the next turn. */
  retry(): void {
    this.#socket?.reconnect();
  }

  close(): void {
    clearInterval(this.#timer);
    removeEventListener('online', this.#again);
    this.#socket?.close();
    this.#socket = null;
    this.#watching = null;
    this.state = 'connecting';
  }

  /** Returns how to stop. */
  hear(listener: (frame: Frame) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #say(said: Said): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(said));
  }

  /** The conversation on this screen; its messages are sent here. */
  watch(sessionId: string | null): void {
    this.#watching = sessionId;
    this.#say({ type: 'watch', sessionId });
  }

  /** At most once in three seconds. */
  typing(sessionId: string): void {
    const now = Date.now();
    if (now - this.#typedAt < 3000) return;
    this.#typedAt = now;
    this.#say({ type: 'typing', sessionId });
  }
}

export const live = new Live();
