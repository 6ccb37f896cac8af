import type { Logger } from 'pino';

/** The part of a WebSocket that screens use. */
export interface Socket {
  send(text: string): void;
  close(code?: number, reason?: string): void;
  /** Bytes not yet taken by the network. */
  readonly buffered: number;
}

/**
 * Runs what a socket's event asks for. The server that calls us waits for no promise, and one that rejects unheard would
 * end the process: here it ends the line, and the page comes again.
 */
export function guarded(log: Logger, socket: () => Socket | undefined, work: () => Promise<void>): void {
  void work().catch((error: Error) => {
    log.warn({ error: error.message }, 'a live connection failed');
    socket()?.close(1011, 'internal');
  });
}

/** A screen that takes nothing for so long is let go; it reconnects and reads afresh. Bytes. */
export const MOST_BUFFERED = 4 * 1024 * 1024;

/** Sends, or lets a stuck socket go. */
export function push(socket: Socket, text: string): void {
  if (socket.buffered > MOST_BUFFERED) socket.close(1013, 'too slow');
  else socket.send(text);
}
