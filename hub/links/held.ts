import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Misconfigured } from '../../connectors/errors.ts';
import type { LinkState, OpenLink } from '../../connectors/link.ts';
import type { Inbound } from '../../core/inbound.ts';
import { isAway } from '../away.ts';
import { receivePeople } from '../desk/aliases.ts';
import { park } from '../desk/park.ts';
import { toolsFor } from '../desk/tools.ts';
import type { Hub } from '../hub.ts';
import { channelHeard, channelNeedsAttention, setHealth } from '../store/channels.ts';
import { type LinkChannel, setAccount, setLink } from '../store/links.ts';
import { deadLink } from './dead.ts';
import { savedLogin } from './saved.ts';

/** After so long without its connection a channel needs somebody's attention. Milliseconds. */
const AWAY_MS = 300_000;

/** One account that this hub holds, and what is told of it. */
export class Held {
  readonly #hub: Hub;
  readonly organisationId: string;
  readonly id: string;
  /** As it was when the link was opened; another one opens it again. */
  config: string;
  #link: OpenLink | undefined;
  #state: LinkState | undefined;
  #refused: { code: string; reason: string } | undefined;
  #quiet = false;
  #away: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #work: Promise<void> = Promise.resolve();
  #ended = false;

  constructor(hub: Hub, channel: LinkChannel) {
    this.#hub = hub;
    this.organisationId = channel.organisationId;
    this.id = channel.id;
    this.config = JSON.stringify(channel.config);
    this.#state = channel.link ?? undefined;
  }

  /** What there is to talk to; undefined while it is being opened. */
  get link(): OpenLink | undefined {
    if (this.#link) return this.#link;
    return this.#state?.state === 'failed' ? deadLink(this.#state) : undefined;
  }
  /** Where this machine keeps what is this account's alone. */
  get folder(): string {
    return join(this.#hub.env.dataDir, 'links', this.id);
  }

  /** Opens what can be opened without a person. */
  begin(): Promise<void> {
    return this.#turn(() => (this.#state?.state === 'failed' ? Promise.resolve() : this.#open()));
  }

  /** A person wants the code to be shown, or the connection made again. What works already is left alone. */
  reopen(): Promise<void> {
    return this.#turn(async () => {
      const busy = this.#state?.state;
      if (this.#link && (busy === 'ready' || busy === 'starting' || busy === 'connecting' || busy === 'qr')) return;
      await this.#shut();
      await this.#open();
    });
  }

  pair(phone: string): Promise<void> {
    return this.#turn(async () => {
      if (!this.#link) await this.#open();
      await this.#link?.pair?.(phone);
    });
  }

  logout(): Promise<void> {
    return this.#turn(async () => {
      this.#quiet = true;
      // Without an open link there is still the saved login to be thrown away.
      if (this.#link) await this.#link.logout();
      await this.#shut();
      await savedLogin(this.#hub, this.organisationId, this.id).remove();
      await rm(this.folder, { recursive: true, force: true, maxRetries: 4 });
      this.#quiet = false;
    });
  }

  /** Lets go. What is told of it now stays as it is: the next hub goes on from there. */
  close(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#away);
    return this.#turn(async () => {
      await this.#shut();
      await this.#writing;
    });
  }

  #turn(work: () => Promise<void>): Promise<void> {
    const turn = this.#work.then(work);
    this.#work = turn.catch((error: unknown) =>
      this.#hub.log.warn({ error: wordsOf(error), channelId: this.id }, 'a linked account did not do as told'),
    );
    return this.#work;
  }

  async #open(): Promise<void> {
    const channel = await this.#hub.rulebook.channelById(this.organisationId, this.id);
    if (!channel?.connector.link) return;
    this.#refused = undefined;
    try {
      this.#link = await channel.connector.link.open(channel.config, toolsFor(this.#hub, channel), {
        receive: (events) => this.#receive(events),
        state: (state) => this.#tell(state),
        folder: this.folder,
        saved: savedLogin(this.#hub, this.organisationId, this.id),
      });
    } catch (error) {
      const code = error instanceof Misconfigured ? error.code : 'cannot_open';
      this.#tell({ state: 'failed', code, reason: wordsOf(error) });
    }
  }

  async #shut(): Promise<void> {
    const link = this.#link;
    this.#link = undefined;
    await link?.close();
  }

  /** Safe when it resolves. Where our own code fails on it, it is laid aside as a webhook's body would be. */
  async #receive(events: Inbound[]): Promise<void> {
    const hub = this.#hub;
    const channel = await hub.rulebook.channelById(this.organisationId, this.id);
    if (!channel) return;
    try {
      await receivePeople(hub, channel, events);
      for (const event of events)
        hub.metrics.inbound.inc({ connector: channel.connector.name, kind: event.kind, outcome: 'stored' });
    } catch (error) {
      if (isAway(error)) throw error;
      const body = Buffer.from(JSON.stringify(events));
      await park(hub, channel, { method: 'LINK', path: '', query: {}, headers: {}, body }, error);
    }
  }

  #tell(state: LinkState): void {
    const told: LinkState = this.#refused ? { state: 'failed', ...this.#refused } : state;
    this.#state = told;
    this.#writing = this.#writing
      .then(() => this.#write(told))
      .catch((error: unknown) =>
        this.#hub.log.warn(
          { error: wordsOf(error), channelId: this.id },
          'how an account is could not be written down',
        ),
      );
  }

  async #write(state: LinkState): Promise<void> {
    const hub = this.#hub;
    const org = hub.db.org(this.organisationId);
    clearTimeout(this.#away);
    if (state.state === 'ready' && !(await setAccount(org, this.id, state.account))) {
      const refused = { code: 'already_connected', reason: 'This number is connected in another channel already.' };
      this.#refused = refused;
      this.#tell({ state: 'failed', ...refused });
      void this.#turn(async () => await this.#link?.logout());
      return;
    }
    await setLink(org, this.id, { ...state, at: new Date(hub.now()).toISOString() });
    if (state.state === 'ready') {
      await channelHeard(org, this.id, new Date(hub.now()));
      await setHealth(org, this.id, { health: 'ok' });
    } else if (state.state === 'failed' && !this.#quiet)
      await channelNeedsAttention(hub, this.organisationId, this.id, state.code, state.reason);
    else if (state.state === 'disconnected' && !this.#ended) {
      const attend = () =>
        void channelNeedsAttention(hub, this.organisationId, this.id, 'link_down', state.reason).catch(() => {});
      this.#away = setTimeout(attend, AWAY_MS).unref();
    }
    hub.live.publish(this.organisationId, [{ kind: 'changed', area: 'channels' }]);
  }
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 300);
