import type { PageAccount } from './accounts.ts';
import type { Platform } from './platform.ts';

type Json = Record<string, unknown>;
/** What must be subscribed to for an event; `message` is of `messages`. */
const FIELDS: Record<string, string> = {
  message: 'messages',
  postback: 'messaging_postbacks',
  referral: 'messaging_referrals',
  optin: 'messaging_optins',
  reaction: 'message_reactions',
  message_edit: 'message_edits',
  delivery: 'message_deliveries',
  read: 'message_reads',
};
/** What a person does that lets the page write for a day. */
const OPENS = new Set(['message', 'postback', 'referral', 'optin', 'reaction']);

/** Makes a page's events and has them brought to its app. */
export class Webhooks {
  readonly #platform: Platform;
  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** Something a person did, told as `{ [kind]: own }`. */
  did(account: PageAccount, person: string, kind: string, own: Json, done?: (taken: boolean) => void): void {
    const { windows, faults } = this.#platform;
    if (OPENS.has(kind)) windows.acted(account.pageId, person);
    const event = { sender: { id: person }, recipient: { id: account.pageId }, timestamp: this.#now(), [kind]: own };
    const channel = faults.on('standby') ? 'standby' : 'messaging';
    this.#send(account, FIELDS[kind] ?? kind, channel, event, done);
  }

  /** What was written to the person by whichever app. */
  echo(account: PageAccount, person: string, message: Json): void {
    const own = { ...message, is_echo: true };
    const event = { sender: { id: account.pageId }, recipient: { id: person }, timestamp: this.#now(), message: own };
    this.#send(account, 'message_echoes', 'messaging', event);
  }

  /** A whole recorded body. */
  body(account: PageAccount, body: unknown): void {
    this.#platform.hooks.deliver(subscriber(account), body);
  }

  #send(
    account: PageAccount,
    field: string,
    channel: 'messaging' | 'standby',
    event: Json,
    done?: (taken: boolean) => void,
  ): void {
    if (account.subscribed.includes(channel === 'standby' ? 'standby' : field))
      this.#platform.hooks.send(subscriber(account), [{ page: account.pageId, channel, event }], done);
    else done?.(false);
  }

  #now(): number {
    return this.#platform.host.now();
  }
}

const subscriber = ({ pageId, appSecret, callbackUrl }: PageAccount) => ({ id: pageId, appSecret, callbackUrl });
