import { describe, expect, it } from 'vitest';
import type { Frame, Message, Session, SessionDetail } from '../../hub/shapes/desk.ts';
import { ApiError } from '../src/lib/api.ts';
import { Desk } from '../src/lib/desk.svelte.ts';
import { rowsOf } from '../src/lib/rows.ts';
import type { Hub } from '../src/lib/talk.svelte.ts';
import { at, ME, session } from './sessions.ts';

const message = (id: string, sessionId: string, seq: number, more: Partial<Message> = {}): Message => ({
  id,
  sessionId,
  seq,
  author: { type: 'visitor', id: null, name: null },
  content: { type: 'text', text: id },
  at: at(seq),
  delivery: 'sent',
  error: null,
  recalledAt: null,
  editedAt: null,
  quote: null,
  hits: [],
  ...more,
});

/** A small hub in memory: what it does it also says, so that its state after is the truth to compare with. */
class World {
  sessions = new Map<string, Session>();
  messages = new Map<string, Message[]>();
  refuse: ApiError | null = null;
  hold: Promise<void> | null = null;
  posts: { path: string; body: unknown }[] = [];
  constructor(...sessions: Session[]) {
    for (const one of sessions) this.sessions.set(one.id, one);
  }
  detail(id: string): SessionDetail {
    return {
      ...this.sessions.get(id)!,
      can: { text: 100 },
      window: null,
      entry: null,
      hushed: false,
      rating: null,
      may: {
        reply: true,
        accept: false,
        transfer: true,
        end: true,
        invite: true,
        tag: true,
        lock: true,
        pin: true,
        block: true,
        participate: true,
        takeOffer: false,
        withdraw: false,
      },
    };
  }
  list(view: string): Session[] {
    const open = [...this.sessions.values()].filter((one) =>
      view === 'closed' ? one.state === 'closed' : one.state !== 'closed',
    );
    return open
      .filter(
        (one) =>
          view === 'all' ||
          view === 'closed' ||
          (view === 'waiting' ? one.state === 'waiting' : one.state === 'serving' && one.agent?.id === ME.id),
      )
      .sort((a, b) => (a.last!.at < b.last!.at ? 1 : -1));
  }
  hub: Hub = {
    get: async <T>(path: string, query: Record<string, unknown> = {}): Promise<T> => {
      const answer = this.answer(path, query);
      await this.hold;
      return answer as T;
    },
    post: async <T>(path: string, body?: unknown): Promise<T> => {
      this.posts.push({ path, body });
      if (this.refuse) throw this.refuse;
      const [, , id, what] = path.split('/');
      if (what === 'messages') {
        const sent = body as { id: string; content: Message['content'] };
        return message(sent.id, id!, 9, { content: sent.content, author: { type: 'agent', ...ME } }) as T;
      }
      return this.detail(id!) as T;
    },
    put: async <T>(path: string): Promise<T> => this.detail(path.split('/')[2]!) as T,
    remove: async <T>(path: string): Promise<T> => this.detail(path.split('/')[2]!) as T,
  };
  answer(path: string, query: Record<string, unknown>): unknown {
    if (path === '/sessions/counts') {
      const mine = this.list('mine');
      return {
        mine: mine.length,
        waiting: this.list('waiting').length,
        all: this.list('all').length,
        unread: mine.reduce((sum, one) => sum + one.unread, 0),
      };
    }
    if (path === '/sessions') return { items: this.list(query.view as string), next: null };
    const id = path.split('/')[2]!;
    if (path.endsWith('/messages')) {
      const all = (this.messages.get(id) ?? []).filter((one) => one.seq < ((query.before as number) ?? Infinity));
      const page = all.slice(-3);
      return { messages: page, events: [], before: all.length > page.length ? page[0]!.seq : null };
    }
    if (!this.sessions.has(id)) throw new ApiError(404, { code: 'not_found' });
    return this.detail(id);
  }
  desk(): Desk {
    return new Desk(this.hub, () => ME);
  }
  /** Something happens: the row as it is now, as news. */
  change(id: string, more: Partial<Session>): Frame {
    const old = this.sessions.get(id);
    const next = old ? { ...old, ...more, seq: old.seq + 1 } : session(id, more);
    this.sessions.set(id, next);
    return { type: 'session', session: next };
  }
}
const shown = (desk: Desk) => ({
  list: desk.list.map(({ id, seq, state, unread }) => ({ id, seq, state, unread })),
  counts: desk.counts,
});

describe('the list', () => {
  it('is the same by news as by a fresh look, whatever the order and however often', async () => {
    for (const turn of [0, 1, 2, 3, 4, 5]) {
      const world = new World(
        session('a'),
        session('b', { last: { text: '', type: 'text', author: 'visitor', at: at(1) } }),
        session('w', { state: 'waiting', agent: null, waitingSince: at(2) }),
      );
      const desk = world.desk();
      await desk.look({ view: 'all' });
      await desk.sync();
      const news = [
        world.change('a', { unread: 2, last: { text: 'again', type: 'text', author: 'visitor', at: at(5) } }),
        world.change('w', { state: 'serving', agent: { ...ME, avatar: null }, waitingSince: null }),
        world.change('b', { state: 'closed', closedAt: at(6), endedBy: 'visitor' }),
        world.change('a', { unread: 0 }),
      ];
      const shuffled = [...news.slice(turn % 4), ...news.slice(0, turn % 4), ...news.slice(0, turn)];
      for (const frame of shuffled) desk.apply(frame);
      const fresh = world.desk();
      await fresh.look({ view: 'all' });
      await fresh.sync();
      expect(shown(desk)).toEqual(shown(fresh));
    }
  });
  it('does not lose what comes while the snapshot is on its way', async () => {
    const world = new World(session('a'));
    const desk = world.desk();
    let let_go = () => {};
    world.hold = new Promise((resolve) => (let_go = resolve));
    const syncing = desk.sync();
    const news = world.change('a', { unread: 3 });
    desk.apply(news);
    expect(desk.list).toEqual([]);
    let_go();
    await syncing;
    expect(desk.list[0]).toMatchObject({ unread: 3, seq: 2 });
    expect(desk.counts.unread).toBe(3);
  });
  it('forgets what is gone, and does not go back to an older row', async () => {
    const world = new World(session('a'), session('b'));
    const desk = world.desk();
    await desk.sync();
    const old = { type: 'session', session: world.sessions.get('a')! } as const;
    desk.apply(world.change('a', { unread: 1 }));
    desk.apply(old);
    expect(desk.session('a')).toMatchObject({ seq: 2, unread: 1 });
    desk.apply({ type: 'gone', sessionId: 'b' });
    expect(desk.list.map((one) => one.id)).toEqual(['a']);
    expect(desk.counts).toEqual({ mine: 1, waiting: 0, all: 1, unread: 1 });
  });
  it('tells why it could not be read and keeps what it has', async () => {
    const world = new World(session('a'));
    const desk = world.desk();
    await desk.sync();
    world.answer = () => {
      throw new ApiError(0, {});
    };
    await desk.sync();
    expect(desk.error?.code).toBe('offline');
    expect(desk.list).toHaveLength(1);
    expect(desk.loading).toBe(false);
  });
});

describe('a conversation', () => {
  const opened = async (world: World) => {
    const desk = world.desk();
    await desk.sync();
    const talk = desk.enter('a');
    await talk.load();
    return {
      desk,
      talk,
      texts: () =>
        talk.rows.flatMap((row) =>
          row.kind === 'message' ? [row.message.content?.type === 'text' ? row.message.content.text : '–'] : [],
        ),
    };
  };
  it('reads on upwards without gaps or doubles', async () => {
    const world = new World(session('a'));
    world.messages.set(
      'a',
      [1, 2, 3, 4, 5, 6, 7].map((n) => message(`t${n}`, 'a', n)),
    );
    const { talk, texts } = await opened(world);
    expect(texts()).toEqual(['t5', 't6', 't7']);
    await talk.loadOlder();
    await talk.loadOlder();
    expect(texts()).toEqual(['t1', 't2', 't3', 't4', 't5', 't6', 't7']);
    expect(talk.before).toBeNull();
  });
  it('shows mine at once as pending, and once only when the hub and the news confirm it', async () => {
    const world = new World(session('a'));
    const { desk, talk, texts } = await opened(world);
    const sending = talk.send({ type: 'text', text: 'hello' });
    const row = talk.rows.at(-1)!;
    expect(row).toMatchObject({ kind: 'message', message: { delivery: 'pending', local: 'sending' } });
    const { id } = world.posts[0]!.body as { id: string };
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/);
    desk.apply({
      type: 'message',
      message: message(id, 'a', 9, {
        content: { type: 'text', text: 'hello' },
        author: { type: 'agent', ...ME },
        delivery: 'read',
      }),
    });
    await sending;
    expect(texts()).toEqual(['hello']);
    expect(talk.get(id)).toMatchObject({ delivery: 'read' });
  });
  it('keeps a refused message with its words; retrying posts the same id', async () => {
    const world = new World(session('a'));
    const { desk, talk, texts } = await opened(world);
    world.refuse = new ApiError(422, { code: 'forbidden_word', hits: [{ word: 'bad', start: 0, end: 3 }] });
    await talk.send({ type: 'text', text: 'bad idea' });
    const row = talk.rows.at(-1)!;
    expect(row).toMatchObject({
      message: {
        delivery: 'failed',
        local: 'refused',
        error: { code: 'forbidden_word' },
        hits: [{ word: 'bad', start: 0, end: 3 }],
      },
    });
    desk.apply({ type: 'message', message: message('later', 'a', 8) });
    expect(talk.rows.at(-1)!.key).toBe('later');
    desk.apply({
      type: 'event',
      sessionId: 'a',
      event: { seq: 9, type: 'notice', at: at(9), actor: { type: 'system', id: null, name: null }, data: {} },
    });
    world.refuse = null;
    await talk.retry(row.key);
    expect(world.posts.map((post) => (post.body as { id: string }).id)).toEqual([row.key, row.key]);
    expect(talk.get(row.key)).toMatchObject({ delivery: 'sent', seq: 9 });
    world.refuse = new ApiError(0, {});
    await talk.send({ type: 'text', text: 'lost' });
    talk.discard(talk.rows.at(-1)!.key);
    expect(texts()).toEqual(['later', 'bad idea']);
  });
  it('marks move forward only, and a recalled message stays recalled', async () => {
    const world = new World(session('a'));
    world.messages.set('a', [message('x', 'a', 1, { author: { type: 'agent', ...ME } })]);
    const { desk, talk } = await opened(world);
    const mark = (more: Partial<Message>) =>
      desk.apply({ type: 'message', message: message('x', 'a', 1, { author: { type: 'agent', ...ME }, ...more }) });
    mark({ delivery: 'read' });
    mark({ delivery: 'delivered' });
    expect(talk.get('x')?.delivery).toBe('read');
    mark({ delivery: 'read', content: null, recalledAt: at(3) });
    mark({ delivery: 'read' });
    expect(talk.get('x')?.content).toBeNull();
  });
  it('readSeq marks what the visitor has read', async () => {
    const world = new World(session('a'));
    world.messages.set('a', [
      message('x', 'a', 1, { author: { type: 'agent', ...ME } }),
      message('y', 'a', 2, { author: { type: 'agent', ...ME } }),
    ]);
    const { desk, talk } = await opened(world);
    desk.apply(world.change('a', { readSeq: 1 }));
    expect([talk.get('x')?.delivery, talk.get('y')?.delivery]).toEqual(['read', 'sent']);
  });
  it('says that it cannot be opened', async () => {
    const world = new World();
    const desk = world.desk();
    const talk = desk.enter('nowhere');
    await talk.load();
    expect(talk.error?.code).toBe('not_found');
  });
});

describe('rows', () => {
  it('has days, a divider before the first new word, and groups by author', () => {
    const rows = rowsOf(
      [message('a', 's', 1), message('b', 's', 2), message('c', 's', 3, { author: { type: 'agent', ...ME } })],
      [],
      1,
    );
    expect(rows.map((row) => row.kind)).toEqual(['day', 'message', 'new', 'message', 'message']);
    expect(rows.flatMap((row) => (row.kind === 'message' ? [row.first] : []))).toEqual([true, true, true]);
    expect(
      rowsOf([message('a', 's', 1), message('b', 's', 2)], [], null).flatMap((row) =>
        row.kind === 'message' ? [row.first] : [],
      ),
    ).toEqual([true, false]);
  });
});
