import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { defineApp } from '../../connectors/app.ts';
import { apps } from '../../connectors/apps.ts';
import { type Connector, defineConnector, type Outbound, type Received } from '../../connectors/connector.ts';
import { BadSignature, Retry } from '../../connectors/errors.ts';
import { connectors } from '../../connectors/index.ts';
import type { Can } from '../../core/can.ts';
import type { Inbound } from '../../core/inbound.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { addApp } from '../store/apps.ts';
import { addChannel } from '../store/channels.ts';
import type { Org } from '../store/org.ts';

/**
 * A platform that exists only in tests: its pushes are our own events as JSON, so that a test of the hub says what
 * happened and not how some platform spells it. What it may do is set by the test through what this gives.
 */
export function testPlatform() {
  const state = {
    can: { text: 100, window: { grants: { message: { seconds: 3600, sends: 5 } } }, ids: true } as Can,
    sent: [] as Outbound[],
    recalled: [] as string[],
    tokens: 0,
    /** Makes the next calls fail or wait. */
    send: async (batch: Outbound): Promise<{ externalId?: string }[]> =>
      batch.messages.map(({ id }) => ({ externalId: `p-${id}` })),
    upkeep: undefined as Connector['upkeep'],
    passive: undefined as Received['passive'],
    finish: async (_query: Record<string, string>) => [
      { connector: 'testing', account: 'acc-1', name: 'One', config: {} },
    ],
  };
  const config = z.looseObject({ account: z.string().optional() });
  const fields = { account: { label: { zh: '账号', en: 'Account' } } };
  const testing = defineConnector<z.infer<typeof config>>({
    name: 'testing',
    label: { zh: '测试', en: 'Testing' },
    fields,
    config,
    get can() {
      return state.can;
    },
    hosts: { api: 'https://platform.invalid' },
    account: ({ account }) => account,
    receive: ({ body, headers }) => {
      if (headers['x-proof'] !== 'yes') throw new BadSignature('no');
      const events = JSON.parse(new TextDecoder().decode(body)) as Inbound[];
      return { events, reply: { body: 'success' }, ...(state.passive && { passive: state.passive }) };
    },
    async send(batch, _config, tools) {
      await tools.keep('token', async () => {
        state.tokens++;
        await new Promise((resolve) => setTimeout(resolve, 50));
        return { value: `t${state.tokens}`, ttl: 7200 };
      });
      const messages = await state.send(batch);
      state.sent.push(batch);
      return { messages };
    },
    recall: async ({ externalId }) => void state.recalled.push(externalId),
    get upkeep() {
      return state.upkeep;
    },
  });
  const testingApp = defineApp<Record<string, string>>({
    name: 'testing-app',
    label: { zh: '测试应用', en: 'Testing app' },
    text: { zh: '测试', en: 'Testing' },
    connectors: ['testing'],
    fields: {},
    config: z.record(z.string(), z.string()),
    guide: [],
    addresses: [{ label: { zh: '回调', en: 'Callback' }, is: 'webhook', path: '/events' }],
    hosts: {},
    receive: ({ body, headers }, _config, accounts) => {
      if (headers['x-proof'] !== 'yes') throw new BadSignature('no');
      const { changes, events = [] } = JSON.parse(new TextDecoder().decode(body)) as never as {
        changes?: never[];
        events?: Inbound[];
      };
      return { events: events.filter((event) => !event.account || accounts.has(event.account)), changes };
    },
    start: async (_config, _tools, ask) => ({
      url: `https://platform.invalid/?state=${ask.state}`,
      until: Date.now() + 600_000,
    }),
    finish: (query) => state.finish(query),
    granted: (grant) => state.finish(grant),
  });
  (connectors as Record<string, Connector>).testing = testing;
  (apps as Record<string, unknown>)['testing-app'] = testingApp;
  onTestFinished(() => {
    delete (connectors as Record<string, Connector>).testing;
    delete (apps as Record<string, unknown>)['testing-app'];
  });

  return {
    state,
    /** Fails as a platform that is down does. */
    down: async (): Promise<never> => {
      throw new Retry('down');
    },
    async channel(org: Org, account?: string, appId?: string): Promise<{ id: string; key: string }> {
      const id = newId();
      const key = `testing-${id.slice(-12)}`;
      await addChannel(org, {
        id,
        key,
        connector: 'testing',
        name: 'Testing',
        group_id: null,
        style: null,
        secrets: null,
        config: account ? { account } : {},
        account: account ?? null,
        app_id: appId ?? null,
      });
      return { id, key };
    },
    async app(org: Org): Promise<{ id: string; key: string }> {
      const id = newId();
      const key = `app-${id.slice(-12)}`;
      await addApp(org, { id, key, kind: 'testing-app', name: 'Testing app', config: {}, secrets: null });
      return { id, key };
    },
  };
}

let count = 0;
/** An event of a customer, with an id and a time of its own. */
export function event(hub: Pick<Hub, 'now'>, what: Partial<Inbound> & { kind: Inbound['kind'] }): Inbound {
  const n = ++count;
  return { externalId: `e${n}`, from: 'person-1', at: hub.now(), ...what } as Inbound;
}
export const words = (hub: Pick<Hub, 'now'>, text: string, more: Partial<Inbound> = {}): Inbound =>
  event(hub, { kind: 'message', messageId: `m${++count}`, content: { type: 'text', text }, ...more } as never);

/** The platform pushes these events. */
export async function push(
  run: { app: { request(path: string, init: RequestInit): Response | Promise<Response> }; settled(): Promise<void> },
  path: string,
  body: unknown,
  proof = 'yes',
): Promise<{ status: number; text: string }> {
  const answer = await run.app.request(`/webhooks/${path}`, {
    method: 'POST',
    headers: { 'x-proof': proof },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  await run.settled();
  return { status: answer.status, text };
}
