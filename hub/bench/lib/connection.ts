import { connect, type Socket } from 'node:net';

export interface Answered {
  status: number;
  head: string;
  body: string;
}

/**
 * One HTTP/1.1 connection that is kept alive, one request at a time: as little as a load can be made of, so that little
 * of the machine goes into loading. To 127.0.0.1 only. Reconnects after the connection was lost.
 */
export class Connection {
  readonly #port: number;
  #socket: Socket | undefined;
  #parts = '';
  #waiting: { resolve: (answer: Answered) => void; reject: (error: Error) => void } | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  /** `request`: the whole request. Rejects when the connection breaks before the answer is complete. */
  send(request: Uint8Array): Promise<Answered> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      (this.#socket ??= this.#open()).write(request);
    });
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #open(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.#take(text));
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = undefined;
      this.#parts = '';
      this.#waiting?.reject(new Error('The connection broke.'));
      this.#waiting = undefined;
    });
    return socket;
  }

  #take(text: string): void {
    this.#parts += text;
    const end = this.#parts.indexOf('\r\n\r\n');
    if (end === -1) return;
    const head = this.#parts.slice(0, end);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    const rest = this.#parts.slice(end + 4);
    const chunked = length === undefined && /\r\ntransfer-encoding: *chunked/i.test(head);
    if (chunked ? !rest.endsWith('0\r\n\r\n') : rest.length < Number(length ?? 0)) return;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#parts = '';
    const body = Buffer.from(chunked ? unchunked(rest) : rest, 'latin1').toString();
    waiting?.resolve({ status: Number(head.slice(9, 12)), head, body });
  }
}

function unchunked(text: string): string {
  let body = '';
  for (let at = 0; ; ) {
    const line = text.indexOf('\r\n', at);
    const size = Number.parseInt(text.slice(at, line), 16);
    if (!size) return body;
    body += text.slice(line + 2, line + 2 + size);
    at = line + 2 + size + 2;
  }
}

/** A whole request with a JSON body. */
export function request(method: string, path: string, headers: Record<string, string>, body = ''): Buffer {
  const lines = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const size = Buffer.byteLength(body);
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${body ? 'content-type: application/json\r\n' : ''}content-length: ${size}\r\n${lines}\r\n${body}`,
  );
}
