import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import type { Text } from '../../connector.ts';
import { avatar } from '../sandbox/avatar.ts';
import type { Consents } from '../sandbox/consent.ts';
import type { Faults } from '../sandbox/faults.ts';
import type { Files } from '../sandbox/files.ts';
import type { ExchangeLog } from '../sandbox/log.ts';
import { safeName } from '../text.ts';
import { type Phone, type PhoneAction, PhoneRefusal, saidSchema } from './model.ts';
import { page } from './page.ts';

/** Largest file a person can send on the phone, in bytes; it stays in memory. */
const MAX_UPLOAD = 20_000_000;
/** Pages that may listen at the same time. */
const MAX_LISTENERS = 50;
const KEEP_ALIVE_MS = 20_000;
/** Longest value of an action that says nothing else, in UTF-16 units. */
const MAX_INPUT = 300;

export interface Bench {
  phone: Phone;
  faults: Faults;
  files: Files;
  log: ExchangeLog;
  /** Where all this is mounted, as a path: `/sandbox/line`. */
  mount: string;
  /** Single acts beside the switches. */
  actions: { id: string; label: Text; run(): void }[];
  /** Consents by QR code: the phone gets a button to scan what is open. Its routes are mounted by the sandbox. */
  consents?: Consents;
}

const id = z.string().min(1).max(200);
const pair = { account: id, person: id };
const bodies = {
  people: z.strictObject({ name: z.string().trim().min(1).max(40) }),
  say: z.strictObject({ ...pair, said: saidSchema, quote: id.optional() }),
  unsend: z.strictObject({ ...pair, id }),
  follow: z.strictObject({ ...pair, following: z.boolean() }),
  act: z.strictObject({ ...pair, action: id, value: z.string().max(2000).optional(), message: id.optional() }),
  replay: z.strictObject({ ...pair, recording: id }),
};

/** The phone's page, its requests and the switches, the same for every sandbox. Errors are `{ code, message }`. */
export function phoneRoutes(bench: Bench): Hono {
  const { phone, faults, files, log } = bench;
  const app = new Hono();
  app.route('/', page(bench.mount, phone.model));

  app.get('/phone/state', (c) => {
    const { account, person } = c.req.query();
    return c.json({
      model: (account && phone.modelOf?.(account)) || phone.model,
      scans: bench.consents !== undefined,
      accounts: phone.accounts(),
      people: phone.people(),
      recordings: phone.recordings(),
      faults: { specs: faults.specs, values: faults.values() },
      actions: bench.actions.map(({ id, label }) => ({ id, label })),
      log: log.list(),
      chat: account && person ? phone.chat(account, person) : undefined,
    });
  });
  app.post('/phone/people', async (c) => c.json(phone.addPerson(bodies.people.parse(await c.req.json()).name), 201));
  app.post('/phone/say', async (c) => {
    const { account, person, said, quote } = bodies.say.parse(await c.req.json());
    return c.json({ id: phone.say(account, person, said, quote) }, 201);
  });
  app.post('/phone/unsend', async (c) => {
    const { account, person, id } = bodies.unsend.parse(await c.req.json());
    phone.unsend(account, person, id);
    return c.body(null, 204);
  });
  app.post('/phone/follow', async (c) => {
    const { account, person, following } = bodies.follow.parse(await c.req.json());
    phone.follow(account, person, following);
    return c.body(null, 204);
  });
  app.post('/phone/act', async (c) => {
    const { account, person, action, value, message } = bodies.act.parse(await c.req.json());
    const { actions = [] } = phone.modelOf?.(account) ?? phone.model;
    const known = actions.find(({ id }) => id === action);
    if (!known || !phone.act) throw new PhoneRefusal('not_found', 'This phone has no such action.');
    if (known.on && !message) throw new PhoneRefusal('no_message', 'This is done to a message.');
    phone.act(account, person, action, inputOf(known, value), message);
    return c.body(null, 204);
  });
  app.post('/phone/replay', async (c) => {
    const { account, person, recording } = bodies.replay.parse(await c.req.json());
    phone.replay(account, person, recording);
    return c.body(null, 204);
  });
  app.put('/phone/upload', async (c) => {
    if (Number(c.req.header('content-length') ?? 0) > MAX_UPLOAD) throw new PhoneRefusal('too_large', 'At most 20 MB.');
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    if (bytes.length === 0 || bytes.length > MAX_UPLOAD)
      throw new PhoneRefusal('too_large', 'Between one byte and 20 MB.');
    const mime = c.req.header('content-type')?.split(';')[0] ?? 'application/octet-stream';
    return c.json({ upload: phone.upload({ name: safeName(c.req.query('name')) ?? 'file', mime, bytes }) }, 201);
  });
  app.get('/phone/files/:id', (c) => {
    const file = files.get(c.req.param('id'));
    if (!file) return c.json({ code: 'not_found', message: 'The file is no longer here.' }, 404);
    const harmless = /^(image\/(png|jpeg|gif|webp)|audio\/|video\/)/.test(file.mime);
    return c.body(new Uint8Array(file.bytes), 200, {
      'content-type': harmless ? file.mime : 'application/octet-stream',
      'content-disposition': `${harmless ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });
  // A face for everybody, people and accounts alike.
  app.get('/avatars/:file', (c) =>
    c.body(new Uint8Array(avatar(c.req.param('file').replace(/\.png$/, ''))), 200, {
      'content-type': 'image/png',
      'cache-control': 'max-age=86400',
    }),
  );

  let listeners = 0;
  app.get('/phone/live', (c) => {
    if (listeners >= MAX_LISTENERS) throw new PhoneRefusal('too_many', 'Too many pages are open.');
    return streamSSE(c, async (stream) => {
      listeners++;
      const leave = phone.subscribe((news) => void stream.writeSSE({ data: JSON.stringify(news) }));
      const alive = setInterval(() => void stream.writeSSE({ event: 'alive', data: '' }), KEEP_ALIVE_MS);
      alive.unref();
      await stream.writeSSE({ event: 'alive', data: '' });
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      clearInterval(alive);
      leave();
      listeners--;
    });
  });

  app.get('/control/faults', (c) => c.json(faults.values()));
  app.put('/control/faults', async (c) => {
    faults.set(await c.req.json());
    return c.json(faults.values());
  });
  app.delete('/control/faults', (c) => {
    faults.reset();
    return c.json(faults.values());
  });
  app.post('/control/:action', (c) => {
    const action = bench.actions.find(({ id }) => id === c.req.param('action'));
    if (!action) return c.json({ code: 'not_found', message: 'No such action.' }, 404);
    action.run();
    return c.body(null, 204);
  });

  app.onError((error, c) => {
    if (error instanceof PhoneRefusal) {
      return c.json(
        { code: error.code, message: error.message },
        error.code === 'not_found' ? 404 : error.code === 'too_large' ? 413 : 409,
      );
    }
    if (error instanceof z.ZodError) return c.json({ code: 'bad_request', message: z.prettifyError(error) }, 400);
    if (error instanceof SyntaxError) return c.json({ code: 'bad_json', message: 'The body is not JSON.' }, 400);
    throw error;
  });
  return app;
}

/** What was filled in, when the action asks for it; throws PhoneRefusal where it does not fit. */
function inputOf({ input }: PhoneAction, value: string | undefined): string | undefined {
  if (!input) return undefined;
  if (!value?.trim()) {
    if (input.optional) return undefined;
    throw new PhoneRefusal('no_value', 'This action needs a value.');
  }
  if (input.choices && !input.choices.some((choice) => choice.value === value))
    throw new PhoneRefusal('bad_value', 'Not one of the choices.');
  if (value.length > (input.max ?? MAX_INPUT)) throw new PhoneRefusal('bad_value', 'Too long.');
  return value;
}
