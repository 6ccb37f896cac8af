import type { Sendable } from '../../core/message.ts';
import type { Outbound, Sent, Tools } from '../connector.ts';
import { Refused } from '../errors.ts';
import { plain } from '../lib/plain.ts';
import { can } from './can.ts';
import type { Something, WebClient } from './client.ts';
import { chatOf, numberOf } from './ids.ts';
import { messageOf } from './inbound.ts';
import * as limit from './limits.ts';
import { Recent } from './recent.ts';
import type { WebMessage } from './schema.ts';
import { beforeSending, whileSending } from './trouble.ts';
import { pause, within } from './within.ts';

/** What is on its way, and what the page showed as written by us meanwhile: one of them is it. */
interface Flight {
  what: Something;
  seen: { id: string; type: string; body: string }[];
  over: Promise<void>;
}

/** Sends one message after the other, gently, and knows its own again when the page shows them. */
export class Sender {
  readonly #client: () => WebClient;
  readonly #tools: Tools;
  readonly #own = new Recent<number>();
  readonly #chats = new Recent<string>();
  #tail: Promise<unknown> = Promise.resolve();
  #flight: Flight | undefined;
  #last = 0;

  /** `client` throws what is right when there is none to send with. */
  constructor(client: () => WebClient, tools: Tools) {
    this.#client = client;
    this.#tools = tools;
  }

  async send(batch: Outbound): Promise<Sent> {
    const [message] = batch.messages;
    if (!message || batch.messages.length > 1) throw new RangeError('WhatsApp Web takes one message at a time.');
    this.#client();
    const what = await this.#prepare(message.content);
    const quote = message.quote && messageOf(message.quote);
    const turn = this.#tail.then(() => this.#dispatch(batch.to, what, quote));
    this.#tail = turn.catch(() => {});
    const id = await turn;
    return { messages: [{ externalId: id, quoteToken: id }] };
  }

  /** When this message of ours was sent from here; waits for one that is on its way. Undefined: written on the phone. */
  async sentAt({ id, type, body }: WebMessage): Promise<number | undefined> {
    const flight = this.#flight;
    if (flight && !this.#own.has(id._serialized)) {
      flight.seen.push({ id: id._serialized, type, body: body ?? '' });
      await flight.over;
    }
    return this.#own.get(id._serialized);
  }

  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    await this.#flight?.over;
  }

  async #dispatch(to: string, what: Something, quote: string | undefined): Promise<string> {
    const chat = await this.#lookUp(to);
    if (quote) await this.#mustKnow(quote);
    const [least, most] = limit.GENTLE_MS;
    const wait = this.#last + least + Math.random() * (most - least) - this.#tools.now();
    if (wait > 0) await pause(wait);
    const client = this.#client();
    let land = () => {};
    const flight: Flight = { what, seen: [], over: new Promise<void>((resolve) => (land = resolve)) };
    this.#flight = flight;
    try {
      const sent = await within('file' in what ? limit.SEND_FILE_MS : limit.SEND_MS, client.send(chat, what, quote));
      if (!sent) throw new Refused('unreachable', 'WhatsApp has no such chat.');
      return this.#remember(sent.id);
    } catch (error) {
      // The page may have it all the same: then it goes out, and its receipts tell the rest.
      const shown = flight.seen.find((one) => isSame(what, one));
      if (shown) return this.#remember(shown.id);
      throw whileSending(error);
    } finally {
      this.#last = this.#tools.now();
      this.#flight = undefined;
      land();
    }
  }

  #remember(id: string): string {
    this.#own.set(id, this.#tools.now());
    return id;
  }

  /** A number must be asked for first: WhatsApp knows it under an id of its own (A5). */
  async #lookUp(to: string): Promise<string> {
    const chat = chatOf(to);
    if (!chat) throw new Refused('not_found', 'No id of WhatsApp.');
    const number = numberOf(chat);
    if (!number) return chat;
    const known = this.#chats.get(number);
    if (known) return known;
    let found: string | null;
    try {
      found = await within(limit.ASK_MS, this.#client().lookUp(number));
    } catch (error) {
      throw beforeSending(error);
    }
    if (!found) throw new Refused('unreachable', 'This number is not on WhatsApp.');
    this.#chats.set(number, found);
    return found;
  }

  /** The library would leave out a quote it does not find, without a word. */
  async #mustKnow(quote: string): Promise<void> {
    let found: unknown;
    try {
      found = await within(limit.ASK_MS, this.#client().message(quote));
    } catch (error) {
      if (!/Invalid serialized message id/i.test(String(error))) throw beforeSending(error);
    }
    if (!found) throw new Refused('quote_gone', 'The message this one answers is no longer there.');
  }

  async #prepare(content: Sendable): Promise<Something> {
    switch (content.type) {
      case 'location':
        return {
          latitude: content.latitude,
          longitude: content.longitude,
          name: content.title,
          address: content.address,
        };
      case 'image':
      case 'voice':
      case 'video':
      case 'file': {
        const { blob, name, mime } = await this.#tools.file(content.media, can[content.type]);
        const voice = content.type === 'voice' && mime.startsWith('audio/ogg');
        const data = Buffer.from(await blob.arrayBuffer()).toString('base64');
        const as = voice ? 'voice' : content.type === 'file' ? 'document' : 'media';
        // WhatsApp shows a voice message as one only where the codec is named.
        return { file: { data, mime: voice ? 'audio/ogg; codecs=opus' : mime, name, size: blob.size }, as };
      }
      default:
        return { text: plain(content) };
    }
  }
}

const FILES = new Set(['image', 'video', 'audio', 'ptt', 'document', 'sticker']);

function isSame(what: Something, shown: { type: string; body: string }): boolean {
  if ('text' in what) return shown.type === 'chat' && shown.body === what.text;
  return 'file' in what ? FILES.has(shown.type) : shown.type === 'location';
}
