import { WebEvents } from '../../../connectors/web/schema.ts';
import type { Rating } from '../../../core/message.ts';
import type { Hello, VisitorFrame, VisitorMessage, VisitorSession } from '../../../hub/shapes/visitor.ts';
import type { Left, Rated } from '../chat/lib/chat.ts';
import { newId } from '../chat/lib/id.ts';

/** What a visitor's page may be told, kept in memory: the hub's visitor side as hub/shapes/visitor.ts promises it. */
export interface Visitor {
  token: string;
  session: VisitorSession | null;
  seq: number;
  messages: VisitorMessage[];
  seen: Set<string>;
  listeners: Set<(frame: VisitorFrame) => void>;
  /** Where the visitor said they are reading. */
  readTo: string | null;
  wishes: string[];
  /** What was rated and left, as it came. */
  rated: Rated[];
  left: Left[];
  page?: unknown;
}

export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

const PAGE = 30;
const style: Hello['channel']['style'] = {
  background: '#0f6b5c',
  foreground: '#ffffff',
  size: 'medium',
  bottom: 24,
  right: 24,
  width: 400,
  height: 640,
  mobileHeight: 100,
  title: '',
  announcement: '',
  logo: null,
  language: 'auto',
  human: true,
  rate: true,
  leave: true,
  shortcuts: ['rate', 'leave'],
  end: true,
  offHours: 'house',
  offHoursText: '',
};

export class House {
  visitors = new Map<string, Visitor>();
  style = { ...style };
  name = 'Haina';
  limits: Hello['limits'] = {
    text: 4000,
    imageBytes: 20 << 20,
    fileBytes: 50 << 20,
    types: ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf', 'text/plain', 'video/mp4'],
  };
  media = new Map<string, { mime: string; name: string; size: number; bytes?: Uint8Array }>();
  /** What the house answers to `enter`; a rule's welcome. */
  welcome: string | null = null;
  /** V-39. */
  offHours: Hello['offHours'] = null;

  hello(body: { token?: string; page?: unknown }): Hello {
    let visitor = this.visitors.get(body.token ?? '');
    if (!visitor) {
      visitor = {
        token: newId(),
        session: null,
        seq: 0,
        messages: [],
        seen: new Set(),
        listeners: new Set(),
        readTo: null,
        wishes: [],
        rated: [],
        left: [],
      };
      this.visitors.set(visitor.token, visitor);
    }
    visitor.page = body.page;
    const messages = visitor.messages.slice(-PAGE);
    return structuredClone({
      token: visitor.token,
      channel: { name: this.name, style: this.style, language: 'zh-CN' },
      offHours: this.offHours,
      session: visitor.session,
      messages,
      before: visitor.messages.length > PAGE ? messages[0]!.cursor : null,
      cursor: messages.at(-1)?.cursor ?? null,
      limits: this.limits,
    });
  }

  older(token: string, before: string) {
    const { messages } = this.visitor(token);
    const end = messages.findIndex((message) => message.cursor === before);
    const start = Math.max(0, end - PAGE);
    return structuredClone({
      messages: messages.slice(start, end),
      before: start > 0 ? messages[start]!.cursor : null,
    });
  }

  post(token: string, body: unknown): { accepted: number } {
    const visitor = this.visitor(token);
    const parsed = WebEvents.safeParse(body);
    if (!parsed.success) throw new Refusal(400, 'not_web_events');
    if (JSON.stringify(body).includes('REFUSE')) throw new Refusal(422, 'refused');
    for (const event of parsed.data.events) {
      if (visitor.seen.has(event.id)) continue;
      visitor.seen.add(event.id);
      if (event.type === 'read') visitor.readTo = event.cursor;
      else if (event.type === 'message') {
        if (!visitor.session || visitor.session.state === 'closed') this.open(visitor);
        const { content } = event;
        const quoted = visitor.messages.find((message) => message.id === event.quoteId);
        const text = quoted?.content?.type === 'text' ? quoted.content.text : '';
        this.add(
          visitor,
          'visitor',
          'media' in content ? { type: content.type, media: this.mediaOf(content.media.id) } : content,
          event.id,
          quoted ? { id: quoted.id, author: quoted.author.name ?? '', text } : null,
        );
      } else if (event.type === 'rate') this.rate(visitor, event);
      else if (event.type === 'leave-message') {
        const { form, text } = event;
        visitor.left.push({ form, text });
        this.session(visitor, { leaving: false });
      } else {
        visitor.wishes.push(event.type);
        if (event.type === 'enter') {
          this.open(visitor);
          if (this.welcome) this.add(visitor, 'bot', { type: 'text', text: this.welcome });
        } else if (event.type === 'end') this.session(visitor, { state: 'closed' });
        else if (event.type === 'human')
          this.session(visitor, { state: 'waiting', queue: { position: 3, seconds: 130 } });
        else if (event.type === 'rate-wish') this.invite(visitor);
        else this.session(visitor, { state: 'bot', queue: null });
      }
    }
    return { accepted: parsed.data.events.length };
  }

  attach(token: string, after: string | null, send: (frame: VisitorFrame) => void): () => void {
    const visitor = this.visitor(token);
    const tell = (frame: VisitorFrame) => send(structuredClone(frame));
    const from =
      after === null ? visitor.messages.length : visitor.messages.findIndex((message) => message.cursor === after) + 1;
    for (const message of visitor.messages.slice(from)) tell({ type: 'message', message });
    tell({ type: 'session', session: visitor.session });
    tell({ type: 'ready' });
    visitor.listeners.add(tell);
    return () => visitor.listeners.delete(tell);
  }

  visitor(token: string): Visitor {
    const visitor = this.visitors.get(token);
    if (!visitor) throw new Refusal(401, 'bad_signature');
    return visitor;
  }
  get only(): Visitor {
    return [...this.visitors.values()].at(-1)!;
  }

  open(visitor: Visitor): void {
    visitor.seq = 0;
    visitor.session = {
      id: newId(),
      state: 'bot',
      agent: null,
      speaker: '',
      queue: null,
      leaving: false,
      rating: { open: false, invitationId: null, rated: false, seconds: null },
      mayRate: false,
      mayLeave: this.style.leave,
      readCursor: null,
    };
    this.tell(visitor, { type: 'session', session: visitor.session });
  }

  /** An invitation as core makes it: two stars have tags, one may be asked whether it was solved. */
  invite(visitor: Visitor, more: Partial<Rating> = {}, seconds: number | null = null): Rating {
    const star = (stars: number, text: string, tags: string[] = []) => ({ stars, text, tags });
    const content: Rating = {
      type: 'rating',
      id: newId(),
      text: 'How did we do?',
      options: [
        star(1, 'Very bad', ['Rude', 'Too slow', 'Did not help']),
        star(2, 'Bad', ['Too slow']),
        star(3, 'Fair'),
        star(4, 'Good'),
        star(5, 'Very good'),
      ],
      resolved: { text: 'Was your problem solved?', yes: 'Yes', no: 'No' },
      until: seconds && Date.now() + seconds * 1000,
      ...more,
    };
    this.add(visitor, 'system', content);
    this.session(visitor, {
      rating: { open: true, invitationId: content.id, rated: false, seconds },
      mayRate: true,
    });
    return content;
  }
  /** May a second answer take the place of the first (CS-07)? */
  again = false;
  /** Takes no answer and says nothing of it, as a hub where it came too late. */
  deaf = false;

  rate(visitor: Visitor, answer: Rated): void {
    const { invitationId, stars, tags, resolved, comment } = answer;
    const rating = visitor.session?.rating;
    if (this.deaf || !rating?.open || (rating.rated && !this.again)) return;
    visitor.rated.push({ invitationId, stars, tags, resolved, comment });
    this.session(visitor, { rating: { ...rating, rated: true }, mayRate: this.again });
    this.add(visitor, 'system', { type: 'text', text: 'Thank you!' });
  }

  session(visitor: Visitor, change: Partial<VisitorSession>): void {
    if (!visitor.session) this.open(visitor);
    visitor.session = { ...visitor.session!, ...change };
    this.tell(visitor, { type: 'session', session: visitor.session });
  }

  add(
    visitor: Visitor,
    type: VisitorMessage['author']['type'],
    content: VisitorMessage['content'],
    eventId: string | null = null,
    quote: VisitorMessage['quote'] = null,
    at = Date.now(),
  ): VisitorMessage {
    if (!visitor.session) this.open(visitor);
    const session = visitor.session!;
    const author = {
      type,
      name: type === 'agent' ? (session.agent?.name ?? null) : type === 'bot' ? this.name : null,
      avatar: type === 'agent' ? (session.agent?.avatar ?? null) : null,
    };
    const message: VisitorMessage = {
      id: newId(),
      eventId,
      cursor: `${session.id}:${++visitor.seq}`,
      sessionId: session.id,
      author,
      content,
      at: new Date(at).toISOString(),
      delivery: 'sent',
      recalled: false,
      quote,
    };
    visitor.messages.push(message);
    this.tell(visitor, { type: 'message', message });
    return message;
  }

  recall(visitor: Visitor, message: VisitorMessage): void {
    message.recalled = true;
    message.content = null;
    this.tell(visitor, { type: 'message', message });
  }

  tell(visitor: Visitor, frame: VisitorFrame): void {
    for (const listener of visitor.listeners) listener(frame);
  }

  mediaOf(id: string) {
    const held = this.media.get(id);
    if (!held) throw new Refusal(422, 'no_such_media');
    return {
      id,
      url: `/media/${id}/${encodeURIComponent(held.name)}`,
      mime: held.mime,
      name: held.name,
      size: held.size,
    };
  }
}
