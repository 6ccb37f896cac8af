import { BoundedMap } from '../../lib/sandbox/bounded.ts';
import { CONSENT, DAY, ENTER, REPLY } from '../limits.ts';
import type { MessageIds } from './ids.ts';

const DAY_MS = DAY * 1000;
/** Greetings after opening the chat: rounds a day. */
const ROUNDS = 3;

interface Talk {
  /** Messages of ours since the person last wrote. */
  sent: number;
  rounds: { day: number; ids: Map<string, number> };
  consent: { until: number; day: number; sent: number };
}

/** Who may be written to, how often and how long (douyin.md section 5). Counts are in memory; times are in the ids. */
export class Rights {
  readonly #talks = new BoundedMap<string, Talk>(2_000);
  readonly #ids: MessageIds;
  readonly #now: () => number;
  constructor(ids: MessageIds, now: () => number) {
    this.#ids = ids;
    this.#now = now;
  }

  /** The person wrote: everything is counted anew. */
  said(account: string, person: string): void {
    this.#talk(account, person).sent = 0;
  }
  consented(account: string, person: string, until: number): void {
    this.#talk(account, person).consent = { until, day: 0, sent: 0 };
  }

  /** Spends one message. Gives Douyin's error code, or 0. */
  spend(account: string, person: string, scene: string, messageId: string | undefined): number {
    const talk = this.#talk(account, person);
    if (scene === 'im_authorize_message') return this.#spendConsent(talk);
    const made = messageId ? this.#ids.read(messageId, account, person) : undefined;
    if (!made) return 28001007;
    if (scene === 'im_enter_direct_msg')
      return made.kind === 'entered' ? this.#greet(talk, messageId ?? '', made.at) : 28001007;
    if (made.kind !== 'said' || this.#now() - made.at > (REPLY.seconds ?? 0) * 1000) return 28001007;
    if (talk.sent >= (REPLY.sends ?? 0)) return 28003070;
    talk.sent++;
    return 0;
  }

  #spendConsent({ consent }: Talk): number {
    const day = Math.floor(this.#now() / DAY_MS);
    if (consent.until <= this.#now()) return 28001012;
    if (consent.day !== day) Object.assign(consent, { day, sent: 0 });
    if (consent.sent >= (CONSENT.sends ?? 0)) return 28003070;
    consent.sent++;
    return 0;
  }

  #greet({ rounds }: Talk, id: string, at: number): number {
    const day = Math.floor(this.#now() / DAY_MS);
    if (rounds.day !== day) Object.assign(rounds, { day, ids: new Map() });
    const sent = rounds.ids.get(id) ?? 0;
    if (this.#now() - at > ENTER.seconds * 1000) return 28001007;
    if (sent >= (ENTER.sends ?? 0) || (sent === 0 && rounds.ids.size >= ROUNDS)) return 28003070;
    rounds.ids.set(id, sent + 1);
    return 0;
  }

  #talk(account: string, person: string): Talk {
    const key = `${account} ${person}`;
    let talk = this.#talks.get(key);
    if (!talk) {
      talk = { sent: 0, rounds: { day: 0, ids: new Map() }, consent: { until: 0, day: 0, sent: 0 } };
      this.#talks.set(key, talk);
    }
    return talk;
  }
}
