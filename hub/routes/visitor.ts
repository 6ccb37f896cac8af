import { upgradeWebSocket } from '@hono/node-server';
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { cors } from 'hono/cors';
import type { WSContext } from 'hono/ws';
import type { WebSocket } from 'ws';
import { can as webCan } from '../../connectors/web/can.ts';
import { admitted, signVisitor } from '../../connectors/web/token.ts';
import { houseLanguage } from '../../core/house-text.ts';
import { Refusal } from '../../core/refusal.ts';
import { clientAddress } from '../address.ts';
import { doorOf, greeted } from '../desk/hello.ts';
import { shownInstead } from '../desk/off-hours.ts';
import type { OpenChannel } from '../desk/rulebook.ts';
import { visitorUploader } from '../desk/uploads.ts';
import { noteVisit } from '../desk/visit.ts';
import type { Hub } from '../hub.ts';
import { limited } from '../limit.ts';
import { receiveUpload } from '../media/upload.ts';
import { whence } from '../place/whence.ts';
import { problem } from '../problem.ts';
import { guarded, type Socket } from '../screens/sockets.ts';
import type { VisitorScreen } from '../screens/visitors.ts';
import { WebStyle } from '../shapes/channels.ts';
import { Stored } from '../shapes/house.ts';
import { Hello, HelloRequest, History, type VisitorFrame, VisitorSaid } from '../shapes/visitor.ts';
import { showSessionToVisitor, showToVisitor } from '../show/visitor.ts';
import type { MessageRow } from '../store/changes.ts';
import {
  type Cursor,
  cursorText,
  historyAfter,
  historyBefore,
  identityByExternal,
  lastSession,
  openSession,
  readCursor,
} from '../store/visitors.ts';
import { socketOf } from './live.ts';
import { body, house, json, route } from './route.ts';

const byKey = z.object({ key: z.string().max(100) });
const RULES = [webCan.image, webCan.voice, webCan.video, webCan.file].filter((rule) => rule !== undefined);
/** What the page may upload, whatever kind of message it becomes; how large, the first rule of its type says. */
const TYPES = [...new Set(RULES.flatMap((rule) => rule.types))];
const PAGE = 30;
/** Missed messages read at a time when a page comes back. */
const AT_ONCE = 500;

/** What the visitor's page speaks; see shapes/visitor.ts. It carries its own proof and no cookie, so any site may embed it. */
export function visitor(hub: Hub) {
  async function channelOf(key: string): Promise<OpenChannel> {
    const channel = await hub.rulebook.channelByKey(key);
    if (!channel?.enabled || channel.connector.name !== 'web') throw new Refusal('not_found');
    return channel;
  }
  function whoIs(c: Context, channel: OpenChannel): string | null {
    const token = /^visitor +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    return (token && admitted(doorOf(channel), token)?.id) || null;
  }

  const app = house();
  app.use('/visitor/:key/*', cors({ origin: '*', allowHeaders: ['authorization', 'content-type'], maxAge: 86_400 }));
  app.use('/visitor/:key/hello', limited(120, 60));
  app.use('/visitor/:key/media', limited(60, 60));
  app.use('/visitor/live', limited(240, 60));
  app.get(
    '/visitor/live',
    upgradeWebSocket((c) => visitorSocket(hub, c)),
  );
  return app
    .openapi(
      route('own', {
        method: 'post',
        path: '/visitor/{key}/hello',
        tags: ['Visitor'],
        summary: 'Begin, or come back',
        request: { params: byKey, body: body(HelloRequest) },
        responses: { 200: json(Hello, 'All the page needs to show') },
      }),
      async (c) => {
        const channel = await channelOf(c.req.valid('param').key);
        const wish = c.req.valid('json');
        const org = hub.db.org(channel.organisationId);
        const { visitorId, user, known, visit } = await greeted(hub, channel, wish);
        const identity = known ? await identityByExternal(org, channel.id, visitorId) : undefined;
        const session = identity && ((await openSession(org, identity.id)) ?? (await lastSession(org, identity.id)));
        const rows = identity ? await historyBefore(org, identity.id, null, PAGE) : [];
        const from = whence(hub, clientAddress(c), c.req.header('user-agent'));
        await noteVisit(hub, channel, { id: visitorId, identity }, { page: wish.page ?? {}, from, ...visit });
        const rules = await hub.rulebook.rules(org.id);
        const given = WebStyle.parse(channel.style ?? {});
        // V-11: what the organisation forbids, no plugin offers.
        const style = { ...given, end: given.end && rules.settings.reception.visitorEnds };
        const language = style.language === 'auto' ? pageLanguage(wish.language) : style.language;
        const last = rows.at(-1);
        return c.json(
          {
            token: signVisitor(doorOf(channel).secret, visitorId, user),
            channel: { name: channel.name, style, language },
            offHours: shownInstead(channel, rules, houseLanguage(language), hub.now()),
            session: session ? await showSessionToVisitor(hub, org.id, session) : null,
            messages: await showToVisitor(hub, org.id, rows),
            before: rows.length === PAGE ? cursorText({ sessionId: rows[0]!.session_id, seq: rows[0]!.seq }) : null,
            cursor: last
              ? cursorText({
                  sessionId: last.session_id,
                  seq: session?.id === last.session_id ? session.seq : last.seq,
                })
              : null,
            limits: {
              text: webCan.text,
              imageBytes: webCan.image?.bytes ?? 0,
              fileBytes: webCan.file?.bytes ?? 0,
              types: TYPES,
            },
          },
          200,
        );
      },
    )
    .openapi(
      route('own', {
        method: 'get',
        path: '/visitor/{key}/messages',
        tags: ['Visitor'],
        summary: 'Further back',
        request: {
          params: byKey,
          query: z.object({
            before: z.string().max(100).optional(),
            limit: z.coerce.number().int().min(1).max(100).default(PAGE),
          }),
        },
        responses: { 200: json(History, 'Older messages') },
      }),
      async (c) => {
        const channel = await channelOf(c.req.valid('param').key);
        const visitorId = whoIs(c, channel);
        if (!visitorId) return problem(c, 401, 'bad_signature') as never;
        const { before, limit } = c.req.valid('query');
        const org = hub.db.org(channel.organisationId);
        const identity = await identityByExternal(org, channel.id, visitorId);
        const rows = identity ? await historyBefore(org, identity.id, readCursor(before), limit) : [];
        const first = rows.length === limit ? rows[0]! : null;
        return c.json(
          {
            messages: await showToVisitor(hub, org.id, rows),
            before: first && cursorText({ sessionId: first.session_id, seq: first.seq }),
          },
          200,
        );
      },
    )
    .openapi(
      route(
        'own',
        {
          method: 'post',
          path: '/visitor/{key}/media',
          tags: ['Visitor'],
          summary: 'Upload one file, then send a message with its id',
          request: { params: byKey },
          responses: { 201: json(Stored, 'The file') },
        },
        { refuses: ['file_too_large', 'file_type_refused'] },
      ),
      async (c) => {
        const channel = await channelOf(c.req.valid('param').key);
        const visitorId = whoIs(c, channel);
        if (!visitorId) return problem(c, 401, 'bad_signature') as never;
        return c.json(
          await receiveUpload(hub, hub.db.org(channel.organisationId), c.req.raw, {
            limits: RULES,
            createdBy: visitorUploader(channel.id, visitorId),
          }),
          201,
        );
      },
    );
}

const pageLanguage = (tag: string | undefined) => ({ zh: 'zh-CN', en: 'en', ja: 'ja' })[houseLanguage(tag)];

const isLater = (row: MessageRow, cursor: Cursor | null): boolean =>
  !cursor || row.session_id > cursor.sessionId || (row.session_id === cursor.sessionId && row.seq > cursor.seq);

/** `/visitor/live?key=&token=&after=`: what was missed first, then live. */
function visitorSocket(hub: Hub, c: Context) {
  const { key = '', token = '', after } = c.req.query();
  let screen: VisitorScreen | undefined;
  let leave = () => {};
  let typed = 0;
  let gone = false;
  return {
    onOpen(_event: Event, ws: WSContext) {
      const socket = socketOf(ws as WSContext<WebSocket>);
      guarded(
        hub.log,
        () => socket,
        () => open(socket),
      );
    },
    onMessage(event: MessageEvent) {
      guarded(
        hub.log,
        () => screen?.socket,
        () => hear(event.data),
      );
    },
    onClose: over,
    onError: over,
  };

  function over(): void {
    gone = true;
    leave();
  }

  async function open(socket: Socket): Promise<void> {
    const channel = await hub.rulebook.channelByKey(key);
    const visitorId =
      channel?.enabled && channel.connector.name === 'web' ? admitted(doorOf(channel), token)?.id : undefined;
    if (!channel || !visitorId) {
      socket.send(JSON.stringify({ type: 'bye', code: 'bad_signature' } satisfies VisitorFrame));
      return socket.close(4001, 'bad token');
    }
    const org = hub.db.org(channel.organisationId);
    const identity = await identityByExternal(org, channel.id, visitorId);
    // The page may have left while we looked: who is added after that would stay for ever.
    if (gone) return;
    screen = {
      organisationId: org.id,
      channelId: channel.id,
      visitorId,
      identityId: identity?.id ?? null,
      ready: false,
      held: [],
      socket,
    };
    leave = hub.visitors.add(screen);
    const frames: VisitorFrame[] = [{ type: 'ready' }];
    // Asked only now: what comes in between is held and sent after; a message twice is the same message.
    const now = identity ?? (await identityByExternal(org, channel.id, visitorId));
    if (now) {
      if (!identity) hub.visitors.meet(channel.id, visitorId, now.id);
      for (let from = readCursor(after), more = true; more; ) {
        const missed = await historyAfter(org, now.id, from, AT_ONCE);
        frames.push(
          ...(await showToVisitor(hub, org.id, missed)).map((message): VisitorFrame => ({ type: 'message', message })),
        );
        const last = missed.at(-1);
        more = missed.length === AT_ONCE && !gone && isLater(last!, from);
        if (more) from = { sessionId: last!.session_id, seq: last!.seq };
      }
      const session = (await openSession(org, now.id)) ?? (await lastSession(org, now.id));
      if (session) frames.push({ type: 'session', session: await showSessionToVisitor(hub, org.id, session) });
    }
    screen.ready = true;
    for (const frame of [...frames, ...screen.held.splice(0)]) socket.send(JSON.stringify(frame));
  }

  async function hear(data: unknown): Promise<void> {
    if (!screen) return;
    const said = parse(data);
    if (!said) return screen.socket.close(1008, 'not understood');
    if (said.type === 'ping') return screen.socket.send(JSON.stringify({ type: 'pong' } satisfies VisitorFrame));
    if (!screen.identityId || Date.now() - typed < 1000) return;
    typed = Date.now();
    const session = await openSession(hub.db.org(screen.organisationId), screen.identityId);
    if (session?.state === 'serving') {
      hub.live.publish(screen.organisationId, [
        { kind: 'typing', sessionId: session.id, by: 'visitor', name: null, text: said.text ?? null },
      ]);
    }
  }
}

function parse(data: unknown): VisitorSaid | null {
  try {
    const result = VisitorSaid.safeParse(JSON.parse(String(data)));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}
