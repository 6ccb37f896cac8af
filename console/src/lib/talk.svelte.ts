import type { z } from 'zod';
import type { Can } from '../../../core/can.ts';
import type { Sendable } from '../../../core/message.ts';
import type {
  Conversation as ConversationShape,
  Frame,
  Message,
  Session,
  SessionDetail,
  SessionEvent,
} from '../../../hub/shapes/desk.ts';
import { ApiError, type api } from './api.ts';
import { newId } from './id.ts';
import { later, rowsOf, type Shown } from './rows.ts';

type Conversation = z.infer<typeof ConversationShape>;
export type Hub = Pick<typeof api, 'get' | 'post' | 'put' | 'remove'>;
interface Outgoing {
  content: Sendable;
  quoteId?: string;
}
const PAGE = 50;

/** One conversation on screen: what was said, what goes out, and what I may do. */
export class Talk {
  readonly id: string;
  detail: SessionDetail | null = $state.raw(null);
  /** Where older messages begin; null: all are here. */
  before: number | null = $state.raw(null);
  loading = $state(false);
  /** No longer mine to see: what is here stays readable, nothing can be done with it. */
  gone = $state(false);
  /** Why it could not be opened. */
  error: ApiError | null = $state.raw(null);
  typing: { name: string | null; text: string | null; at: number } | null = $state.raw(null);
  divideAfter: number | null = $state.raw(null);
  /** Text that returns to the composer. */
  returned: string | null = $state(null);
  quoting: Message | null = $state.raw(null);
  #messages = new Map<string, Shown>();
  #events = new Map<number, SessionEvent>();
  #outgoing = new Map<string, Outgoing>();
  #version = $state(0);
  #seen = 0;
  #hub: Hub;
  #author: () => { id: string; name: string };
  #detailDue: ReturnType<typeof setTimeout> | undefined;

  rows = $derived.by(() => {
    void this.#version;
    return rowsOf(this.#messages.values(), this.#events.values(), this.divideAfter);
  });

  constructor(id: string, hub: Hub, author: () => { id: string; name: string }) {
    this.id = id;
    this.#hub = hub;
    this.#author = author;
  }

  get can(): Can {
    return (this.detail?.can ?? { text: 0 }) as unknown as Can;
  }
  get(messageId: string): Shown | undefined {
    void this.#version;
    return this.#messages.get(messageId);
  }
  /** The number of the newest thing the customer said. */
  get lastHeard(): number {
    void this.#version;
    let last = 0;
    for (const message of this.#messages.values())
      if (message.author.type === 'visitor' && message.seq > last) last = message.seq;
    return last;
  }

  get #last(): number {
    return Math.max(0, ...[...this.#messages.values()].map((one) => Math.floor(one.seq)), ...this.#events.keys());
  }

  /** Snapshot: detail and the newest page. Older pages stay when they join on. */
  async load(): Promise<void> {
    this.loading = true;
    try {
      const [detail, page] = await Promise.all([
        this.#hub.get<SessionDetail>(`/sessions/${this.id}`),
        this.#hub.get<Conversation>(`/sessions/${this.id}/messages`, { limit: PAGE }),
      ]);
      this.take(detail, page);
      this.error = null;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.error = error;
    } finally {
      this.loading = false;
    }
  }

  take(detail: SessionDetail, page: Conversation): void {
    const oldest = page.messages[0]?.seq ?? 0;
    const newestKnown = Math.max(0, ...[...this.#messages.values()].filter((one) => !one.local).map((one) => one.seq));
    if (this.#messages.size && oldest > newestKnown + 1 && page.before !== null) {
      // What lies between is not here: begin anew rather than show a gap.
      for (const [id, message] of this.#messages) if (!message.local) this.#messages.delete(id);
      this.#events.clear();
      this.before = page.before;
    } else if (!this.detail) {
      this.before = page.before;
    }
    const firstTime = !this.detail;
    this.detail = detail;
    this.gone = false;
    for (const message of page.messages) this.#put(message);
    for (const event of page.events) this.#events.set(event.seq, event);
    if (firstTime && detail.unread > 0) {
      const heard = page.messages.filter((message) => message.author.type === 'visitor');
      const lastSeen = heard.at(-detail.unread - 1);
      this.divideAfter = lastSeen?.seq ?? (heard.length > detail.unread ? null : (heard[0]?.seq ?? 1) - 1);
      if (
        heard.length <= detail.unread &&
        page.before === null &&
        !page.messages.some((message) => message.author.type === 'agent')
      )
        this.divideAfter = null;
    }
    this.#version++;
  }

  async loadOlder(): Promise<void> {
    if (this.before === null || this.loading) return;
    this.loading = true;
    try {
      const page = await this.#hub.get<Conversation>(`/sessions/${this.id}/messages`, {
        before: this.before,
        limit: PAGE,
      });
      for (const message of page.messages) this.#put(message);
      for (const event of page.events) this.#events.set(event.seq, event);
      this.before = page.before;
      this.#version++;
    } finally {
      this.loading = false;
    }
  }

  #put(message: Message): void {
    this.#outgoing.delete(message.id);
    this.#messages.set(message.id, later(this.#messages.get(message.id), message));
  }

  /** News of this session. Whole rows: in any order, as often as you like. */
  apply(frame: Frame): void {
    if (frame.type === 'message') {
      this.#put(frame.message);
      if (frame.message.author.type === 'visitor') this.typing = null;
    } else if (frame.type === 'event') {
      this.#events.set(frame.event.seq, frame.event);
      if (frame.event.type === 'rated') this.#refreshSoon();
    } else if (frame.type === 'typing') {
      if (frame.by === 'visitor') this.typing = { name: frame.name, text: frame.text, at: Date.now() };
      return;
    } else if (frame.type === 'session') this.#merge(frame.session);
    this.#version++;
  }

  /** It went out of my list: a request to me was withdrawn, a colleague has it now, I take part no longer. Whoever served it may read it on. */
  async lose(): Promise<void> {
    clearTimeout(this.#detailDue);
    const known = this.detail;
    if (!known) return;
    try {
      this.#refresh(await this.#hub.get<SessionDetail>(`/sessions/${this.id}`));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code !== 'not_found') return;
      const may = Object.fromEntries(Object.keys(known.may).map((right) => [right, false]));
      this.detail = { ...known, offer: null, may: may as SessionDetail['may'] };
      this.gone = true;
    }
  }

  #merge(session: Session): void {
    if (!this.detail || session.seq < this.detail.seq) return;
    // In sight again: what was said meanwhile is missing here.
    if (this.gone) return void this.load();
    const { state, agent, groupId, offer, participants } = this.detail;
    this.detail = { ...this.detail, ...session };
    const moved =
      state !== session.state ||
      agent?.id !== session.agent?.id ||
      groupId !== session.groupId ||
      offer?.to !== session.offer?.to ||
      participants.join() !== session.participants.join();
    if (moved || this.detail.window) this.#refreshSoon();
    if (session.readSeq) this.#markRead(session.readSeq);
  }

  #markRead(readSeq: number): void {
    for (const [id, message] of this.#messages) {
      if (
        message.author.type !== 'visitor' &&
        message.seq <= readSeq &&
        (message.delivery === 'sent' || message.delivery === 'delivered')
      )
        this.#messages.set(id, { ...message, delivery: 'read' });
    }
  }

  /** What I may do is the hub's to say: asked again when the session moved. */
  #refreshSoon(): void {
    clearTimeout(this.#detailDue);
    this.#detailDue = setTimeout(async () => {
      const detail = await this.#hub.get<SessionDetail>(`/sessions/${this.id}`).catch(() => null);
      if (detail) this.#refresh(detail);
    }, 150);
  }
  /** What I may do depends on the settings as well (TR-07, A-14). */
  ruled(): void {
    if (this.detail && !this.gone) this.#refreshSoon();
  }
  #refresh(detail: SessionDetail): void {
    if (detail.seq < (this.detail?.seq ?? 0)) return;
    this.detail = detail;
    this.gone = false;
  }

  async send(content: Sendable): Promise<void> {
    const id = newId();
    const quote = this.quoting;
    const me = this.#author();
    this.quoting = null;
    this.divideAfter = null;
    this.#outgoing.set(id, { content, quoteId: quote?.id });
    this.#messages.set(id, {
      // Between what is there now and what comes: where it stays if it is refused.
      id,
      sessionId: this.id,
      seq: this.#last + 0.5,
      author: { type: 'agent', id: me.id, name: me.name },
      content,
      at: new Date().toISOString(),
      delivery: 'pending',
      error: null,
      recalledAt: null,
      editedAt: null,
      hits: [],
      local: 'sending',
      quote: quote && {
        id: quote.id,
        author: quote.author.name ?? '',
        text: quote.content?.type === 'text' ? quote.content.text : '',
      },
    });
    this.#version++;
    await this.#post(id);
  }

  async #post(id: string): Promise<void> {
    const { content, quoteId } = this.#outgoing.get(id)!;
    try {
      this.#put(
        await this.#hub.post<Message>(`/sessions/${this.id}/messages`, { id, content, ...(quoteId && { quoteId }) }),
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const mine = this.#messages.get(id);
      // The news may have been faster than a lost answer.
      if (!mine?.local) return;
      const hits = error.hits.map((hit) => ({
        kind: hit.kind ?? 'forbidden',
        word: hit.word,
        start: hit.start,
        end: hit.end,
      }));
      this.#messages.set(id, {
        ...mine,
        delivery: 'failed',
        local: 'refused',
        hits,
        error: { code: error.code, text: error.detail ?? '' },
      });
    }
    this.#version++;
  }

  /** Once more with the same id: if the hub had it already, it is the same message. */
  async retry(messageId: string): Promise<void> {
    const message = this.#messages.get(messageId);
    if (!message) return;
    this.#messages.set(messageId, {
      ...message,
      delivery: 'pending',
      error: null,
      hits: [],
      ...(message.local && { local: 'sending' }),
    });
    this.#version++;
    if (message.local) return await this.#post(messageId);
    try {
      this.#put(await this.#hub.post<Message>(`/sessions/${this.id}/messages/${messageId}/retry`));
    } catch (error) {
      this.#messages.set(messageId, message);
      throw error;
    } finally {
      this.#version++;
    }
  }

  /** Takes an unsent message off the screen. */
  discard(messageId: string): void {
    if (!this.#messages.get(messageId)?.local) return;
    this.#messages.delete(messageId);
    this.#outgoing.delete(messageId);
    this.#version++;
  }

  async recall(messageId: string): Promise<void> {
    const before = this.#messages.get(messageId);
    const message = await this.#hub.post<Message>(`/sessions/${this.id}/messages/${messageId}/recall`);
    this.#put(message);
    if (before?.content?.type === 'text') this.recalledTexts.set(messageId, before.content.text);
    this.#version++;
  }
  /** What I took back here, for writing it anew; gone with the page. */
  readonly recalledTexts = new Map<string, string>();

  /** Throws ApiError. */
  async act(what: 'accept' | 'end' | 'transfer', body: unknown = {}): Promise<void> {
    this.detail = await this.#hub.post<SessionDetail>(`/sessions/${this.id}/${what}`, body);
  }

  /** TR-02: what the asked colleague says, or whoever takes the request back. Throws ApiError. */
  async answerOffer(accept: boolean): Promise<void> {
    this.detail = await this.#hub.post<SessionDetail>(`/sessions/${this.id}/offer`, { accept });
  }
  async withdrawOffer(): Promise<void> {
    this.detail = await this.#hub.remove<SessionDetail>(`/sessions/${this.id}/offer`);
  }
  /** CS-13: tells what became of the click. */
  async invite(): Promise<'sent' | 'open' | 'rated'> {
    type Invited = { state: 'sent' | 'open' | 'rated'; session: SessionDetail };
    const { state, session } = await this.#hub.post<Invited>(`/sessions/${this.id}/invitation`);
    this.detail = session;
    return state;
  }
  async tag(change: { add?: string[]; remove?: string[] }): Promise<void> {
    this.detail = await this.#hub.post<SessionDetail>(`/sessions/${this.id}/tags`, change);
  }
  async lock(on: boolean): Promise<void> {
    this.detail = await this.#hub.put<SessionDetail>(`/sessions/${this.id}/lock`, { on });
  }
  /** Pins, mutes or stars it in my own list; the news of it comes back to all my screens. */
  async keep(mine: Partial<NonNullable<SessionDetail['mine']>>): Promise<void> {
    await this.#hub.put(`/sessions/${this.id}/mine`, mine);
  }
  async join(memberId: string): Promise<void> {
    this.detail = await this.#hub.post<SessionDetail>(`/sessions/${this.id}/participants`, { memberId });
  }
  async part(memberId: string): Promise<void> {
    this.detail = await this.#hub.remove<SessionDetail>(`/sessions/${this.id}/participants/${memberId}`);
  }

  /** Tells the hub, once for each number, that I saw what the customer said. */
  async seen(): Promise<void> {
    const seq = this.lastHeard;
    if (!this.detail?.may.reply || seq <= this.#seen || this.detail.unread === 0) return;
    this.#seen = seq;
    this.detail = { ...this.detail, unread: 0 };
    await this.#hub.post(`/sessions/${this.id}/seen`, { seq }).catch(() => (this.#seen = 0));
  }
}
