import { Hono } from 'hono';
import type { RawRequest, Reply } from '../../connectors/connector.ts';
import { BadRequest, BadSignature } from '../../connectors/errors.ts';
import { isAway } from '../away.ts';
import { MIB, readBytes } from '../body.ts';
import { appPushes } from '../desk/app-push.ts';
import { arrive } from '../desk/arrive.ts';
import { park } from '../desk/park.ts';
import type { OpenChannel } from '../desk/rulebook.ts';
import type { Hub } from '../hub.ts';
import { problem } from '../problem.ts';
import type { HouseEnv } from './route.ts';

/**
 * Where platforms, and our own visitor's page, push to: at a channel's key, or at the key of an app that serves many
 * accounts. Verify, translate, one transaction, commit, then 200. What is authentic is never lost; when the database is
 * away, the platform is told to come again (503).
 */
export function webhooks(hub: Hub) {
  const pushToApp = appPushes(hub);
  return new Hono<HouseEnv>().all('/webhooks/:connector/:key/:rest{.*}?', async (c) => {
    const begun = hub.now();
    const { connector, key, rest } = c.req.param() as { connector: string; key: string; rest?: string };
    const channel = await hub.rulebook.channelByKey(key);
    const app = channel ? null : await hub.rulebook.appByKey(key);
    const isThere = channel ? channel.enabled && channel.connector.name === connector : app?.kind.name === connector;
    if (!isThere) return problem(c, 404, 'unknown_channel');
    const request: RawRequest = {
      method: c.req.method,
      path: rest ? `/${rest}` : '',
      query: c.req.query(),
      headers: Object.fromEntries(c.req.raw.headers),
      body: await readBytes(c.req, MIB),
    };
    try {
      const reply = channel ? await push(channel, request, begun) : await pushToApp(app!, request, isAway);
      return c.body(reply?.body ?? '{}', (reply?.status ?? 200) as 200, {
        'content-type': reply?.type ?? 'application/json',
      });
    } catch (error) {
      if (error instanceof BadSignature) {
        hub.metrics.inbound.inc({ connector, kind: 'request', outcome: 'bad_signature' });
        return problem(c, 401, 'bad_signature');
      }
      if (error instanceof BadRequest) {
        hub.metrics.inbound.inc({ connector, kind: 'request', outcome: 'bad_request' });
        return problem(c, 400, error.code, error.message);
      }
      if (!isAway(error)) throw error;
      c.header('retry-after', '5');
      return problem(c, 503, 'not_ready');
    }
  });

  async function push(channel: OpenChannel, request: RawRequest, begun: number): Promise<Reply | undefined> {
    const { connector } = channel;
    let received: ReturnType<typeof connector.receive>;
    try {
      received = connector.receive(request, channel.config);
    } catch (error) {
      if (error instanceof BadSignature || error instanceof BadRequest) throw error;
      await park(hub, channel, request, error);
      return undefined;
    }
    const reply = await arrive(
      hub,
      channel,
      request,
      received,
      begun,
      (error) => error instanceof BadRequest || isAway(error),
    );
    for (const event of received.events)
      hub.metrics.inbound.inc({ connector: connector.name, kind: event.kind, outcome: 'stored' });
    return reply;
  }
}
