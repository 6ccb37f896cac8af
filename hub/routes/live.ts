import { upgradeWebSocket } from '@hono/node-server';
import { Hono } from 'hono';
import type { WSContext } from 'hono/ws';
import type { WebSocket } from 'ws';
import { sameOrigin, signedIn } from '../auth.ts';
import { sees } from '../desk/sight.ts';
import type { Hub } from '../hub.ts';
import { problem } from '../problem.ts';
import type { MemberScreen } from '../screens/members.ts';
import { guarded, type Socket } from '../screens/sockets.ts';
import { Said } from '../shapes/desk.ts';
import { session as readSession } from '../store/sessions.ts';
import type { HouseEnv } from './route.ts';

/** A typing mark is told on at most this often. Milliseconds. */
const TYPING_MS = 2500;

/** `/live`: the stream of news to a member's screen. Cookie and origin are checked before the upgrade. */
export function live(hub: Hub) {
  return new Hono<HouseEnv>().get(
    '/live',
    async (c, next) => {
      if (!sameOrigin(c.req.raw.headers, hub.publicUrl)) return problem(c, 403, 'cross_site');
      await next();
    },
    signedIn,
    upgradeWebSocket((c) => {
      const { member, org, token } = (c as unknown as { get(key: 'me'): HouseEnv['Variables']['me'] }).get('me');
      let leave = () => {};
      let typed = 0;
      const screen: MemberScreen = {
        organisationId: org.id,
        memberId: member.id,
        role: member.role,
        watching: null,
        proof: hub.secrets.sign('screen', token),
        socket: null as never,
      };
      return {
        onOpen(_event, ws) {
          screen.socket = socketOf(ws as WSContext<WebSocket>);
          leave = hub.presence.arrive(screen);
          screen.socket.send(JSON.stringify({ type: 'ready', memberId: member.id, hub: hub.id }));
        },
        onMessage(event) {
          guarded(
            hub.log,
            () => screen.socket,
            () => hear(event.data),
          );
        },
        onClose: () => leave(),
        onError: () => leave(),
      };

      async function hear(data: unknown): Promise<void> {
        const said = parse(data);
        if (!said) return screen.socket.close(1008, 'not understood');
        if (said.type === 'ping') return screen.socket.send('{"type":"pong"}');
        if (said.type === 'watch') {
          const row = said.sessionId ? await readSession(org, said.sessionId) : undefined;
          screen.watching = row && (await sees(hub, { org, member }, row)) ? row.id : null;
          return;
        }
        if (Date.now() - typed < TYPING_MS) return;
        typed = Date.now();
        const row = await readSession(org, said.sessionId);
        if (row?.state !== 'serving' || row.agent_id !== member.id) return;
        hub.live.publish(org.id, [{ kind: 'typing', sessionId: row.id, by: 'agent', name: member.name, text: null }]);
        hub.outbox.typing(org.id, row);
      }
    }),
  );
}

export function socketOf(ws: WSContext<WebSocket>): Socket {
  const raw = ws.raw!;
  return {
    send: (text) => raw.send(text),
    close: (code, reason) => raw.close(code, reason),
    get buffered() {
      return raw.bufferedAmount;
    },
  };
}

function parse(data: unknown): Said | null {
  try {
    const result = Said.safeParse(JSON.parse(String(data)));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}
