import type { Hub } from '../hub.ts';
import type { News } from '../live.ts';
import type { VisitorFrame, VisitorSession } from '../shapes/visitor.ts';
import { CHANGING_EVENTS } from '../show/message.ts';
import { placesIn } from '../show/queue.ts';
import { showSessionToVisitor, showToVisitor } from '../show/visitor.ts';
import type { MessageRow, SessionRow } from '../store/changes.ts';
import { eventsOf, messagesOf } from '../store/conversations.ts';
import { messagesById, session as readSession } from '../store/sessions.ts';
import { waitingIn } from '../store/visitors.ts';
import { push, type Socket } from './sockets.ts';

/** One open page of a visitor. `identityId` is found with the first words: before them nobody knows the visitor. */
export interface VisitorScreen {
  organisationId: string;
  channelId: string;
  visitorId: string;
  identityId: string | null;
  /** Messages are held back until what was missed has been sent. */
  ready: boolean;
  held: VisitorFrame[];
  socket: Socket;
}

/** Queues move in bursts; whoever waits hears where he stands once, this long after the first. Milliseconds. */
const GATHER_MS = 150;

/** Turns news into frames for the pages of visitors on this hub. */
export class VisitorScreens {
  readonly #hub: Hub;
  readonly #byIdentity = new Map<string, Set<VisitorScreen>>();
  readonly #strangers = new Map<string, Set<VisitorScreen>>();
  readonly #queues = new Map<string, Promise<void>>();
  /** Queues that have moved and were not told of yet, by organisation. */
  readonly #moved = new Map<string, Set<string | null>>();
  readonly #stop: () => void;

  constructor(hub: Hub) {
    this.#hub = hub;
    this.#stop = hub.live.subscribe((organisationId, news) => {
      if (!this.#byIdentity.size && !this.#strangers.size) return;
      this.#then(organisationId, () => this.#show(organisationId, news));
    });
  }

  /** One thing after another in each organisation: a place told late must not undo what was told since. */
  #then(organisationId: string, work: () => Promise<void>): void {
    const before = this.#queues.get(organisationId) ?? Promise.resolve();
    const after = before
      .then(work)
      .catch((error: Error) => this.#hub.log.warn({ error: error.message }, 'visitors missed some news'));
    this.#queues.set(organisationId, after);
    void after.finally(() => {
      if (this.#queues.get(organisationId) === after) this.#queues.delete(organisationId);
    });
  }

  close(): void {
    this.#stop();
    for (const screens of [...this.#byIdentity.values(), ...this.#strangers.values()])
      for (const screen of screens) screen.socket.close(1001, 'going away');
  }

  add(screen: VisitorScreen): () => void {
    const [map, key] = screen.identityId
      ? [this.#byIdentity, screen.identityId]
      : [this.#strangers, strangerKey(screen.channelId, screen.visitorId)];
    put(map, key, screen);
    this.#hub.metrics.sockets.inc({ of: 'visitor' });
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#hub.metrics.sockets.dec({ of: 'visitor' });
      drop(this.#byIdentity, screen.identityId ?? '', screen);
      drop(this.#strangers, strangerKey(screen.channelId, screen.visitorId), screen);
    };
  }

  /** The visitor has just become somebody: pages that were open already belong to that identity. */
  meet(channelId: string, visitorId: string, identityId: string): void {
    const screens = this.#strangers.get(strangerKey(channelId, visitorId));
    if (!screens) return;
    this.#strangers.delete(strangerKey(channelId, visitorId));
    for (const screen of screens) {
      screen.identityId = identityId;
      put(this.#byIdentity, identityId, screen);
    }
  }

  async #show(organisationId: string, news: readonly News[]): Promise<void> {
    for (const item of news) {
      if (item.kind === 'session') await this.#session(organisationId, item);
      else if (item.kind === 'queue') this.#move(organisationId, item.groupId);
      else if (item.kind === 'member' && !item.load) await this.#agent(organisationId, item.id);
      else if (item.kind === 'typing' && item.by === 'agent')
        await this.#typing(organisationId, item.sessionId, item.name);
      else if (item.kind === 'delivery') await this.#delivery(organisationId, item.sessionId, item.messageIds);
    }
  }

  async #session(organisationId: string, item: Extract<News, { kind: 'session' }>): Promise<void> {
    const org = this.#hub.db.org(organisationId);
    const session = item.rows?.session ?? (await readSession(org, item.id));
    const screens = session && (await this.#of(organisationId, session));
    if (!session || !screens) return;
    const fresh = item.rows?.messages ?? (await messagesOf(org, item.id, { after: item.from - 1, limit: 200 }));
    const changedIds =
      item.rows?.changed ??
      (await eventsOf(org, item.id, item.from, item.to, CHANGING_EVENTS)).flatMap((event) => event.message_id ?? []);
    const changed = changedIds.length ? await messagesById(org, changedIds) : [];
    await this.#messages(organisationId, screens, [...fresh, ...changed]);
    const told = !item.rows || item.rows.events.some((event) => event.type !== 'message');
    if (told)
      broadcast(screens, {
        type: 'session',
        session: await showSessionToVisitor(this.#hub, organisationId, session),
      });
  }

  async #messages(
    organisationId: string,
    screens: ReadonlySet<VisitorScreen>,
    rows: readonly MessageRow[],
  ): Promise<void> {
    for (const message of await showToVisitor(this.#hub, organisationId, rows))
      broadcast(screens, { type: 'message', message });
  }

  async #delivery(organisationId: string, sessionId: string, messageIds: string[]): Promise<void> {
    const org = this.#hub.db.org(organisationId);
    const session = await readSession(org, sessionId);
    const screens = session && (await this.#of(organisationId, session));
    if (screens) await this.#messages(organisationId, screens, await messagesById(org, messageIds));
  }

  #move(organisationId: string, groupId: string | null): void {
    const moved = this.#moved.get(organisationId);
    if (moved) return void moved.add(groupId);
    this.#moved.set(organisationId, new Set([groupId]));
    setTimeout(() => {
      const groups = this.#moved.get(organisationId) ?? [];
      this.#moved.delete(organisationId);
      for (const one of groups) this.#then(organisationId, () => this.#queue(organisationId, one));
    }, GATHER_MS).unref();
  }

  /** Places in a queue have moved: everybody in it whose page is open hears his own. Two or three queries, however many. */
  async #queue(organisationId: string, groupId: string | null): Promise<void> {
    const waiting = await waitingIn(this.#hub.db.org(organisationId), groupId, this.#here(organisationId));
    if (!waiting.length) return;
    const place = await placesIn(this.#hub, organisationId, groupId);
    for (const { session, place: position } of waiting)
      await this.#tell(
        organisationId,
        session,
        showSessionToVisitor(this.#hub, organisationId, session, place(position)),
      );
  }

  /** A member goes by another name now, or is at the desk or is not: those he serves see it (SS-12, SS-13). */
  async #agent(organisationId: string, memberId: string): Promise<void> {
    const here = this.#here(organisationId);
    if (!here.length) return;
    const served = (await this.#hub.db
      .org(organisationId)
      .select('sessions')
      .selectAll()
      .where('state', '=', 'serving')
      .where('agent_id', '=', memberId)
      .where('identity_id', 'in', here)
      .execute()) as SessionRow[];
    for (const session of served)
      await this.#tell(organisationId, session, showSessionToVisitor(this.#hub, organisationId, session));
  }

  async #tell(organisationId: string, row: SessionRow, shown: Promise<VisitorSession>): Promise<void> {
    const screens = await this.#of(organisationId, row);
    if (screens) broadcast(screens, { type: 'session', session: await shown });
  }

  /** Whose pages of this organisation are open here. */
  #here(organisationId: string): string[] {
    return [...this.#byIdentity].flatMap(([identityId, [screen]]) =>
      screen?.organisationId === organisationId ? [identityId] : [],
    );
  }

  async #typing(organisationId: string, sessionId: string, name: string | null): Promise<void> {
    const session = await readSession(this.#hub.db.org(organisationId), sessionId);
    const screens = session && (await this.#of(organisationId, session));
    if (screens) broadcast(screens, { type: 'typing', name });
  }

  /** Pages of the person a session is with; a stranger who has just been met is found by the id he came with. */
  async #of(organisationId: string, session: SessionRow): Promise<ReadonlySet<VisitorScreen> | undefined> {
    const known = this.#byIdentity.get(session.identity_id);
    if (known) return known;
    if (!this.#strangers.size) return undefined;
    const channel = await this.#hub.rulebook.channelById(organisationId, session.channel_id);
    if (!channel || channel.connector.send) return undefined;
    const identity = await this.#hub.db
      .org(organisationId)
      .select('identities')
      .select('external_id')
      .where('id', '=', session.identity_id)
      .executeTakeFirst();
    if (identity) this.meet(session.channel_id, identity.external_id, session.identity_id);
    return this.#byIdentity.get(session.identity_id);
  }
}

const strangerKey = (channelId: string, visitorId: string) => `${channelId}:${visitorId}`;

function put(map: Map<string, Set<VisitorScreen>>, key: string, screen: VisitorScreen): void {
  map.set(key, (map.get(key) ?? new Set()).add(screen));
}
function drop(map: Map<string, Set<VisitorScreen>>, key: string, screen: VisitorScreen): void {
  const screens = map.get(key);
  if (screens?.delete(screen) && !screens.size) map.delete(key);
}

function broadcast(screens: ReadonlySet<VisitorScreen>, frame: VisitorFrame): void {
  const text = JSON.stringify(frame);
  for (const screen of screens) {
    if (screen.ready) push(screen.socket, text);
    else if (screen.held.length < 1000) screen.held.push(frame);
  }
}
