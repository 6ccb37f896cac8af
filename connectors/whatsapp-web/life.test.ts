import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Misconfigured, Refused } from '../errors.ts';
import type { LinkState } from '../link.ts';
import { Life } from './life.ts';
import * as limit from './limits.ts';
import { FakeClient } from './test/fake.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

async function begun({ linked = false, make }: { linked?: boolean; make?: () => Promise<FakeClient> } = {}) {
  const clients: FakeClient[] = [];
  const states: LinkState[] = [];
  const heard = { ready: 0, beats: 0, forgotten: [] as boolean[] };
  const life = new Life({
    async make() {
      const client = make ? await make() : new FakeClient();
      clients.push(client);
      return client;
    },
    state: (state) => void states.push(state),
    listen() {},
    ready: () => void heard.ready++,
    beat: () => void heard.beats++,
    wasLinked: () => linked,
    loggedOut: async (surely) => void heard.forgotten.push(surely),
    warn() {},
  });
  life.start();
  await pass(0);
  const client = () => clients.at(-1)!;
  const ready = async () => {
    client().emit('authenticated');
    client().emit('ready');
    await pass(0);
  };
  return { life, clients, client, states, heard, ready, names: () => states.map(({ state }) => state) };
}

describe('the life of a linked account', () => {
  it('starting, code, connecting, ready; events that come several times count once', async () => {
    const { client, states, heard, life } = await begun();
    client().emit('qr', '1');
    client().emit('qr', '2');
    expect(life.client).toBeUndefined();
    for (const event of ['loading_screen', 'authenticated', 'authenticated', 'ready', 'ready'])
      client().emit(event, 50);
    await pass(0);
    client().emit('authenticated');
    client().emit('ready');
    client().emit('qr', 'late');
    await pass(0);
    expect(states).toEqual([
      { state: 'starting' },
      { state: 'qr', qr: '1' },
      { state: 'qr', qr: '2' },
      { state: 'connecting' },
      { state: 'ready', account: '4915550000001', name: 'Shop' },
    ]);
    expect(heard.ready).toBe(1);
    expect(life.client).toBe(client());
  });

  it('no code within the time: the browser is ended and another begun, three rounds, then said and tried seldom', async () => {
    const { clients, states, names } = await begun();
    for (let round = 1; round <= limit.ROUNDS; round++) {
      expect(clients).toHaveLength(round);
      await pass(limit.OPEN_MS);
      expect(clients.at(-1)!.ended).toBe(1);
      expect(names().at(-1)).toBe('disconnected');
      await pass(round < limit.ROUNDS ? limit.PAUSE_MS * round : 0);
    }
    expect(states.at(-1)).toMatchObject({ reason: expect.stringContaining('3 tries') });
    await pass(limit.LONG_PAUSE_MS - 1);
    expect(clients).toHaveLength(3);
    await pass(1);
    expect(clients).toHaveLength(4);
  });

  it('logged in but never ready: begun again', async () => {
    const { client, clients, names } = await begun();
    client().emit('authenticated');
    await pass(limit.READY_MS - 1);
    expect(clients[0]!.ended).toBe(0);
    await pass(1);
    expect(names().at(-1)).toBe('disconnected');
    expect(clients[0]!.ended).toBe(1);
  });

  it('nobody scans: the browser is not kept', async () => {
    const { client, life, states } = await begun();
    client().emit('qr', '1');
    await pass(limit.SCAN_MS);
    expect(states.at(-1)).toMatchObject({ state: 'failed', code: 'not_scanned' });
    expect(client().ended).toBe(1);
    expect(life.stopped?.code).toBe('not_scanned');
    await pass(10 * limit.LONG_PAUSE_MS);
    expect(client().ended).toBe(1);
  });

  it('the watchdog: three wrong answers in a row, not one', async () => {
    const { client, clients, ready, heard, names } = await begun();
    await ready();
    const first = client();
    for (const status of ['TIMEOUT', 'OPENING', 'CONNECTED', 'TIMEOUT', null]) {
      first.status = status;
      await pass(limit.WATCH_MS);
    }
    expect(names().at(-1)).toBe('ready');
    expect(heard.beats).toBe(1);
    first.getState = () => new Promise(() => {});
    await pass(limit.WATCH_MS + limit.WATCH_PATIENCE_MS);
    expect(first.ended).toBe(1);
    expect(names().at(-1)).toBe('disconnected');
    await pass(limit.PAUSE_MS);
    expect(clients).toHaveLength(2);
    // What the ended one still says is not heard.
    first.emit('ready');
    await pass(0);
    expect(names().at(-1)).toBe('starting');
    await ready();
    expect(names().at(-1)).toBe('ready');
  });

  it.each(['TOS_BLOCK', 'SMB_TOS_BLOCK'])('%s: stopped for good', async (state) => {
    const { client, clients, ready, states } = await begun();
    await ready();
    client().emit('change_state', state);
    client().emit('disconnected', state);
    await pass(10 * limit.LONG_PAUSE_MS);
    expect(states.at(-1)).toMatchObject({ state: 'failed', code: 'blocked' });
    expect(clients).toHaveLength(1);
    expect(client().ended).toBe(1);
  });

  it('logged out by the phone: told, forgotten, not begun again', async () => {
    const { client, clients, ready, states, heard } = await begun();
    await ready();
    client().emit('disconnected', 'LOGOUT');
    client().emit('qr', 'the library shows codes again');
    await pass(limit.LONG_PAUSE_MS);
    expect(states.at(-1)).toMatchObject({ state: 'failed', code: 'logged_out' });
    expect(heard.forgotten).toEqual([true]);
    expect(clients).toHaveLength(1);
  });

  it('a code where there was a login: told, but nothing thrown away', async () => {
    const { client, states, heard } = await begun({ linked: true });
    client().emit('qr', '1');
    await pass(0);
    expect(states.at(-1)).toMatchObject({ state: 'failed', code: 'logged_out' });
    expect(heard.forgotten).toEqual([false]);
  });

  it.each([
    ['disconnected', 'CONFLICT'],
    ['auth_failure', 'x'],
    ['stuck', new Error('Target closed')],
    ['stuck', 'auth timeout'],
  ])('%s (%s): begun again', async (event, what) => {
    const { client, clients, ready, names } = await begun();
    await ready();
    client().emit(event, what);
    expect(names().at(-1)).toBe('disconnected');
    await pass(limit.PAUSE_MS);
    expect(clients).toHaveLength(2);
  });

  it('no browser on the machine: said in its words', async () => {
    const make = async () => {
      throw new Misconfigured('no_browser', 'Install the package chromium.');
    };
    const { states } = await begun({ make });
    expect(states.at(-1)).toEqual({ state: 'failed', code: 'no_browser', reason: 'Install the package chromium.' });
  });

  it('a code to type: asked for once a page is there, shown instead of the picture; refused when linked', async () => {
    const { life, client, states, ready } = await begun();
    const asked = life.pair('4915550000001');
    client().emit('qr', '1');
    await asked;
    client().emit('qr', '2');
    await pass(0);
    expect(client().asked).toEqual(['pair 4915550000001']);
    expect(states.at(-1)).toEqual({ state: 'code', code: 'ABCD1234' });
    await ready();
    await expect(life.pair('4915550000001')).rejects.toThrow(Refused);
    await expect(life.pair('+49 155')).rejects.toMatchObject({ code: 'bad_phone' });
  });

  it('a code WhatsApp will not give: told', async () => {
    const { life, client, states } = await begun();
    client().pairing = new Error('rate-overlimit');
    client().emit('qr', '1');
    await life.pair('4915550000001');
    expect(states.at(-1)).toMatchObject({
      state: 'failed',
      code: 'pairing_refused',
      reason: expect.stringContaining('rate'),
    });
  });

  it('closed: the browser is ended and nothing more is said, whatever was on its way', async () => {
    const { life, client, states, clients } = await begun();
    client().emit('qr', '1');
    const before = states.length;
    await life.close();
    client().emit('qr', '2');
    client().emit('disconnected', 'NAVIGATION');
    await pass(limit.LONG_PAUSE_MS);
    expect(states).toHaveLength(before);
    expect(clients).toHaveLength(1);
    expect(client().ended).toBe(1);
  });

  it('logged out here: the phone is told, also when it does not answer', async () => {
    const { life, client, ready, states, heard } = await begun();
    await ready();
    client().logout = () => new Promise(() => {});
    const done = life.logout();
    await pass(limit.ASK_MS);
    await done;
    expect(states.at(-1)).toMatchObject({ state: 'failed', code: 'logged_out' });
    expect(heard.forgotten).toEqual([true]);
    expect(client().ended).toBe(1);
  });
});
