import { SvelteMap } from 'svelte/reactivity';
import type { Frame, Session } from '../../../hub/shapes/desk.ts';
import { ApiError, api, type Page } from './api.ts';
import { deskSettings } from './desk-settings.svelte.ts';
import { live } from './live.svelte.ts';
import { me } from './me.svelte.ts';
import { belongs, type Counts, compare, compareMine, share, type View } from './order.ts';
import { type Hub, Talk } from './talk.svelte.ts';

const PAGE = 100;
/** Conversations that stay in memory for going back and forth. */
const KEPT = 12;

/**
 * All that is on the inbox's screen. Snapshot and news enter by the same door: both are whole rows, upserted by id;
 * news that comes while a snapshot is on its way waits and is applied after it.
 */
export class Desk {
  view: View = $state('mine');
  channelId: string | null = $state(null);
  q = $state('');
  counts: Counts = $state.raw({ mine: 0, waiting: 0, all: 0, unread: 0 });
  loading = $state(true);
  error: ApiError | null = $state.raw(null);
  talks = new SvelteMap<string, Talk>();
  /** The conversation on screen. */
  open: Talk | null = $state.raw(null);
  #sessions = new Map<string, Session>();
  #version = $state(0);
  /** What a search found, in the hub's order; null: no search. */
  #found: string[] | null = $state.raw(null);
  #next: string | null = $state.raw(null);
  #meanwhile: Frame[] | null = null;
  #turn = 0;
  #countsDue: ReturnType<typeof setTimeout> | undefined;
  #hub: Hub;
  #me: () => { id: string; name: string };

  list = $derived.by(() => {
    void this.#version;
    const wish = { view: this.view, channelId: this.channelId };
    const memberId = this.#me().id;
    if (this.#found) return this.#found.map((id) => this.#sessions.get(id)).filter((one) => one !== undefined);
    const rows: Session[] = [];
    for (const session of this.#sessions.values()) if (belongs(session, wish, memberId)) rows.push(session);
    return rows.sort(this.view === 'mine' ? compareMine(memberId, deskSettings.newOnTop) : compare(this.view));
  });
  get more(): boolean {
    return this.#next !== null;
  }

  constructor(hub: Hub, self: () => { id: string; name: string }) {
    this.#hub = hub;
    this.#me = self;
  }

  session(id: string): Session | undefined {
    void this.#version;
    return this.#sessions.get(id);
  }

  /** The whole screen from the hub; on the first and on every later connection. */
  async sync(): Promise<void> {
    this.#meanwhile = [];
    const turn = ++this.#turn;
    try {
      const [counts, mine, view] = await Promise.all([
        this.#hub.get<Counts>('/sessions/counts'),
        this.#hub.get<Page<Session>>('/sessions', { view: 'mine', limit: PAGE }),
        this.#plain ? null : this.#page(null),
        this.open?.load(),
      ]);
      if (turn !== this.#turn) return;
      this.#sessions.clear();
      this.#put(mine.items);
      this.counts = counts;
      this.#show(view ?? mine, false);
      this.error = null;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.error = error;
    } finally {
      if (turn === this.#turn) {
        const news = this.#meanwhile ?? [];
        this.#meanwhile = null;
        this.loading = false;
        for (const frame of news) this.apply(frame);
      }
    }
  }

  get #plain(): boolean {
    return this.view === 'mine' && !this.q && !this.channelId;
  }
  #page(cursor: string | null): Promise<Page<Session>> {
    return this.#hub.get<Page<Session>>('/sessions', {
      view: this.view,
      q: this.q,
      channelId: this.channelId,
      cursor,
      limit: PAGE,
    });
  }
  #show(page: Page<Session>, further: boolean): void {
    this.#put(page.items);
    this.#found = this.q ? [...(further ? (this.#found ?? []) : []), ...page.items.map((one) => one.id)] : null;
    this.#next = page.next;
  }
  #put(sessions: Session[]): void {
    for (const session of sessions) {
      const known = this.#sessions.get(session.id);
      // My own marks travel apart from the session: a frame is the same for everybody.
      if (!known || known.seq <= session.seq)
        this.#sessions.set(session.id, session.mine || !known?.mine ? session : { ...session, mine: known.mine });
    }
    this.#version++;
  }

  /** Another tab, search or channel: what is known shows at once, the hub's page follows. */
  async look(wish: Partial<{ view: View; q: string; channelId: string | null }>): Promise<void> {
    Object.assign(this, wish);
    const turn = ++this.#turn;
    this.#next = null;
    if (!this.q) this.#found = null;
    this.loading = true;
    try {
      const page = await this.#page(null);
      if (turn === this.#turn) this.#show(page, false);
      this.error = null;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (turn === this.#turn) this.error = error;
    } finally {
      if (turn === this.#turn) {
        this.loading = false;
        const news = this.#meanwhile ?? [];
        this.#meanwhile = null;
        for (const frame of news) this.apply(frame);
      }
    }
  }

  async loadMore(): Promise<void> {
    if (!this.#next || this.loading) return;
    const turn = this.#turn;
    this.loading = true;
    try {
      const page = await this.#page(this.#next);
      if (turn === this.#turn) this.#show(page, true);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }

  /** One piece of news. */
  apply(frame: Frame): void {
    if (this.#meanwhile) {
      this.#meanwhile.push(frame);
      return;
    }
    if (frame.type === 'changed' && frame.area === 'settings') this.open?.ruled();
    else if (frame.type === 'session') {
      this.#count(frame.session);
      this.#put([frame.session]);
      this.talks.get(frame.session.id)?.apply(frame);
    } else if (frame.type === 'gone') {
      this.#count({ id: frame.sessionId });
      this.#sessions.delete(frame.sessionId);
      void this.talks.get(frame.sessionId)?.lose();
      this.#version++;
    } else if (frame.type === 'mine') {
      const known = this.#sessions.get(frame.sessionId);
      if (known) this.#sessions.set(known.id, { ...known, mine: frame.mine });
      const talk = this.talks.get(frame.sessionId);
      if (talk?.detail) talk.detail = { ...talk.detail, mine: frame.mine };
      this.#version++;
    } else if (frame.type === 'message') this.talks.get(frame.message.sessionId)?.apply(frame);
    else if (frame.type === 'event' || frame.type === 'typing') this.talks.get(frame.sessionId)?.apply(frame);
  }

  /** Keeps the numbers right; where the old row is not here, the hub is asked. */
  #count(next: Session | { id: string }): void {
    const known = this.#sessions.get(next.id);
    if (!known) {
      clearTimeout(this.#countsDue);
      this.#countsDue = setTimeout(
        async () => (this.counts = await this.#hub.get<Counts>('/sessions/counts').catch(() => this.counts)),
        250,
      );
      return;
    }
    const { id } = this.#me();
    const was = share(known, id);
    const is =
      'state' in next && next.seq >= known.seq ? share(next, id) : 'state' in next ? was : share(undefined, id);
    const sum = (key: keyof Counts) => Math.max(0, this.counts[key] - was[key] + is[key]);
    this.counts = { mine: sum('mine'), waiting: sum('waiting'), all: sum('all'), unread: sum('unread') };
  }

  /** Puts a conversation on the screen. */
  enter(id: string): Talk {
    const talk = this.talks.get(id) ?? new Talk(id, this.#hub, this.#me);
    this.talks.delete(id);
    this.talks.set(id, talk);
    for (const old of this.talks.keys()) if (this.talks.size > KEPT) this.talks.delete(old);
    this.open = talk;
    live.watch(id);
    void talk.load();
    return talk;
  }
  leave(id: string): void {
    if (this.open?.id !== id) return;
    this.open = null;
    live.watch(null);
  }
}

export const desk = new Desk(api, () => me.member);
