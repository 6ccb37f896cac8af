import { EventEmitter } from 'node:events';
import type { Something, WebClient } from '../client.ts';

/** The library as a test plays it: says what it is told to say, and remembers what it was asked. */
export class FakeClient extends EventEmitter implements WebClient {
  readonly asked: string[] = [];
  readonly sent: { chat: string; what: Something; quote?: string }[] = [];
  ended = 0;
  status: string | null = 'CONNECTED';
  numbers = new Map<string, string | null>();
  messages = new Map<string, unknown>();
  known = new Map<string, string[]>();
  missed: unknown[] = [];
  /** How the next sends end; the default gives ids in order. */
  sending: (chat: string, what: Something) => Promise<{ id: string } | null> = async (chat) => ({
    id: `true_${chat}_${this.sent.length}`,
  });
  files: ({ data: string; mime?: string } | null | Error)[] = [];
  starting: Promise<void> = Promise.resolve();
  pairing: string | Error = 'ABCD1234';

  async initialize() {
    await this.starting;
  }
  async end() {
    this.ended++;
  }
  async logout() {
    this.asked.push('logout');
  }
  async requestPairingCode(phone: string) {
    this.asked.push(`pair ${phone}`);
    if (this.pairing instanceof Error) throw this.pairing;
    this.emit('code', this.pairing);
    return this.pairing;
  }
  async getState() {
    return this.status;
  }
  async self() {
    return { ids: ['4915550000001@c.us', '111@lid'], name: 'Shop' };
  }
  async lookUp(number: string) {
    this.asked.push(`number ${number}`);
    return this.numbers.get(number) ?? null;
  }
  async aliases(id: string) {
    this.asked.push(`aliases ${id}`);
    return this.known.get(id) ?? [];
  }
  async send(chat: string, what: Something, quote?: string) {
    this.sent.push({ chat, what, quote });
    return await this.sending(chat, what);
  }
  async message(id: string) {
    return this.messages.get(id) ?? null;
  }
  async quotedBy() {
    return undefined;
  }
  async download() {
    const next = this.files.shift();
    if (next instanceof Error) throw next;
    return next ?? null;
  }
  async revoke(id: string) {
    this.asked.push(`revoke ${id}`);
    return this.messages.has(id);
  }
  async seen(chat: string) {
    this.asked.push(`seen ${chat}`);
  }
  async typing(chat: string) {
    this.asked.push(`typing ${chat}`);
  }
  async profile() {
    return { name: 'Ada' };
  }
  async unread(since: number) {
    this.asked.push(`unread ${since}`);
    return this.missed;
  }
}
