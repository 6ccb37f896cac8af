import type { Live } from '../live.ts';
import { type Arrival, type ArrivalKey, lastOf, ledgerOf } from '../store/arrivals.ts';
import type { SessionRow } from '../store/changes.ts';

/** People kept in memory, at most. */
const MOST = 20_000;

/**
 * Who wrote lately, with their open session as this hub last saw it, so that the next message needs no query. It may be
 * out of date: then the write meets `Conflict`, because every change of a session takes its next number, and the caller
 * forgets and reads. News of a session, our own or another hub's, puts it right or throws it out.
 */
export class Known {
  readonly #people = new Map<string, Arrival>();
  readonly #keys = new Map<string, string>();
  readonly #early = new Set<string>();
  readonly #stop: () => void;

  constructor(live: Live) {
    this.#stop = live.subscribe((_organisationId, news) => {
      for (const item of news) {
        if (item.kind === 'early-recall') this.#recalledEarly(`${item.channelId}:${item.messageId}`);
        if (item.kind === 'contact') this.#contact(item.id);
        if (item.kind !== 'session') continue;
        if (item.rows) this.#session(item.rows.session);
        // News without a new number is only about how it is shown.
        else if (item.from <= item.to) this.#drop(this.#keys.get(item.id) ?? '');
      }
    });
  }

  close(): void {
    this.#stop();
  }

  #session(row: SessionRow): void {
    const key = this.#keys.get(row.id) ?? this.#keys.get(row.identity_id);
    const person = key ? this.#people.get(key) : undefined;
    // Late news of an older state must not push out a newer one.
    if (!person || (person.session?.id === row.id && person.session.seq > row.seq)) return;
    if (row.state === 'closed' && person.session && person.session.id !== row.id) return;
    const ledger = ledgerOf(row.window_until, row.window_left);
    const closed = row.state === 'closed';
    this.#hold(key!, { ...person, ledger, session: closed ? null : row, last: closed ? lastOf(row) : null });
  }

  /** Tags or the blacklist may have changed. Rare, so that an index of contacts would cost more than this walk. */
  #contact(id: string): void {
    for (const [key, person] of this.#people) if (person.identity.contactId === id) this.#drop(key);
  }

  get({ channelId, from }: ArrivalKey): Arrival | undefined {
    return this.#people.get(`${channelId}:${from}`);
  }

  put(person: Arrival): void {
    this.#hold(`${person.channelId}:${person.from}`, person);
    if (this.#people.size > MOST) this.#drop(this.#people.keys().next().value!);
  }

  forget({ channelId, from }: ArrivalKey): void {
    this.#drop(`${channelId}:${from}`);
  }

  /** Was this message taken back before it came? */
  wasRecalled(channelId: string, messageId: string): boolean {
    return this.#early.size > 0 && this.#early.has(`${channelId}:${messageId}`);
  }

  #hold(key: string, person: Arrival): void {
    const before = this.#people.get(key);
    if (before?.session && before.session.id !== person.session?.id) this.#keys.delete(before.session.id);
    this.#people.delete(key);
    this.#people.set(key, person);
    this.#keys.set(person.identity.id, key);
    if (person.session) this.#keys.set(person.session.id, key);
  }

  #drop(key: string): void {
    const person = this.#people.get(key);
    if (!person) return;
    this.#people.delete(key);
    this.#keys.delete(person.identity.id);
    if (person.session) this.#keys.delete(person.session.id);
  }

  #recalledEarly(message: string): void {
    this.#early.add(message);
    if (this.#early.size > MOST) this.#early.delete(this.#early.values().next().value!);
  }
}
