import type { WebEvent } from '../../../../connectors/web/schema.ts';
import type { Hello, VisitorFrame, VisitorMessage } from '../../../../hub/shapes/visitor.ts';
import { Api, type Problem } from './api.ts';
import { merge, resume } from './conversation.ts';
import type { Greeting } from './hello.ts';
import type { Keep } from './keep.ts';
import { Line } from './line.ts';
import { type Item, Outbox, type Posted } from './outbox.ts';
import { compare, later } from './place.ts';
import { type Upload, Uploads } from './uploads.ts';

export interface State {
  /** `gone`: there is no such channel, or it is switched off. `refused`: only those the site vouches for, or a link that is over. */
  phase: 'starting' | 'ready' | 'gone' | 'refused';
  hello: Hello | null;
  session: Hello['session'];
  /** The conversation ended while the page was open; one click goes on (V-06). */
  ended: boolean;
  messages: VisitorMessage[];
  before: string | null;
  older: boolean;
  pending: Item[];
  uploads: Upload[];
  quoted: VisitorMessage | null;
  /** Who is typing; empty text when they have no name. */
  typing: string | null;
  online: boolean;
  unread: number;
  /** The form for a message is open (V-09). */
  leaving: boolean;
}

/** An answer on a rating card, and a message left; as connectors/web/schema.ts has them. */
type Event<T extends WebEvent['type']> = Omit<Extract<WebEvent, { type: T }>, 'type' | 'id'>;
export type Rated = Event<'rate'>;
export type Left = Event<'leave-message'>;

/** How long an accepted message may stay without its echo before the line is called dead, ms. */
const ECHO = 8000;

/**
 * One visitor's chat. Snapshots (hello, older pages) and news (the socket) go through the same `merge`, so it does not
 * matter which comes first or twice. First hello, then the socket from its cursor; on every later connection the socket
 * first, then hello again: taken-back messages and read marks have no cursor of their own and come with it.
 */
export class Chat {
  state: State = {
    phase: 'starting',
    hello: null,
    session: null,
    ended: false,
    messages: [],
    before: null,
    older: false,
    pending: [],
    uploads: [],
    quoted: null,
    typing: null,
    online: true,
    unread: 0,
    leaving: false,
  };
  readonly api: Api;
  readonly uploads: Uploads;
  #keep: Keep;
  #about: Greeting;
  #line: Line;
  #out: Outbox;
  #listeners = new Set<() => void>();
  #visible = false;
  #entered = false;
  /** A socket was opened without a cursor: what came before it may be missing until a hello that began after it. */
  #holed = false;
  #sessions = 0;
  #readTo: string | null;
  #saying: Promise<void> | undefined;
  #typedAt = 0;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;
  #downTimer: ReturnType<typeof setTimeout> | undefined;
  #ratingTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(key: string, keep: Keep, about: Greeting) {
    this.api = new Api(key);
    this.#keep = keep;
    this.#about = about;
    this.#readTo = keep.get('read');
    this.#line = new Line({
      url: () => {
        this.#holed ||= !this.#lastCursor();
        return this.api.token && this.api.liveUrl(this.#lastCursor());
      },
      frame: (frame) => this.#heard(frame),
      ready: () => this.#ready(),
      down: (tries) => this.#down(tries),
    });
    this.#out = new Outbox(
      keep,
      (events) => this.#post(events),
      () => this.#set({ pending: this.#out?.items ?? [] }),
    );
    this.state.pending = this.#out.items;
    this.uploads = new Uploads(
      this.api,
      (uploads) => this.#set({ uploads }),
      (content) => this.#message(content),
    );
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async start(): Promise<void> {
    this.#keep.watch((name, value) => {
      // Another tab met the hub first, or anew: be the same visitor.
      if (name === 'token' && value && value !== this.api.token) this.#again();
    });
    addEventListener('online', () => this.#kick());
    addEventListener('pageshow', () => this.#kick());
    document.addEventListener('visibilitychange', () => document.hidden || this.#kick());
    await this.#greet();
    this.#line.start();
  }

  send(text: string): void {
    for (const part of cutText(text.trim(), this.state.hello?.limits.text ?? 4000))
      this.#message({ type: 'text', text: part });
  }
  /** A choice of a menu, as the one who asked named it. */
  choose(data: string, text: string): void {
    this.#out.add({ type: 'message', content: { type: 'action', data, text } });
  }
  retry = (id: string): void => this.#out.retry(id);
  drop = (id: string): void => this.#out.drop(id);
  /** Gives the event's id: as long as `pending` has it, the hub has it not. */
  rate(answer: Rated): string {
    return this.#out.add({ type: 'rate', ...answer });
  }
  /** The stars this page gave to an invitation, 0 where it gave none: the hub does not tell. With `stars`: gives them. */
  given(invitationId: string, stars?: number): number {
    if (stars) this.#keep.set('rated', `${invitationId} ${stars}`);
    const [id, given] = (this.#keep.get('rated') ?? '').split(' ');
    return id === invitationId ? Number(given) : 0;
  }
  leaveMessage(left: Left): string {
    return this.#out.add({ type: 'leave-message', ...left });
  }
  /** Opens or shuts the form for a message. */
  leaving(on: boolean): void {
    this.#set({ leaving: on });
  }
  /** Asks the hub how things stand. */
  ask = (): Promise<void> => this.#greet();
  wish(type: 'human' | 'leave-queue' | 'end' | 'enter' | 'rate-wish'): void {
    // V-39: after hours there may be something else than a beginning conversation.
    const instead = type === 'enter' && this.state.hello?.offHours;
    if (!instead) this.#out.add({ type });
    else if (instead.show === 'form') this.leaving(true);
    if (type === 'enter') this.#set({ ended: false });
  }
  quote(quoted: VisitorMessage | null): void {
    this.#set({ quoted });
  }

  /** What stands in the field, over a reload. */
  get draft(): string {
    return this.#keep.get('draft') ?? '';
  }
  set draft(text: string) {
    this.#keep.set('draft', text || null);
  }

  /** Says that the visitor is typing, at most every 2 s. What is typed stays here until it is sent. */
  typing(): void {
    if (Date.now() - this.#typedAt < 2000) return;
    this.#typedAt = Date.now();
    this.#line.say({ type: 'typing' });
  }

  async older(): Promise<void> {
    const { before, older } = this.state;
    if (!before || older) return;
    this.#set({ older: true });
    try {
      const page = await this.api.older(before);
      // A snapshot may have replaced everything meanwhile; then this page belongs to what is gone.
      if (this.state.before === before)
        this.#set({ messages: merge(this.state.messages, page.messages), before: page.before });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
    this.#set({ older: false });
  }

  /** Whether the visitor can see the messages now. */
  look(visible: boolean): void {
    this.#visible = visible;
    this.#count();
    if (visible) this.#enter();
  }

  #message(
    content: { type: 'text'; text: string } | { type: 'image' | 'file' | 'video'; media: { id: string } },
  ): void {
    const quoteId = this.state.quoted?.id;
    this.#out.add({ type: 'message', content, ...(quoteId && { quoteId }) });
    this.#set({ quoted: null });
    this.#typedAt = 0;
  }

  /** Hello, one at a time, until somebody answers. */
  #greet(): Promise<void> {
    this.#saying ??= this.#sayHello().finally(() => (this.#saying = undefined));
    return this.#saying;
  }

  async #sayHello(): Promise<void> {
    for (let tries = 0; ; tries++) {
      const heard = this.#sessions;
      const live = this.#line.open;
      const taken = this.#out.items.filter((item) => item.state === 'taken').map((item) => item.id);
      try {
        // Two tabs opened at once must not become two visitors: the second waits and finds the token of the first.
        const hello = await alone(!this.#keep.get('token'), async () => {
          const token = this.#keep.get('token') ?? undefined;
          const told = await this.api.hello({ token, ...this.#about });
          this.#keep.set('token', told.token);
          return told;
        });
        this.#met(hello, heard === this.#sessions);
        if (live) this.#holed = false;
        // What the hub had before it answered is in its history, if only on an older page.
        return this.#out.echoed(taken);
      } catch (error) {
        const { status, afterMs } = error as Problem;
        if (status === 404 || status === 410) return this.#set({ phase: 'gone' });
        // The link or the identity it brings is not good: asking again would not mend it.
        if (status === 400 || status === 401) return this.#set({ phase: 'refused' });
        this.#offline();
        await new Promise((resolve) =>
          setTimeout(resolve, afterMs ?? 500 + Math.random() * Math.min(20_000, 1000 * 2 ** tries)),
        );
      }
    }
  }

  /** `fresh`: no news of the session came while hello was on its way; news are never older than an answer. */
  #met(hello: Hello, fresh: boolean): void {
    const changed = this.api.token && this.api.token !== hello.token;
    this.api.token = hello.token;
    const have = changed ? { messages: [], before: null } : this.state;
    this.#set({ phase: 'ready', hello, ...resume(have, hello, !this.#holed) });
    if (fresh) this.#session(hello.session);
    this.#echoed(hello.messages);
    this.#count();
    this.#enter();
    this.#out.kick();
  }

  /** Once per visit, when nothing is open: lets a welcome rule speak. */
  #enter(): void {
    if (this.#entered || !this.#visible || this.state.phase !== 'ready') return;
    this.#entered = true;
    if (!isOpen(this.state.session)) this.wish('enter');
  }

  #heard(frame: VisitorFrame): void {
    if (frame.type === 'message') {
      // About a message further up than we have loaded: it will come as it is then.
      const { before, messages } = this.state;
      if (before && messages[0] && compare(frame.message.cursor, messages[0].cursor) < 0) return;
      this.#set({ messages: merge(this.state.messages, [frame.message]) });
      if (frame.message.author.type !== 'visitor') this.#typing(null);
      this.#echoed([frame.message]);
      this.#count();
    } else if (frame.type === 'session') {
      this.#sessions++;
      const asked = frame.session?.leaving && !this.state.session?.leaving;
      this.#session(frame.session);
      // The house has just asked for a message: here is where it goes.
      if (asked && frame.session?.mayLeave && this.#visible) this.leaving(true);
    } else if (frame.type === 'typing') this.#typing(frame.name ?? '');
    else if (frame.type === 'bye') {
      // Not at once: two sides that disagree must not spin.
      this.#line.stop();
      setTimeout(() => this.#again(), 1000 + Math.random() * 2000);
    }
  }

  #session(session: Hello['session']): void {
    const old = this.state.session;
    const ended = isOpen(old) && !isOpen(session) ? true : isOpen(session) ? false : this.state.ended;
    const readCursor = session && later(session.readCursor, old?.id === session.id ? old.readCursor : null);
    this.#set({ session: session && { ...session, readCursor }, ended });
    if (ended) this.#typing(null);
    clearTimeout(this.#ratingTimer);
    const ms = (session?.rating.seconds ?? Infinity) * 1000;
    if (session?.rating.open && ms < 2 ** 31) this.#ratingTimer = setTimeout(() => this.#greet(), ms + 1000);
  }

  #typing(typing: string | null): void {
    clearTimeout(this.#typingTimer);
    if (typing !== null) this.#typingTimer = setTimeout(() => this.#set({ typing: null }), 6000);
    if (typing !== this.state.typing) this.#set({ typing });
  }

  #echoed(messages: VisitorMessage[]): void {
    this.#out.echoed(messages.flatMap((message) => [message.id, message.eventId ?? message.id]));
  }

  #lastCursor(): string | null {
    return this.state.messages.at(-1)?.cursor ?? null;
  }

  /** What is unread, and, once seen, says so. */
  #count(): void {
    const theirs = this.state.messages.filter((message) => message.author.type !== 'visitor' && !message.recalled);
    const last = theirs.at(-1)?.cursor ?? null;
    if (this.#visible && last && later(last, this.#readTo) !== this.#readTo) {
      this.#readTo = last;
      this.#keep.set('read', last);
      this.#out.add({ type: 'read', cursor: last });
    }
    const unread = theirs.filter(({ cursor }) => later(cursor, this.#readTo) !== this.#readTo).length;
    if (unread !== this.state.unread) this.#set({ unread });
  }

  async #post(events: Parameters<Api['post']>[0]): Promise<Posted> {
    if (!this.api.token) await this.#greet();
    try {
      const posted = await this.api.post(events);
      if (posted.is === 'taken') setTimeout(() => this.#missing(events.map((event) => event.id)), ECHO);
      return posted;
    } catch {
      // The token is no longer good. Hello gives another one; the pause keeps two sides that disagree from spinning.
      await this.#again();
      return { is: 'again' };
    }
  }

  /** Accepted, but never heard of again: the line only looks alive. */
  #missing(ids: string[]): void {
    if (this.#line.open && this.state.pending.some((item) => item.state === 'taken' && ids.includes(item.id)))
      this.#line.restart();
  }

  async #again(): Promise<void> {
    this.#line.stop();
    await this.#greet();
    this.#line.restart();
  }

  #ready(): void {
    clearTimeout(this.#downTimer);
    this.#downTimer = undefined;
    this.#set({ online: true });
    this.#out.kick();
    // One that is under way may have been answered before this line was there.
    if (this.#saying) this.#saying.then(() => this.#greet());
    else this.#greet();
  }

  #down(tries: number): void {
    this.#offline();
    // Networks that let no socket through: hello brings the news, slowly, but it does.
    if (tries > 1 && this.#visible) this.#greet();
  }

  /** A blink of the network is nobody's business. */
  #offline(): void {
    this.#downTimer ??= setTimeout(() => this.#set({ online: this.#line.open }), 3000);
  }

  #kick(): void {
    if (!this.api.token) return;
    this.#line.kick();
    this.#out.kick();
  }

  #set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

export function isOpen(session: Hello['session']): boolean {
  return !!session && session.state !== 'closed';
}

/** Parts no longer than `max` UTF-16 units, cut at the end of a line or word where there is one, never inside a character. */
export function cutText(text: string, max: number): string[] {
  const parts: string[] = [];
  while (text.length > max) {
    const space = Math.max(text.lastIndexOf('\n', max), text.lastIndexOf(' ', max));
    let at = space > max / 2 ? space : max;
    if (/[\ud800-\udbff]/.test(text[at - 1]!)) at--;
    parts.push(text.slice(0, at).trimEnd());
    text = text.slice(at).trimStart();
  }
  return text ? [...parts, text] : parts;
}

/** One tab at a time, where the browser has locks (not on plain http) and lets us have one (not where our storage is shut). */
async function alone<T>(needed: boolean, work: () => Promise<T>): Promise<T> {
  if (!needed || !navigator.locks) return await work();
  let begun = false;
  try {
    return (await navigator.locks.request('haina:hello', () => {
      begun = true;
      return work();
    })) as T;
  } catch (error) {
    if (begun) throw error;
    return await work();
  }
}
