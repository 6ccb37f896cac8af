import type { Tools } from '../connector.ts';
import type { LinkHolder } from '../link.ts';
import * as limit from './limits.ts';
import { type Memo, readMemo, writeMemo } from './memo.ts';
import { pack, unpack } from './snapshot.ts';

/** Messages a little older than the last sight are fetched as well; the hub knows what it has already. */
const OVERLAP_MS = 120_000;

/** The login of an account: here as a profile, and saved so that another machine can go on with it. */
export class Login {
  readonly #holder: LinkHolder;
  readonly #tools: Tools;
  #memo: Memo = {};
  #restored = false;
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor(holder: LinkHolder, tools: Tools) {
    this.#holder = holder;
    this.#tools = tools;
  }

  /** Who is, or was, linked here. */
  get account(): string | undefined {
    return this.#memo.account;
  }

  /** Once, before the first browser: what another machine saved later than we did takes the place of ours. */
  async restore(): Promise<void> {
    if (this.#restored) return;
    const { folder, saved } = this.#holder;
    this.#memo = await readMemo(folder);
    const stream = await saved.load();
    if (stream) {
      try {
        const before = this.#memo.saved;
        const about = await unpack(stream, folder, ({ id }) => id === before);
        if (about.id !== before) {
          this.#memo = { account: about.account, seenAt: about.seenAt, saved: about.id };
          await writeMemo(folder, this.#memo);
        }
      } catch (error) {
        this.#warn(error, 'the saved login cannot be read; going on with the one of this machine');
      }
    }
    this.#restored = true;
  }

  /** The account is usable. Since when nobody listened, in epoch milliseconds; undefined when it was never linked before. */
  entered(account: string): number | undefined {
    const since = this.#memo.account === account ? this.#memo.seenAt : undefined;
    this.#memo = { ...this.#memo, account };
    this.seen();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keepSaving(), limit.SAVE_AFTER_MS).unref();
    return since === undefined ? undefined : since - OVERLAP_MS;
  }

  seen(): void {
    this.#memo = { ...this.#memo, seenAt: this.#tools.now() };
    void writeMemo(this.#holder.folder, this.#memo).catch((error: unknown) => this.#warn(error, 'no note was taken'));
  }

  async forget(surely: boolean): Promise<void> {
    clearTimeout(this.#timer);
    await this.#saving;
    this.#memo = { saved: surely ? undefined : this.#memo.saved };
    await writeMemo(this.#holder.folder, this.#memo);
    if (surely) await this.#holder.saved.remove();
  }

  /** Saves once more, where there is a login to be saved; the browser has ended. */
  async close(save: boolean): Promise<void> {
    clearTimeout(this.#timer);
    await this.#saving;
    if (save && this.account) await this.#save();
  }

  #keepSaving(): void {
    this.#saving = this.#save();
    this.#timer = setTimeout(() => this.#keepSaving(), limit.SAVE_EVERY_MS).unref();
  }

  async #save(): Promise<void> {
    const { account, seenAt } = this.#memo;
    const id = crypto.randomUUID();
    try {
      await this.#holder.saved.save(await pack(this.#holder.folder, { version: 1, id, account, seenAt }));
      this.#memo = { ...this.#memo, saved: id };
      await writeMemo(this.#holder.folder, this.#memo);
    } catch (error) {
      this.#warn(error, 'the login could not be saved');
    }
  }

  #warn(error: unknown, text: string): void {
    this.#tools.log.warn({ error: error instanceof Error ? error.message : String(error) }, text);
  }
}
