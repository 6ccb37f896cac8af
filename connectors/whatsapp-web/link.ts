import { mkdir, rm } from 'node:fs/promises';
import type { Inbound, Profile } from '../../core/inbound.ts';
import type { MediaStream, Outbound, Sent, Tools } from '../connector.ts';
import { Misconfigured, Refused, Retry } from '../errors.ts';
import type { Link, LinkHolder, LinkState, OpenLink } from '../link.ts';
import { findBrowser, freeProfile, profileIn } from './browser.ts';
import { type MakeClient, makeClient, type WebClient } from './client.ts';
import type { WebConfig } from './config.ts';
import { Downloads } from './download.ts';
import { Ears } from './ears.ts';
import { chatOf, numberOf } from './ids.ts';
import { messageOf } from './inbound.ts';
import { Intake } from './intake.ts';
import { Life } from './life.ts';
import * as limit from './limits.ts';
import { Login } from './login.ts';
import { Sender } from './sender.ts';
import { beforeSending, whileSending } from './trouble.ts';
import { within } from './within.ts';

/** The link of an account with the library, or with what a test plays in its place. */
export function linkWith(make: MakeClient, find = findBrowser): Link<WebConfig> {
  return {
    async open(_config, tools, holder) {
      await mkdir(holder.folder, { recursive: true, mode: 0o700 });
      const account = new Account(make, find, tools, holder);
      account.start();
      return account;
    },
  };
}
export const link = linkWith(makeClient);

/** Where the page really lives; another address is a sandbox's. */
export const WEB_HOST = 'https://web.whatsapp.com';

class Account implements OpenLink {
  readonly #tools: Tools;
  readonly #holder: LinkHolder;
  readonly #intake: Intake;
  readonly #sender: Sender;
  readonly #ears: Ears;
  readonly #downloads: Downloads;
  readonly #login: Login;
  readonly #life: Life;
  #closing = false;

  constructor(make: MakeClient, find: typeof findBrowser, tools: Tools, holder: LinkHolder) {
    const warn = (data: object, text: string) => tools.log.warn(data, text);
    const usable = () => this.#usable();
    this.#tools = tools;
    this.#holder = holder;
    this.#intake = new Intake((events: Inbound[]) => holder.receive(events), warn);
    this.#sender = new Sender(usable, tools);
    this.#ears = new Ears(this.#intake, this.#sender, tools.now);
    this.#downloads = new Downloads(usable, tools.now);
    this.#login = new Login(holder, tools);
    this.#life = new Life({
      make: async () => {
        const executable = await find();
        await freeProfile(holder.folder);
        await this.#login.restore();
        const host = tools.hosts.web ?? WEB_HOST;
        const standIn = host === WEB_HOST ? undefined : { host, fetch: tools.fetch };
        return await make({ executable, folder: holder.folder, standIn });
      },
      state: (state: LinkState) => holder.state(state),
      listen: (client) => this.#ears.listen(client),
      ready: (client, self) => this.#onReady(client, self.ids),
      beat: () => this.#login.seen(),
      wasLinked: () => this.#login.account !== undefined,
      loggedOut: (surely) => this.#forget(surely),
      warn,
    });
  }

  start(): void {
    this.#life.start();
  }

  send(batch: Outbound): Promise<Sent> {
    return this.#sender.send(batch);
  }

  media(source: string): Promise<MediaStream> {
    return this.#downloads.open(source);
  }

  async profile(from: string): Promise<Profile | null> {
    const found = await this.#ask((client) => client.profile(from));
    return found && { name: found.name, avatar: found.avatar, more: found.more };
  }

  async markRead(receipt: string): Promise<void> {
    await this.#ask((client) => client.seen(receipt));
  }

  async typing(to: string): Promise<void> {
    const chat = chatOf(to);
    if (chat) await this.#ask((client) => client.typing(chat));
  }

  async recall({ externalId }: { to: string; externalId: string }): Promise<void> {
    const client = this.#usable();
    let taken: boolean;
    try {
      taken = await within(limit.SEND_MS, client.revoke(messageOf(externalId)));
    } catch (error) {
      throw whileSending(error);
    }
    if (!taken) throw new Refused('too_late', 'WhatsApp no longer takes this message back.');
  }

  pair(phone: string): Promise<void> {
    return this.#life.pair(phone);
  }

  logout(): Promise<void> {
    return this.#life.logout();
  }

  async close(): Promise<void> {
    this.#closing = true;
    await within(limit.LAND_MS, this.#sender.idle()).catch(() => {});
    const wasOpen = this.#life.client !== undefined;
    this.#ears.close();
    await this.#life.close();
    // The browser has written down everything: the best moment to save.
    await this.#login.close(wasOpen);
    await this.#intake.close();
  }

  async #ask<T>(question: (client: WebClient) => Promise<T>): Promise<T> {
    const client = this.#usable();
    try {
      return await within(limit.ASK_MS, question(client));
    } catch (error) {
      throw beforeSending(error);
    }
  }

  #usable(): WebClient {
    const { client, stopped } = this.#life;
    if (client && !this.#closing) return client;
    if (stopped) throw new Misconfigured(stopped.code, stopped.reason);
    throw new Retry('WhatsApp Web is not open at the moment.');
  }

  #onReady(client: WebClient, ids: string[]): void {
    this.#ears.me = ids;
    const account = ids.map(numberOf).find(Boolean) ?? ids[0]!;
    const since = this.#login.entered(account);
    if (since === undefined) return;
    void client
      .unread(since, limit.MISSED_CHATS, limit.MISSED_MESSAGES)
      .then((messages) => {
        for (const raw of messages) this.#ears.message(client, raw);
      })
      .catch((error: unknown) =>
        this.#tools.log.warn({ error: String(error).slice(0, 300) }, 'what was said meanwhile could not be fetched'),
      );
  }

  async #forget(surely: boolean): Promise<void> {
    await this.#login.forget(surely);
    if (surely) await rm(profileIn(this.#holder.folder), { recursive: true, force: true, maxRetries: 4 });
  }
}
