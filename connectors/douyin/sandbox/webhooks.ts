import { randomBytes } from 'node:crypto';
import { bytesOf } from '../replay.ts';
import { HEADER, signature } from '../signature.ts';
import type { Account, App } from './apps.ts';
import { logId } from './ids.ts';
import type { Platform } from './platform.ts';

type Json = Record<string, unknown>;
/** Events whose content is JSON text whatever the switches say. */
const TEXTUAL = new Set(['im_enter_direct_msg', 'im_recall_msg']);

/** Makes Douyin's events and has them brought to the app's address, signed. */
export class Webhooks {
  readonly #platform: Platform;
  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** What every event of a conversation carries. */
  talk(account: Account, person: string, messageId: string, at: number): Json {
    const { world, ids, host } = this.#platform;
    const avatar = (id: string) => `${host.url}/avatars/${id}.png`;
    return {
      conversation_short_id: ids.conversation(account.openId, person),
      server_message_id: messageId,
      conversation_type: 1,
      create_time: at,
      user_infos: [
        { open_id: person, nick_name: world.person(person)?.name ?? '', avatar: avatar(person) },
        { open_id: account.openId, nick_name: account.name, avatar: avatar(account.openId) },
      ],
    };
  }

  /** Brings one event of an account to its app. `done` hears whether it was taken; of an account taken back nothing goes out. */
  send(
    account: Account,
    event: string,
    people: { from: string; to: string },
    content: Json,
    done: (taken: boolean) => void = () => {},
  ): void {
    const { faults, host, isAdmitted } = this.#platform;
    const { callbackUrl, clientKey } = account.app;
    if (!callbackUrl || (!isAdmitted(account.openId) && event !== 'unauthorize')) {
      done(false);
      return;
    }
    const asText = TEXTUAL.has(event) || faults.on('stringContent');
    this.post(
      account.app,
      {
        event,
        client_key: clientKey,
        from_user_id: people.from,
        to_user_id: people.to,
        content: asText ? JSON.stringify(content) : content,
        log_id: logId(host.now()),
      },
      done,
    );
  }

  /** A body as it is. The same Msg-Id on every repeat. */
  post(app: App, event: Json, done: (taken: boolean) => void = () => {}): void {
    const { courier, faults } = this.#platform;
    const msgId = randomBytes(32).toString('hex');
    const body = bytesOf(event);
    courier.deliver({
      url: app.callbackUrl,
      make: () => ({
        body,
        headers: {
          'content-type': 'application/json',
          'msg-id': msgId,
          [HEADER]: signature(body, faults.on('badSignature') ? 'another secret' : app.clientSecret),
        },
      }),
      done,
    });
  }

  /** The trial of an address; gives whether the challenge came back as it went out. */
  async verify(app: App): Promise<boolean> {
    const { courier } = this.#platform;
    const challenge = Math.floor(Math.random() * 1e9);
    const body = bytesOf({ event: 'verify_webhook', client_key: app.clientKey, content: { challenge } });
    const answer = await courier.post(app.callbackUrl, body, {
      'content-type': 'application/json',
      [HEADER]: signature(body, app.clientSecret),
    });
    return answer.status === 200;
  }
}
