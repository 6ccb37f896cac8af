/** The part of a WebSocket that screens use. */
export interface Socket {
  send(text: string): void;
  close(code?: number, reason?: string): void;
  /** Bytes not yet taken by the network. */
  readonly buffered: number;
}

/** A screen that takes nothing for so long is let go; it reconnects and reads afresh. Bytes. */
export const MOST_BUFFERED = 4 * 1024 * 1024;

/** Sends, or lets a stuck socket go. */
export function push(socket: Socket, text: string): void {
  if (socket.buffered > MOST_BUFFERED) socket.close(1013, 'too slow');
  else socket.send(text);
}
