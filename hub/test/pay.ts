import type { PaySandbox } from '../../connectors/pay/sandbox.ts';
import { createApp } from '../app.ts';
import { tick } from '../desk/tick.ts';
import { newId } from '../id.ts';
import { sandboxesOf } from '../sandboxes.ts';
import { cloneDatabase } from '../start/cloneDatabase.ts';
import { webChannel } from './build.ts';
import { type TestHub, testHub } from './hub.ts';
import { staff, told } from './people.ts';

/** A hub whose way out leads back to itself, with the stand-in's merchant, and a supervisor who serves a visitor. */
export async function payDesk() {
  let app: TestHub['app'] | undefined;
  const clock = { ahead: 0 };
  const asked: string[] = [];
  const databaseUrl = await cloneDatabase();
  const reach = (async (input: string, init?: RequestInit) => {
    const url = String(input);
    asked.push(`${init?.method ?? 'GET'} ${new URL(url).pathname}`);
    return await app!.request(input, init);
  }) as typeof fetch;
  const parts = { databaseUrl, vars: { SANDBOX: '1' }, now: () => Date.now() + clock.ahead, fetch: reach };
  const run = await testHub(parts);
  app = createApp(run.hub);
  const people = await staff({ ...run, app });
  const { org, supervisor, admin } = people;
  const web = await webChannel(run.hub, org);
  const made = await told(admin.ask('POST', '/pay-merchants/demo'));
  const sandbox = sandboxesOf(run.hub).get('pay')!.sandbox as PaySandbox;
  const visitor = web.visitor();
  await app.request(`/webhooks/web/${web.key}`, {
    method: 'POST',
    headers: { authorization: `Visitor ${visitor.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events: [{ id: newId(), type: 'message', content: { type: 'text', text: 'hello' } }] }),
  });
  const { id: sessionId } = await org.select('sessions').select('id').executeTakeFirstOrThrow();
  const accepted = await supervisor.ask('POST', `/sessions/${sessionId}/accept`);
  if (accepted.status !== 200) throw new Error(await accepted.text());

  const path = `/sessions/${sessionId}/payments`;
  const wish = (more: object = {}) => ({ id: newId(), amount: 1250, description: '拿铁 Latte', ...more });
  const until = async <T>(look: () => Promise<T>, good: (value: T) => boolean): Promise<T> => {
    for (let tries = 0; ; tries++) {
      const value = await look();
      if (good(value) || tries === 150) return value;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const payment = async (id: string) =>
    (await told(supervisor.ask('GET', path))).body.items.find((one: { id: string }) => one.id === id);
  const order = async (id: string) =>
    await org.select('pay_orders').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  return {
    ...run,
    app,
    ...people,
    web,
    sandbox,
    sessionId,
    merchant: made.body as { id: string; notifyUrl: string },
    path,
    wish,
    until,
    asked,
    ask: async (more: object = {}) => await told(supervisor.ask('POST', path, wish(more))),
    /** The number of the order's trade at the platform. */
    no: async (id: string) => (await order(id)).trade_no!,
    order,
    payment,
    becomes: (id: string, state: string) =>
      until(
        () => payment(id),
        (one) => one.state === state,
      ),
    notices: async () =>
      (await org.select('session_events').selectAll().where('type', '=', 'notice').orderBy('seq').execute()).map(
        (row) => `${row.data!.what} ${row.data!.text}`,
      ),
    alerts: async () =>
      (await org.select('alerts').selectAll().where('kind', '=', 'payment').execute()).map((row) => row.words[0]),
    /** As much time goes by as is said, and the clock of the house looks round. */
    async later(ms: number): Promise<void> {
      clock.ahead += ms;
      await tick(run.hub);
      await run.settled();
    },
    /** Another hub on the same database; the stand-in is the first's. */
    anotherHub: async () => (await testHub(parts)).hub,
  };
}
