import type { Inbound } from '../../core/inbound.ts';
import type { WebClient } from './client.ts';
import { kindOf, plainId } from './ids.ts';
import * as inbound from './inbound.ts';
import { readMessage } from './inbound.ts';
import type { Intake } from './intake.ts';
import * as limit from './limits.ts';
import { Recent } from './recent.ts';
import type { WebMessage } from './schema.ts';
import type { Sender } from './sender.ts';
import { within } from './within.ts';

const QUESTION_MS = 3_000;

/** Hears what the page says of messages, asks what it must know for them, and hands them on in our words. */
export class Ears {
  readonly #intake: Intake;
  readonly #sender: Sender;
  readonly #now: () => number;
  readonly #aliases = new Recent<string[]>();
  readonly #acks = new Recent<number>();
  readonly #waiting = new Set<NodeJS.Timeout>();
  /** Our own ids, once known. */
  me: readonly string[] = [];

  constructor(intake: Intake, sender: Sender, now: () => number) {
    this.#intake = intake;
    this.#sender = sender;
    this.#now = now;
  }

  listen(client: WebClient): void {
    // `message` brings the same once more.
    client.on('message_create', (raw) => this.message(client, raw));
    client.on('message_edit', (raw, body) =>
      this.#tell(client, raw, (message, about) => inbound.onEdit(message, body, about)),
    );
    client.on('message_revoke_everyone', (raw) => this.#tell(client, raw, inbound.onRevoke));
    client.on('message_ciphertext_failed', (raw) => this.#tell(client, raw, inbound.onUnreadable));
    client.on('message_reaction', (raw) => this.#intake.add(() => inbound.onReaction(raw, { me: this.me })));
    client.on('call', (raw) => this.#intake.add(() => inbound.onCall(raw, { me: this.me })));
    client.on('message_ack', (raw, ack) => void this.#ack(client, raw, Number(ack)));
  }

  /** Also for what is fetched after a silence. */
  message(client: WebClient, raw: unknown): void {
    const message = readMessage(raw);
    if (!message) {
      this.#intake.add(() => [unreadable(raw)]);
      return;
    }
    const hear = () =>
      this.#intake.add(async () => {
        const about = await this.#about(client, message);
        const asks = message.hasQuotedMsg && inbound.customerOf(message, this.me);
        const quoted = asks ? await within(QUESTION_MS, client.quotedBy(raw)).catch(() => undefined) : undefined;
        return inbound.onMessage(message, { ...about, quoted });
      });
    if (message.id.fromMe) void this.#sender.sentAt(message).then((sentAt) => sentAt === undefined && hear());
    else hear();
  }

  close(): void {
    for (const timer of this.#waiting) clearTimeout(timer);
    this.#waiting.clear();
  }

  #tell(client: WebClient, raw: unknown, translate: (message: WebMessage, about: inbound.About) => Inbound[]): void {
    const message = readMessage(raw);
    if (message) this.#intake.add(async () => translate(message, await this.#about(client, message)));
  }

  /** Marks only go forward, and after the hub knows the message they belong to. */
  async #ack(client: WebClient, raw: unknown, ack: number): Promise<void> {
    const message = readMessage(raw);
    if (!message?.id.fromMe || !Number.isInteger(ack)) return;
    const sentAt = await this.#sender.sentAt(message);
    const id = message.id._serialized;
    const before = this.#acks.get(id) ?? 0;
    if (before === -1 || (ack === -1 ? before >= 2 : ack <= before)) return;
    this.#acks.set(id, ack);
    const tell = () => this.#intake.add(async () => inbound.onAck(message, ack, await this.#about(client, message)));
    const wait = sentAt === undefined ? 0 : sentAt + limit.KNOWN_AFTER_MS - this.#now();
    if (wait <= 0) return tell();
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      tell();
    }, wait);
    this.#waiting.add(timer);
  }

  /** Number and hidden id of one person belong together (A5). Asked once for each. */
  async #about(client: WebClient, message: WebMessage): Promise<inbound.About> {
    const id = plainId(message.id.remote);
    if (kindOf(id) !== 'person') return { me: this.me };
    let aliases = this.#aliases.get(id);
    if (!aliases) {
      const found = await within(QUESTION_MS, client.aliases(id)).catch(() => []);
      aliases = [...new Set(found.map(plainId))].filter((one) => one !== id && kindOf(one) === 'person');
      if (found.length) this.#aliases.set(id, aliases);
    }
    return { me: this.me, aliases };
  }
}

/** Something of a shape we do not know: kept by name, with as much of its id as there is. */
function unreadable(raw: unknown): Inbound {
  const { id, type } = (raw ?? {}) as { id?: { _serialized?: unknown }; type?: unknown };
  const name = typeof id?._serialized === 'string' ? id._serialized.slice(0, 300) : crypto.randomUUID();
  return { externalId: `unreadable:${name}`, at: 0, kind: 'ignored', what: 'unreadable', data: { type: String(type) } };
}
