import { derived } from '../../lib/sandbox/ids.ts';
import { aesKeyOf, letters } from './ids.ts';

/** A ticket is good for twelve hours and made every ten minutes (wechat.md §12.1), in milliseconds. */
export const TICKET_EVERY = 600_000;
const TICKET_LIFE = 12 * 3_600_000;

/** A third-party platform (第三方平台) as it is registered at the Open Platform. */
export interface Component {
  name: string;
  appId: string;
  secret: string;
  token: string;
  aesKey: string;
  /** The key before it was changed. */
  previousAesKey?: string;
  /** Where its pushes go, without what comes after its key; empty: nowhere yet. */
  url: string;
}

export class Components {
  readonly #seed: string;
  readonly #byAppId = new Map<string, Component>();
  constructor(seed: string) {
    this.#seed = seed;
  }

  get(name: string): Component {
    const hex = (what: string) => derived(this.#seed, 'wechat', 'component', what, name);
    const appId = `wx${hex('app').slice(0, 16)}`;
    const known = this.#byAppId.get(appId);
    if (known) return known;
    const component: Component = {
      name,
      appId,
      secret: hex('secret').slice(0, 32),
      token: letters(this.#seed, 'component token', name).replace(/[-_]/g, '0').slice(0, 20),
      aesKey: aesKeyOf(this.#seed, 'component', name),
      url: '',
    };
    this.#byAppId.set(appId, component);
    return component;
  }

  byAppId = (appId: string): Component | undefined => this.#byAppId.get(appId);
  all = (): Component[] => [...this.#byAppId.values()];

  /** The ticket of these ten minutes; follows from the seed, so that it outlives the process. */
  ticket({ appId }: Component, now: number): string {
    return `ticket@@@${letters(this.#seed, 'ticket', appId, String(Math.floor(now / TICKET_EVERY)))}`;
  }

  checkTicket(component: Component, ticket: string, now: number): 'good' | 'expired' | 'invalid' {
    for (let back = 0; back <= 2 * TICKET_LIFE; back += TICKET_EVERY)
      if (this.ticket(component, now - back) === ticket) return back <= TICKET_LIFE ? 'good' : 'expired';
    return 'invalid';
  }
}
