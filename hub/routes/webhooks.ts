import { Hono } from 'hono';
import type { RawRequest } from '../../connectors/connector.ts';
import { BadRequest, BadSignature } from '../../connectors/errors.ts';
import type { Inbound } from '../../core/inbound.ts';
import { MIB, readBytes } from '../body.ts';
import { park } from '../desk/park.ts';
import type { OpenChannel } from '../desk/rulebook.ts';
import { withUploads } from '../desk/uploads.ts';
import type { Hub } from '../hub.ts';
import { problem } from '../problem.ts';
import type { HouseEnv } from './route.ts';

/**
 * Where platforms, and our own visitor's page, push to. Verify, translate, one transaction, commit, then 200. What is
 * authentic is never lost: when our own code fails on it, it is parked; when the database is away, the platform is told
 * to come again (503).
 */
export function webhooks(hub: Hub) {
  return new Hono<HouseEnv>().all('/webhooks/:connector/:key/:rest{.*}?', async (c) => {
    const { connector, key, rest } = c.req.param() as { connector: string; key: string; rest?: string };
    const channel = await hub.rulebook.channelByKey(key);
    if (!channel?.enabled || channel.connector.name !== connector) return problem(c, 404, 'unknown_channel');
    const body = await readBytes(c.req, MIB);
    const request: RawRequest = {
      method: c.req.method,
      path: rest ? `/${rest}` : '',
      query: c.req.query(),
      headers: Object.fromEntries(c.req.raw.headers),
      body,
    };
    let received: ReturnType<typeof channel.connector.receive>;
    try {
      received = channel.connector.receive(request, channel.config);
    } catch (error) {
      if (error instanceof BadSignature) {
        hub.metrics.inbound.inc({ connector, kind: 'request', outcome: 'bad_signature' });
        return problem(c, 401, 'bad_signature');
      }
      if (error instanceof BadRequest) {
        hub.metrics.inbound.inc({ connector, kind: 'request', outcome: 'bad_request' });
        return problem(c, 400, error.code, error.message);
      }
      await park(hub, channel, request, error);
      return c.json({});
    }
    try {
      await hub.receive({ channel, events: await own(hub, channel, received.events) });
    } catch (error) {
      if (error instanceof BadRequest) return problem(c, 400, error.code, error.message);
      if (isAway(error)) {
        c.header('retry-after', '5');
        return problem(c, 503, 'not_ready');
      }
      await park(hub, channel, request, error);
    }
    for (const event of received.events) hub.metrics.inbound.inc({ connector, kind: event.kind, outcome: 'stored' });
    const { reply } = received;
    return c.body(reply?.body ?? '{}', (reply?.status ?? 200) as 200, {
      'content-type': reply?.type ?? 'application/json',
    });
  });
}

/** Events of channels whose page uploads to us name files by our ids: they are looked up and must be the visitor's own. */
async function own(hub: Hub, channel: OpenChannel, events: Inbound[]): Promise<Inbound[]> {
  return channel.connector.send ? events : await withUploads(hub, channel, events);
}

/** The database cannot be reached, or is starting or stopping: nobody's words are at fault. */
export function isAway(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code ?? '';
  return (
    /^(ECONN|EPIPE|ETIMEDOUT|08|57P0|53)/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test((error as Error | null)?.message ?? '')
  );
}
