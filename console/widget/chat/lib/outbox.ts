import type { WebEvent } from '../../../../connectors/web/schema.ts';
import { newId } from './id.ts';
import type { Keep } from './keep.ts';

/** What a post came to. `again`: nobody knows whether it arrived, or not now; the same ids go out again. */
export type Posted = { is: 'taken' } | { is: 'again'; afterMs?: number } | { is: 'refused'; code: string };

export interface Item {
  id: string;
  event: WebEvent;
  /** When it was written, epoch ms. */
  at: number;
  /** waiting → taken (the hub has it; its echo is on the way) or refused (a person may try again). */
  state: 'waiting' | 'taken' | 'refused';
  code?: string;
}

type Draft = WebEvent extends infer E ? (E extends { id: string } ? Omit<E, 'id'> : never) : never;

/** Older ones are not sent behind the person's back on the next visit: they wait to be asked for. */
const STALE = 24 * 3600_000;
const BATCH = 20;
/** What a person took the trouble to write or choose: survives a reload, and he hears when it is refused. */
const KEPT: readonly string[] = ['message', 'rate', 'leave-message'];

/**
 * What the visitor did, until the hub has it. Ids are made here and never change, so sending again is harmless; one
 * post at a time keeps the order. Messages survive a reload, one entry each, so that two tabs never overwrite another;
 * a tab that opens also sends what others left: the hub knows them by their ids.
 */
export class Outbox {
  items: Item[] = [];
  #keep: Keep;
  #post: (events: WebEvent[]) => Promise<Posted>;
  #changed: () => void;
  #running = false;
  #tries = 0;
  #alone = false;
  #wake: (() => void) | undefined;

  constructor(keep: Keep, post: (events: WebEvent[]) => Promise<Posted>, changed: () => void, now = Date.now()) {
    this.#keep = keep;
    this.#post = post;
    this.#changed = changed;
    for (const name of keep
      .names()
      .filter((name) => name.startsWith('out:'))
      .sort()) {
      try {
        const { event, at } = JSON.parse(keep.get(name) ?? '') as Item;
        const stale = now - at > STALE;
        // Only a message has a place on the screen where one could be asked to send it after all.
        if (!event.id || !event.type || !at || (stale && event.type !== 'message')) throw 0;
        this.items.push({ id: event.id, event, at, state: stale ? 'refused' : 'waiting', code: 'stale' });
      } catch {
        keep.set(name, null);
      }
    }
  }

  /** Puts something in and starts sending. Of `read` only the latest waits. */
  add(draft: Draft, id = newId()): string {
    const event = { ...draft, id } as WebEvent;
    const at = Date.now();
    if (event.type === 'read')
      this.items = this.items.filter((item) => item.event.type !== 'read' || item.state !== 'waiting');
    if (KEPT.includes(event.type)) this.#keep.set(`out:${id}`, JSON.stringify({ event, at }));
    this.items = [...this.items, { id, event, at, state: 'waiting' }];
    this.#changed();
    this.pump();
    return id;
  }

  /** The hub's own messages are here: those of ours among them need no bubble any more. */
  echoed(ids: Iterable<string>): void {
    const known = new Set(ids);
    for (const item of this.items.filter((item) => known.has(item.id))) this.drop(item.id);
  }

  retry(id: string): void {
    this.#set([id], { state: 'waiting', code: undefined });
    this.pump();
  }

  drop(id: string): void {
    this.#keep.set(`out:${id}`, null);
    this.items = this.items.filter((item) => item.id !== id);
    this.#changed();
  }

  /** The network is back: do not sit out the pause. */
  kick(): void {
    this.#tries = 0;
    this.#wake?.();
    this.pump();
  }

  async pump(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let batch = this.#next(); batch.length; batch = this.#next()) {
        const posted = await this.#post(batch.map((item) => item.event)).catch((): Posted => ({ is: 'again' }));
        const ids = batch.map((item) => item.id);
        if (posted.is === 'taken') this.#taken(batch);
        else if (posted.is === 'again') await this.#pause(posted.afterMs);
        else if (batch.length > 1)
          this.#alone = true; // find the one that is refused
        else this.#refused(ids, posted.code);
      }
    } finally {
      this.#running = false;
      this.#alone = false;
    }
  }

  #next(): Item[] {
    return this.items.filter((item) => item.state === 'waiting').slice(0, this.#alone ? 1 : BATCH);
  }

  #taken(batch: Item[]): void {
    this.#tries = 0;
    for (const { id } of batch) this.#keep.set(`out:${id}`, null);
    const others = batch.filter((item) => item.event.type !== 'message').map((item) => item.id);
    this.items = this.items.filter((item) => !others.includes(item.id));
    this.#set(
      batch.map((item) => item.id),
      { state: 'taken' },
    );
  }

  #refused(ids: string[], code: string): void {
    this.#tries = 0;
    const [item] = this.items.filter((item) => item.id === ids[0]);
    if (item && !KEPT.includes(item.event.type)) this.drop(item.id);
    else this.#set(ids, { state: 'refused', code });
  }

  #set(ids: string[], change: Partial<Item>): void {
    this.items = this.items.map((item) => (ids.includes(item.id) ? { ...item, ...change } : item));
    this.#changed();
  }

  /** Full jitter between 0.5 s and a bound that doubles up to 30 s; the hub's own wish when it had one. */
  #pause(afterMs?: number): Promise<void> {
    const bound = Math.min(30_000, 1000 * 2 ** this.#tries++);
    const ms = afterMs ?? 500 + Math.random() * bound;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
