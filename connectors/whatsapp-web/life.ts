import { Misconfigured, Refused } from '../errors.ts';
import type { LinkState } from '../link.ts';
import type { WebClient } from './client.ts';
import { numberOf, plainId } from './ids.ts';
import * as limit from './limits.ts';
import { TooLate, within } from './within.ts';

export interface LifeParts {
  /** Makes the profile free and a new client for it. */
  make(): Promise<WebClient>;
  state(state: LinkState): void;
  /** Listens to what the client says beside its life. */
  listen(client: WebClient): void;
  /** The first `ready` of each client. */
  ready(client: WebClient, self: { ids: string[]; name?: string }): void;
  /** All is well, once a minute. */
  beat(): void;
  /** Whether this profile was logged in before. */
  wasLinked(): boolean;
  /** The login has ended. `surely`: we were told so, and nothing of it is worth keeping; otherwise only a code was shown. */
  loggedOut(surely: boolean): Promise<void>;
  warn(data: object, text: string): void;
}

/** WhatsApp has blocked the account: going on would make it worse (A4). */
const BLOCKED = new Set(['TOS_BLOCK', 'SMB_TOS_BLOCK']);

/**
 * One account's life (A4): browser started, QR code or login restored, ready, watched, started again with time limits of
 * our own, and stopped for good where a person has to do something. What an earlier browser still says is not heard.
 */
export class Life {
  readonly #parts: LifeParts;
  #attempt = 0;
  #rounds = 0;
  #stage: 'off' | 'opening' | 'asking' | 'entering' | 'ready' = 'off';
  #client: WebClient | undefined;
  #ending: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #scan: NodeJS.Timeout | undefined;
  #watch: NodeJS.Timeout | undefined;
  #pairing: string | undefined;
  #stopped: { code: string; reason: string } | undefined;
  #closed = false;

  constructor(parts: LifeParts) {
    this.#parts = parts;
  }

  /** The client, while it is usable. */
  get client(): WebClient | undefined {
    return this.#stage === 'ready' ? this.#client : undefined;
  }
  /** Why nothing can be done without a person. */
  get stopped(): { code: string; reason: string } | undefined {
    return this.#stopped;
  }

  start(): void {
    if (this.#closed || this.#stage !== 'off') return;
    void this.#begin();
  }

  /** Asks for a code to be typed on the phone instead of the QR code. Throws Refused when the account is linked already. */
  async pair(phone: string): Promise<void> {
    if (!/^\d{6,20}$/.test(phone)) throw new Refused('bad_phone', 'A phone number with its country code, digits only.');
    if (this.#stage === 'ready' || this.#stage === 'entering')
      throw new Refused('already_linked', 'This account is linked already.');
    this.#pairing = phone;
    if (this.#stage === 'asking') await this.#ask(this.#attempt);
    else if (this.#stage === 'off') {
      clearTimeout(this.#timer);
      await this.#begin();
    }
  }

  async logout(): Promise<void> {
    const client = this.#client;
    const usable = this.#stage === 'ready';
    this.#attempt++;
    if (client && usable) {
      await within(limit.ASK_MS, client.logout()).catch((error: unknown) =>
        this.#parts.warn({ error: words(error) }, 'the phone may still show this login'),
      );
    }
    await this.#stop('logged_out', 'Logged out here.', 'surely');
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#attempt++;
    this.#let();
    await this.#ending;
  }

  async #begin(): Promise<void> {
    const mine = ++this.#attempt;
    clearTimeout(this.#timer);
    this.#stage = 'opening';
    this.#stopped = undefined;
    this.#parts.state({ state: 'starting' });
    await this.#ending;
    try {
      const client = await this.#parts.make();
      if (mine !== this.#attempt) return void (await client.end());
      this.#client = client;
      this.#hear(client, mine);
      this.#parts.listen(client);
      this.#limit(limit.OPEN_MS, mine, 'WhatsApp Web did not open in time.');
      await client.initialize();
    } catch (error) {
      if (mine !== this.#attempt) return;
      if (error instanceof Misconfigured) await this.#stop(error.code, error.message);
      else this.#again(mine, words(error));
    }
  }

  #hear(client: WebClient, mine: number): void {
    const on = (event: string, heard: (...args: any[]) => unknown) =>
      client.on(event, (...args) => {
        if (mine !== this.#attempt) return;
        void Promise.resolve(heard(...args)).catch((error: unknown) => this.#again(mine, words(error)));
      });
    on('qr', (text: unknown) => this.#onQr(String(text), mine));
    on('code', (code: unknown) => {
      if (this.#stage === 'asking') this.#parts.state({ state: 'code', code: String(code) });
    });
    on('authenticated', () => this.#onEntered(mine));
    on('loading_screen', () => this.#onEntered(mine));
    on('ready', () => this.#onReady(client, mine));
    on('auth_failure', () => this.#again(mine, 'WhatsApp refused the saved login.'));
    on('change_state', async (state: unknown) => {
      if (BLOCKED.has(String(state)))
        await this.#stop('blocked', 'WhatsApp has blocked this number (its terms of service). It is not opened again.');
    });
    on('disconnected', async (reason: unknown) => {
      if (reason === 'LOGOUT') await this.#stop('logged_out', 'The phone has ended this login.', 'surely');
      else if (BLOCKED.has(String(reason))) await this.#stop('blocked', 'WhatsApp has blocked this number.');
      else this.#again(mine, `WhatsApp Web: ${String(reason)}`);
    });
    on('stuck', (error: unknown) => this.#again(mine, words(error)));
  }

  async #onQr(qr: string, mine: number): Promise<void> {
    if (this.#stage === 'ready' || this.#stage === 'entering') return;
    if (this.#parts.wasLinked()) {
      await this.#stop('logged_out', 'WhatsApp asks for a new login.', 'likely');
      return;
    }
    clearTimeout(this.#timer);
    if (this.#stage !== 'asking') {
      this.#stage = 'asking';
      this.#scan = setTimeout(
        () => void this.#stop('not_scanned', 'Nobody scanned the code; open it again.'),
        limit.SCAN_MS,
      );
      if (this.#pairing) return await this.#ask(mine);
    }
    // Only the newest is good; and none while a code is being typed.
    if (!this.#pairing) this.#parts.state({ state: 'qr', qr });
  }

  async #ask(mine: number): Promise<void> {
    try {
      await within(limit.ASK_MS, this.#client!.requestPairingCode(this.#pairing!));
    } catch (error) {
      this.#pairing = undefined;
      if (mine === this.#attempt)
        await this.#stop('pairing_refused', `WhatsApp gave no code for this number: ${words(error)}`);
    }
  }

  /** Comes several times, and again after every new synchronisation. */
  #onEntered(mine: number): void {
    if (this.#stage === 'ready' || this.#stage === 'entering') return;
    this.#stage = 'entering';
    clearTimeout(this.#scan);
    this.#parts.state({ state: 'connecting' });
    this.#limit(limit.READY_MS, mine, 'WhatsApp Web logged in, but did not become ready in time.');
  }

  async #onReady(client: WebClient, mine: number): Promise<void> {
    if (this.#stage === 'ready') return;
    const self = await within(limit.ASK_MS, client.self());
    if (mine !== this.#attempt || (this.#stage as string) === 'ready') return;
    clearTimeout(this.#timer);
    clearTimeout(this.#scan);
    this.#stage = 'ready';
    this.#rounds = 0;
    this.#pairing = undefined;
    const ids = self.ids.map(plainId);
    const account = ids.map(numberOf).find(Boolean) ?? ids[0];
    if (!account) throw new Error('WhatsApp Web does not say whose it is.');
    this.#parts.ready(client, { ...self, ids });
    this.#parts.state({ state: 'ready', account, name: self.name });
    this.#keepWatch(client, mine);
  }

  #keepWatch(client: WebClient, mine: number): void {
    let strikes = 0;
    this.#watch = setInterval(async () => {
      const state = await within(limit.WATCH_PATIENCE_MS, client.getState()).catch(() => 'NO_ANSWER');
      if (mine !== this.#attempt) return;
      if (state === 'CONNECTED') {
        strikes = 0;
        this.#parts.beat();
      } else if (++strikes >= limit.WATCH_STRIKES) this.#again(mine, `WhatsApp Web is ${state ?? 'silent'}.`);
    }, limit.WATCH_MS);
  }

  #limit(ms: number, mine: number, reason: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#again(mine, reason), ms);
  }

  /** Ends this browser and starts another after a while; from the third time on the person reads why it takes so long. */
  #again(mine: number, reason: string): void {
    if (mine !== this.#attempt || this.#closed) return;
    this.#attempt++;
    this.#rounds++;
    this.#let();
    this.#parts.warn({ reason, round: this.#rounds }, 'WhatsApp Web is opened again');
    const told = this.#rounds < limit.ROUNDS ? reason : `${reason} (${this.#rounds} tries; the next in ten minutes)`;
    this.#parts.state({ state: 'disconnected', reason: told });
    const pause = this.#rounds < limit.ROUNDS ? limit.PAUSE_MS * this.#rounds : limit.LONG_PAUSE_MS;
    this.#timer = setTimeout(() => void this.#begin(), pause);
  }

  async #stop(code: string, reason: string, over?: 'surely' | 'likely'): Promise<void> {
    this.#attempt++;
    this.#rounds = 0;
    this.#pairing = undefined;
    this.#stopped = { code, reason };
    this.#let();
    await this.#ending;
    if (over) await this.#parts.loggedOut(over === 'surely');
    this.#parts.state({ state: 'failed', code, reason });
  }

  /** Lets the browser go; `#ending` tells when it has gone. */
  #let(): void {
    for (const timer of [this.#timer, this.#scan, this.#watch]) clearTimeout(timer);
    this.#stage = 'off';
    const client = this.#client;
    this.#client = undefined;
    if (client) this.#ending = this.#ending.then(() => client.end()).catch(() => {});
  }
}

function words(error: unknown): string {
  if (error instanceof TooLate) return 'WhatsApp Web did not answer in time.';
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0]!.slice(0, 300);
}
