import type { Failure } from '../../lib/graph/sandbox/answers.ts';
import { addressOf, type WhatsAppAccount } from './accounts.ts';
import { userIdOf } from './people.ts';
import type { Change, Platform } from './platform.ts';

type Json = Record<string, unknown>;

/** Makes the Cloud API's changes and has them brought to the account's address. */
export class Webhooks {
  readonly #platform: Platform;
  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** A message of a person; `type` names the object in `own`, or `own` lacks it where the type has none. */
  message(
    account: WhatsAppAccount,
    person: string,
    id: string,
    type: string,
    own: Json,
    done?: (taken: boolean) => void,
  ): void {
    const { windows } = this.#platform;
    if (type !== 'system') windows.heard(account.phoneNumberId, person);
    const { from, from_user_id } = this.#sender(person);
    const message = { from, from_user_id, id, timestamp: this.#seconds(), type, ...own };
    this.#send(account, 'messages', { contacts: [this.#contact(person)], messages: [message] }, done);
  }

  /** How far a message of ours came. */
  status(
    account: WhatsAppAccount,
    person: string,
    id: string,
    status: string,
    more: { key?: string; failure?: Failure } = {},
  ): void {
    const { from, from_user_id } = this.#sender(person);
    const { failure, key } = more;
    const told = {
      id,
      status,
      timestamp: this.#seconds(),
      recipient_id: from ?? '',
      recipient_user_id: from_user_id,
      ...(key && { biz_opaque_callback_data: key }),
      ...(status === 'sent' && {
        pricing: { billable: false, pricing_model: 'PMP', category: 'service', type: 'free_customer_service' },
      }),
      ...(failure && {
        errors: [
          {
            code: failure.code,
            title: failure.message,
            message: failure.message,
            error_data: { details: failure.data?.details },
          },
        ],
      }),
    };
    this.#send(account, 'messages', { contacts: [this.#contact(person)], statuses: [told] });
  }

  /** What somebody typed to the person in the phone's app. */
  echo(account: WhatsAppAccount, person: string, id: string, body: string): void {
    const { from, from_user_id } = this.#sender(person);
    const echo = {
      from: account.number,
      to: from,
      to_user_id: from_user_id,
      id,
      timestamp: this.#seconds(),
      type: 'text',
      text: { body },
    };
    this.#send(account, 'smb_message_echoes', { contacts: [this.#contact(person)], message_echoes: [echo] });
  }

  call(account: WhatsAppAccount, person: string, id: string): void {
    const { from, from_user_id } = this.#sender(person);
    this.#platform.windows.heard(account.phoneNumberId, person);
    const calls = ['connect', 'terminate'].map((event) => ({
      id,
      from,
      from_user_id,
      to: account.number,
      event,
      direction: 'USER_INITIATED',
      ...(event === 'terminate' && { status: 'FAILED' }),
      timestamp: this.#seconds(),
    }));
    this.#send(account, 'calls', { contacts: [this.#contact(person)], calls });
  }

  /** A whole recorded body. */
  body(account: WhatsAppAccount, body: unknown): void {
    this.#platform.hooks.deliver(subscriber(account), body);
  }

  #send(account: WhatsAppAccount, field: string, value: Json, done?: (taken: boolean) => void): void {
    const metadata = { display_phone_number: account.number, phone_number_id: account.phoneNumberId };
    const change: Change = {
      waba: account.wabaId,
      field,
      value: { messaging_product: 'whatsapp', metadata, ...value },
    };
    this.#platform.hooks.send(subscriber(account), [change], done);
  }

  #sender(person: string): { from?: string; from_user_id: string } {
    const user = userIdOf(this.#platform.host.seed, person);
    return user === person ? { from_user_id: user } : { from: person, from_user_id: user };
  }

  #contact(person: string): Json {
    const { from, from_user_id } = this.#sender(person);
    const name = this.#platform.world.person(person)?.name ?? person;
    return {
      profile: {
        name: name.replace(/^@/, ''),
        ...(!from && { username: name.replace(/^@/, '').replaceAll(' ', '.') }),
      },
      ...(from && { wa_id: from }),
      user_id: from_user_id,
    };
  }

  #seconds(): string {
    return String(Math.floor(this.#platform.host.now() / 1000));
  }
}

const subscriber = (account: WhatsAppAccount) => ({
  id: account.phoneNumberId,
  appSecret: account.appSecret,
  callbackUrl: addressOf(account),
});
