import { mayHear, maySee } from '../../core/desk.ts';
import type { Desk } from '../../core/settings/index.ts';
import { sessionOf } from '../desk/view.ts';
import type { Hub } from '../hub.ts';
import type { News, SessionNews } from '../live.ts';
import type { Frame } from '../shapes/desk.ts';
import { showNewAlert } from '../show/alert.ts';
import { showMember } from '../show/member.ts';
import { CHANGING_EVENTS, isTold, showEvents, showMessages, TOLD_EVENTS } from '../show/message.ts';
import { showSession } from '../show/session.ts';
import type { SessionRow } from '../store/changes.ts';
import { sessionsOfContact, shownContact } from '../store/contacts.ts';
import { eventsOf, messagesOf } from '../store/conversations.ts';
import { marksOf, NO_MARKS } from '../store/session-marks.ts';
import { hasServed, messagesById, session as readSession } from '../store/sessions.ts';
import { push, type Socket } from './sockets.ts';

/** One connected screen of a member. `watching` is the conversation on it. */
export interface MemberScreen {
  organisationId: string;
  memberId: string;
  role: 'owner' | 'admin' | 'supervisor' | 'agent';
  watching: string | null;
  /** A hash of the sign-in's token: when that ends, so does the screen. */
  proof: string;
  socket: Socket;
}

/**
 * Turns news into frames for the screens of members on this hub. A frame goes only to those who may see it, and
 * messages only to those who have the conversation open. News of one organisation is shown in the order it came.
 */
export class MemberScreens {
  readonly #hub: Hub;
  readonly #screens = new Map<string, Set<MemberScreen>>();
  readonly #queues = new Map<string, Promise<void>>();
  readonly #stop: () => void;

  constructor(hub: Hub) {
    this.#hub = hub;
    this.#stop = hub.live.subscribe((organisationId, news) => {
      if (!this.#screens.has(organisationId)) return;
      const before = this.#queues.get(organisationId) ?? Promise.resolve();
      const after = before
        .then(() => this.#show(organisationId, news))
        .catch((error: Error) => hub.log.warn({ error: error.message }, 'screens missed some news'));
      this.#queues.set(organisationId, after);
      void after.finally(() => {
        if (this.#queues.get(organisationId) === after) this.#queues.delete(organisationId);
      });
    });
  }

  close(): void {
    this.#stop();
    for (const screens of this.#screens.values()) for (const screen of screens) screen.socket.close(1001, 'going away');
  }

  add(screen: MemberScreen): () => void {
    const screens = this.#screens.get(screen.organisationId) ?? new Set();
    screens.add(screen);
    this.#screens.set(screen.organisationId, screens);
    this.#hub.metrics.sockets.inc({ of: 'member' });
    return () => {
      if (!screens.delete(screen)) return;
      this.#hub.metrics.sockets.dec({ of: 'member' });
      if (!screens.size) this.#screens.delete(screen.organisationId);
    };
  }

  /** Members with a screen here. */
  present(): { organisationId: string; memberId: string }[] {
    const members = new Map<string, { organisationId: string; memberId: string }>();
    for (const screens of this.#screens.values())
      for (const { organisationId, memberId } of screens) members.set(memberId, { organisationId, memberId });
    return [...members.values()];
  }

  has(organisationId: string, memberId: string): boolean {
    for (const screen of this.#screens.get(organisationId) ?? []) if (screen.memberId === memberId) return true;
    return false;
  }

  async #show(organisationId: string, news: readonly News[]): Promise<void> {
    for (const item of news) {
      switch (item.kind) {
        case 'session':
          await this.#session(organisationId, item);
          break;
        case 'delivery':
          await this.#delivery(organisationId, item.sessionId, item.messageIds);
          break;
        case 'typing':
          this.#toWatchers(organisationId, item.sessionId, {
            type: 'typing',
            sessionId: item.sessionId,
            by: item.by,
            name: item.name,
            text: item.text,
          });
          break;
        case 'member':
          await this.#member(organisationId, item.id);
          break;
        case 'contact':
          await this.#contact(organisationId, item.id);
          break;
        case 'alert':
          await this.#alert(organisationId, item.id);
          break;
        case 'changed':
          this.#toAll(organisationId, { type: 'changed', area: item.area });
          break;
        case 'signed-out':
          for (const screen of [...(this.#screens.get(organisationId) ?? [])])
            if (screen.proof === item.proof) screen.socket.close(4401, 'signed out');
          break;
        case 'mine':
          await this.#mine(organisationId, item.memberId, item.sessionId);
          break;
        case 'queue':
        case 'early-recall':
        case 'link':
          break;
        default:
          item satisfies never;
      }
    }
  }

  async #session(organisationId: string, item: Extract<News, { kind: 'session' }>): Promise<void> {
    const news = item.rows ?? (await this.#load(organisationId, item));
    if (!news) return;
    const { session } = news;
    const [members, { settings }] = await Promise.all([
      this.#hub.directory.members(organisationId),
      this.#hub.rulebook.rules(organisationId),
    ]);
    const frame = JSON.stringify({
      type: 'session',
      session: await showSession(this.#hub, organisationId, session),
      ...(!news.events.length && { again: true }),
    } satisfies Frame);
    const moved = news.events.some((event) => MOVES.has(event.type));
    const gone = moved ? JSON.stringify({ type: 'gone', sessionId: session.id } satisfies Frame) : null;
    const watchers: MemberScreen[] = [];
    for (const screen of this.#screens.get(organisationId) ?? []) {
      const mine = sees(session, screen, members.get(screen.memberId)?.groupIds ?? [], settings.desk);
      if (mine) push(screen.socket, frame);
      else if (gone) push(screen.socket, gone);
      if (screen.watching !== session.id) continue;
      // Who lost sight of it, and never served it, may not go on listening either.
      if (!mine && moved && !(await hasServed(this.#hub.db.org(organisationId), session.id, screen.memberId)))
        screen.watching = null;
      else watchers.push(screen);
    }
    if (!watchers.length) return;
    const changed = news.changed.length ? await messagesById(this.#hub.db.org(organisationId), news.changed) : [];
    const messages = await showMessages(this.#hub, organisationId, session, [...news.messages, ...changed]);
    const events = await showEvents(
      this.#hub,
      organisationId,
      session,
      news.events.filter((event) => isTold(event.type)),
    );
    const frames = [
      ...messages.map((message): Frame => ({ type: 'message', message })),
      ...events.map((event): Frame => ({ type: 'event', sessionId: session.id, event })),
    ].map((one) => JSON.stringify(one));
    for (const screen of watchers) for (const text of frames) push(screen.socket, text);
  }

  /** News from another hub came as ids: the rows are read here, once for all screens. */
  async #load(organisationId: string, item: { id: string; from: number; to: number }): Promise<SessionNews | null> {
    const org = this.#hub.db.org(organisationId);
    const session = await readSession(org, item.id);
    if (!session) return null;
    const [messages, events] = await Promise.all([
      messagesOf(org, item.id, { after: item.from - 1, limit: 200 }),
      eventsOf(org, item.id, item.from, item.to, [...TOLD_EVENTS, ...CHANGING_EVENTS]),
    ]);
    return {
      session,
      messages,
      events,
      changed: events.flatMap((event) => (event.message_id ? [event.message_id] : [])),
    };
  }

  async #delivery(organisationId: string, sessionId: string, messageIds: string[]): Promise<void> {
    const watchers = [...(this.#screens.get(organisationId) ?? [])].filter((screen) => screen.watching === sessionId);
    if (!watchers.length) return;
    const org = this.#hub.db.org(organisationId);
    const [session, rows] = await Promise.all([readSession(org, sessionId), messagesById(org, messageIds)]);
    if (!session) return;
    for (const message of await showMessages(this.#hub, organisationId, session, rows)) {
      const text = JSON.stringify({ type: 'message', message } satisfies Frame);
      for (const screen of watchers) push(screen.socket, text);
    }
  }

  async #member(organisationId: string, id: string): Promise<void> {
    const member = await showMember(this.#hub, this.#hub.db.org(organisationId), id);
    for (const screen of [...(this.#screens.get(organisationId) ?? [])]) {
      if (screen.memberId !== id) continue;
      screen.role = member.role;
      // Who no longer works here sees nothing more from this moment.
      if (member.disabled) screen.socket.close(4403, 'disabled');
    }
    this.#toAll(organisationId, { type: 'member', member });
  }

  /** The card, and the sessions that bear his name. */
  async #contact(organisationId: string, id: string): Promise<void> {
    const org = this.#hub.db.org(organisationId);
    const [contact, sessions] = await Promise.all([
      shownContact(org, id),
      sessionsOfContact(org, id, undefined, LATEST_SESSIONS),
    ]);
    if (contact) this.#toAll(organisationId, { type: 'contact', contact });
    for (const session of sessions) await this.#session(organisationId, shownAgain(session));
  }

  async #alert(organisationId: string, id: string): Promise<void> {
    const alert = await showNewAlert(this.#hub, this.#hub.db.org(organisationId), id);
    if (!alert) return;
    const text = JSON.stringify({ type: 'alert', alert } satisfies Frame);
    for (const screen of this.#screens.get(organisationId) ?? [])
      if (mayHear(alert, { id: screen.memberId, role: screen.role })) push(screen.socket, text);
  }

  async #mine(organisationId: string, memberId: string, sessionId: string): Promise<void> {
    if (!this.has(organisationId, memberId)) return;
    const marks = await marksOf(this.#hub.db.org(organisationId), memberId, [sessionId]);
    const text = JSON.stringify({ type: 'mine', sessionId, mine: marks.get(sessionId) ?? NO_MARKS } satisfies Frame);
    for (const screen of this.#screens.get(organisationId) ?? [])
      if (screen.memberId === memberId) push(screen.socket, text);
  }

  #toAll(organisationId: string, frame: Frame): void {
    const text = JSON.stringify(frame);
    for (const screen of this.#screens.get(organisationId) ?? []) push(screen.socket, text);
  }

  #toWatchers(organisationId: string, sessionId: string, frame: Frame): void {
    const text = JSON.stringify(frame);
    for (const screen of this.#screens.get(organisationId) ?? [])
      if (screen.watching === sessionId) push(screen.socket, text);
  }
}

/** Of a customer's sessions, those that a screen is likely to show. */
const LATEST_SESSIONS = 10;

/** News of a session in which nothing has happened: it is only shown in another way. */
const shownAgain = (session: SessionRow): Extract<News, { kind: 'session' }> => ({
  kind: 'session',
  id: session.id,
  from: session.seq + 1,
  to: session.seq,
  rows: { session, messages: [], events: [], changed: [] },
});

/** After these somebody may have lost, or found, sight of the session. */
const MOVES = new Set([
  'opened',
  'waiting',
  'left',
  'served',
  'transferred',
  'offered',
  'offer-ended',
  'joined',
  'parted',
  'closed',
]);

function sees(session: SessionRow, screen: MemberScreen, groupIds: readonly string[], desk: Desk): boolean {
  return maySee(sessionOf(session), { id: screen.memberId, role: screen.role, groupIds }, desk);
}
