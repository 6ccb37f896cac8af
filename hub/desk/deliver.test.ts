import { describe, expect, test } from 'vitest';
import { newId } from '../id.ts';
import { cloneDatabase } from '../start/cloneDatabase.ts';
import { LEASE_MS, revive } from '../store/deliveries.ts';
import { keywordRule, member } from '../test/build.ts';
import { customer, queueUp, type TestDesk, testDesk, text, twoDesks } from '../test/desk.ts';
import { accepted, fakeLine, type LineCall } from '../test/line.ts';
import { accept } from './accept.ts';
import { reply } from './reply.ts';
import { tick } from './tick.ts';

/** A customer who said something and is being served, so that a member can write. */
async function served(desk: TestDesk, from = customer(1)) {
  await desk.says('hello', from);
  const session = (await desk.sessions()).at(-1)!;
  const agent = await member(desk.hub, desk.org, { role: 'supervisor', cap: 99, present: false });
  await accept(desk.hub, desk.org, agent, session.id);
  const write = async (words: string) =>
    (await reply(desk.hub, desk.org, agent, session.id, { id: newId(), content: text(words) })).id;
  return { sessionId: session.id, agent, write };
}
const sendings = (calls: LineCall[]) => calls.filter((call) => call.path.includes('/message/'));
const path = (call: LineCall) => call.path.split('/').at(-1);
const limited = () =>
  Response.json({ message: 'Too many requests' }, { status: 429, headers: { 'retry-after': '30' } });
const broken = () => Response.json({ message: 'internal' }, { status: 500 });

/** A platform that can be told how to answer from now on. */
function moody() {
  let mood: (call: LineCall) => Response | Promise<Response> = accepted;
  return Object.assign(
    fakeLine((call) => (call.path.includes('/message/') ? mood(call) : accepted(call))),
    { be: (next: typeof mood) => void (mood = next) },
  );
}

describe('an answer', () => {
  test('goes by the reply token while it lives, and once; then by push under a key of its own', async () => {
    const desk = await testDesk();
    const { write } = await served(desk);
    await write('one');
    await desk.settled();
    await write('two');
    await desk.settled();
    const calls = sendings(desk.line.calls);
    expect(calls.map((call) => [path(call), call.body.messages?.[0]?.text])).toEqual([
      ['reply', 'one'],
      ['push', 'two'],
    ]);
    expect([calls[0]!.retryKey, calls[1]!.retryKey]).toEqual([null, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect((await desk.sessions())[0]).toMatchObject({ reply_token: null, sends: 2, delivering_until: null });
  });
  test('is pushed when the token has run out', async () => {
    const desk = await testDesk();
    const { write } = await served(desk);
    desk.clock.pass(3_600_000);
    await write('late');
    await desk.settled();
    expect(sendings(desk.line.calls).map(path)).toEqual(['push']);
  });
  test('of several messages goes as one request, in order', async () => {
    const desk = await testDesk();
    await keywordRule(desk.hub, desk.org, 'menu', '', { texts: ['a', 'b', 'c', 'd', 'e', 'f'] });
    await desk.says('menu');
    expect(sendings(desk.line.calls).map((call) => call.body.messages!.map((message) => message.text))).toEqual([
      ['a', 'b', 'c', 'd', 'e'],
      ['f'],
    ]);
    expect((await desk.messages()).slice(1).map((row) => row.delivery)).toEqual(Array(6).fill('sent'));
  });
  test('carries the platform’s ids home, and quotes with its handle', async () => {
    const desk = await testDesk();
    const { sessionId, agent } = await served(desk);
    const [question] = await desk.messages(sessionId);
    await reply(desk.hub, desk.org, agent, sessionId, { id: newId(), content: text('answer'), quoteId: question!.id });
    await desk.settled();
    const sent = (await desk.messages(sessionId)).at(-1)!;
    expect(sent).toMatchObject({
      delivery: 'sent',
      external_id: expect.any(String),
      quote_token: expect.any(String),
      quote_id: question!.id,
      error_code: null,
    });
    expect(sendings(desk.line.calls)[0]!.body.messages![0]).toMatchObject({ quoteToken: question!.quote_token });
  });
});

describe('a platform in trouble', () => {
  test('429 and 500: the same message again later under the same key; what is behind it waits and comes after', async () => {
    const line = moody();
    const desk = await testDesk({ line });
    const { sessionId, write } = await served(desk);
    await write('by token');
    await desk.settled();
    for (const [mood, wait] of [
      [limited, 30_000],
      [broken, 5_000],
    ] as const) {
      line.calls.length = 0;
      line.be(mood);
      const first = await write('first');
      await desk.settled();
      const second = await write('second');
      await desk.settled();
      const tried = sendings(line.calls);
      expect(tried.map((call) => call.body.messages![0]!.text)).toEqual(['first']);
      expect(await desk.message(first)).toMatchObject({
        delivery: 'pending',
        attempts: 1,
        error_code: 'retrying',
        batch_id: tried[0]!.retryKey,
      });
      expect(await desk.message(second)).toMatchObject({ delivery: 'pending', attempts: 0 });
      expect((await desk.session(sessionId)).delivering_until).toBeNull();
      expect(desk.jobs.later.map((job) => job.name)).toEqual(['deliver']);
      // Too early: nobody is asked.
      await desk.jobs.runLater();
      await desk.settled();
      await tick(desk.hub);
      await desk.settled();
      expect(sendings(line.calls)).toHaveLength(1);
      line.be(accepted);
      desk.clock.pass(wait);
      await tick(desk.hub);
      await desk.settled();
      const calls = sendings(line.calls);
      expect(calls.map((call) => call.body.messages!.map((message) => message.text))).toEqual([
        ['first'],
        ['first'],
        ['second'],
      ]);
      expect([calls[1]!.retryKey, calls[2]!.retryKey === calls[0]!.retryKey]).toEqual([calls[0]!.retryKey, false]);
      expect((await desk.messages(sessionId)).slice(1).map((row) => row.delivery)).not.toContain('pending');
      desk.jobs.later.length = 0;
    }
  });
  test('while one waits for its time nobody runs in circles', async () => {
    const line = moody();
    const desk = await testDesk({ line });
    const { write } = await served(desk);
    await write('by token');
    await desk.settled();
    line.be(limited);
    await write('first');
    await write('second');
    const done = await Promise.race([
      desk.settled().then(() => 'still'),
      new Promise((resolve) => setTimeout(resolve, 3000, 'running')),
    ]);
    desk.clock.pass(3_600_000);
    line.be(accepted);
    expect(done).toBe('still');
  });
  test('a job tries it again at its time', async () => {
    const line = moody();
    const desk = await testDesk({ line });
    const { write } = await served(desk);
    line.be(limited);
    const id = await write('once');
    await desk.settled();
    expect(desk.jobs.later.map((job) => [job.name, job.delayMs])).toEqual([['deliver', 30_000]]);
    line.be(accepted);
    desk.clock.pass(30_000);
    await desk.jobs.runLater();
    await desk.settled();
    expect((await desk.message(id)).delivery).toBe('sent');
  });
  test('gives up after a dozen tries, and the next one goes', async () => {
    const line = moody();
    const desk = await testDesk({ line });
    const { write } = await served(desk);
    await write('by token');
    await desk.settled();
    line.be((call) => (call.body.messages![0]!.text === 'never' ? broken() : accepted(call)));
    const never = await write('never');
    const next = await write('next');
    for (let tries = 0; tries < 14; tries++) {
      await desk.settled();
      desk.clock.pass(3_600_000);
      await tick(desk.hub);
    }
    await desk.settled();
    expect(await desk.message(never)).toMatchObject({ delivery: 'failed', error_code: 'gave_up', attempts: 12 });
    expect(await desk.message(next)).toMatchObject({ delivery: 'sent' });
    expect(
      new Set(
        sendings(line.calls)
          .slice(1, 13)
          .map((call) => call.retryKey),
      ).size,
    ).toBe(1);
  });
  test('a reply whose answer got lost may have arrived: failed, never sent again by itself; a person may', async () => {
    const line = moody();
    const desk = await testDesk({ line });
    const { sessionId, write } = await served(desk);
    line.be(() => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
    });
    const id = await write('perhaps');
    await desk.settled();
    expect(await desk.message(id)).toMatchObject({ delivery: 'failed', error_code: 'outcome_unknown' });
    line.be(accepted);
    desk.clock.pass(3_600_000);
    await tick(desk.hub);
    await desk.settled();
    expect(sendings(line.calls)).toHaveLength(1);
    const before = (await desk.message(id)).batch_id;
    expect([await revive(desk.org, id), await revive(desk.org, id)]).toEqual([true, false]);
    desk.hub.outbox.wake(desk.org.id, [sessionId]);
    await desk.settled();
    expect(await desk.message(id)).toMatchObject({ delivery: 'sent', error_code: null, error_text: null });
    expect([path(sendings(line.calls)[1]!), before]).toEqual(['push', expect.any(String)]);
  });
  test('refused: failed with the platform’s words, and the next one goes', async () => {
    const line = moody();
    const desk = await testDesk({ line });
    const { write } = await served(desk);
    await write('by token');
    await desk.settled();
    line.be((call) =>
      call.body.messages![0]!.text === 'bad'
        ? Response.json({ message: 'The request body has 1 error(s)' }, { status: 400 })
        : accepted(call),
    );
    const [bad, good] = [await write('bad'), await write('good')];
    await desk.settled();
    const row = await desk.message(bad);
    expect([row.delivery, row.error_code]).toEqual(['failed', 'rejected']);
    expect(row.error_text).toContain('The request body has 1 error(s)');
    expect((await desk.message(good)).delivery).toBe('sent');
    expect(await desk.alerts()).toEqual([]);
  });
  test('several refused as one: each is sent by itself under its own key, and only the one at fault fails', async () => {
    const line = moody();
    const desk = await testDesk({ line });
    await keywordRule(desk.hub, desk.org, 'menu', '', { texts: ['a', 'bad', 'c'] });
    const sent: string[][] = [];
    line.be((call) => {
      const texts = call.body.messages!.map((message) => message.text!);
      sent.push(texts);
      return texts.includes('bad') ? Response.json({ message: 'not this' }, { status: 400 }) : accepted(call);
    });
    await desk.says('menu');
    await desk.settled();
    expect(sent).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']]);
    const rows = (await desk.messages()).slice(1);
    expect(rows.map((row) => [row.delivery, row.error_code])).toEqual([
      ['sent', null],
      ['failed', 'rejected'],
      ['sent', null],
    ]);
    expect(new Set(rows.map((row) => row.batch_id)).size).toBe(3);
  });
  test('an account that needs its admin: failed, the channel shows it, supervisors hear it once', async () => {
    const line = moody();
    const desk = await testDesk({ line });
    const { write } = await served(desk);
    await write('by token');
    await desk.settled();
    line.be(() => Response.json({ message: 'Authentication failed' }, { status: 401 }));
    const ids = [await write('a'), await write('b')];
    await desk.settled();
    for (const id of ids) expect(await desk.message(id)).toMatchObject({ delivery: 'failed', error_code: 'bad_token' });
    expect(
      await desk.org.select('channels').select(['health', 'health_code']).where('id', '=', desk.channel.id).execute(),
    ).toEqual([{ health: 'attention', health_code: 'bad_token' }]);
    expect((await desk.alerts()).map((alert) => [alert.kind, alert.channel_id])).toEqual([
      ['channel', desk.channel.id],
    ]);
  });
  test('what our own code fails on is tried three times', async () => {
    const line = moody();
    const desk = await testDesk({ line });
    const { write } = await served(desk);
    await desk.org.update('messages').set({ quote_token: 'x' }).execute();
    const rulebook = desk.hub.rulebook.channelById.bind(desk.hub.rulebook);
    desk.hub.rulebook.channelById = async (...args) => {
      const channel = (await rulebook(...args))!;
      return {
        ...channel,
        connector: {
          ...channel.connector,
          send: async () => {
            throw new Error('our bug');
          },
        },
      };
    };
    const id = await write('x');
    for (let tries = 0; tries < 5; tries++) {
      await desk.settled();
      desk.clock.pass(3_600_000);
      await tick(desk.hub);
    }
    await desk.settled();
    expect(await desk.message(id)).toMatchObject({
      delivery: 'failed',
      error_code: 'gave_up',
      attempts: 3,
      error_text: 'our bug',
    });
  });
});

describe('who cannot be reached', () => {
  test('a customer who blocked us is not tried; after a return he is', async () => {
    const desk = await testDesk();
    const { write } = await served(desk);
    await desk.org.update('identities').set({ reachable: false }).execute();
    const id = await write('hello?');
    await desk.settled();
    expect(await desk.message(id)).toMatchObject({ delivery: 'failed', error_code: 'unreachable' });
    expect(sendings(desk.line.calls)).toEqual([]);
    await desk.org.update('identities').set({ reachable: true }).execute();
    const again = await write('hello!');
    await desk.settled();
    expect((await desk.message(again)).delivery).toBe('sent');
  });
  test('a channel that is switched off sends nothing', async () => {
    const desk = await testDesk();
    const { write } = await served(desk);
    await desk.org.update('channels').set({ enabled: false }).where('id', '=', desk.channel.id).execute();
    desk.hub.live.publish(desk.org.id, [{ kind: 'changed', area: 'channels' }]);
    const id = await write('x');
    await desk.settled();
    expect(await desk.message(id)).toMatchObject({ delivery: 'failed', error_code: 'channel_disabled' });
    expect(sendings(desk.line.calls)).toEqual([]);
  });
  test('what was taken back is not sent again', async () => {
    const desk = await testDesk();
    const { write } = await served(desk);
    await desk.org.update('identities').set({ reachable: false }).execute();
    const id = await write('oops');
    await desk.settled();
    await desk.org.update('messages').set({ recalled_at: new Date(), content: null }).where('id', '=', id).execute();
    expect(await revive(desk.org, id)).toBe(false);
  });
});

describe('several hubs', () => {
  test('woken for the same at the same time, every message leaves once and in order', async () => {
    const { a, b } = await twoDesks(await cloneDatabase());
    const people = await queueUp(a.hub, a.org, a.channel.id, 12);
    const agent = await member(a.hub, a.org, { cap: 99, present: false });
    for (const id of people) await accept(a.hub, a.org, agent, id);
    await Promise.all(
      people.flatMap((id, index) =>
        ['1', '2', '3'].map(async (words, nth) => {
          await new Promise((resolve) => setTimeout(resolve, nth * 3));
          const desk = (index + nth) % 2 ? a : b;
          await reply(desk.hub, desk.org, agent, id, { id: newId(), content: text(`${index}.${words}`) });
          for (const one of [a, b]) one.hub.outbox.wake(a.org.id, people);
        }),
      ),
    );
    await Promise.all([a.settled(), b.settled()]);
    const sent = a.line.texts();
    expect([...sent].sort()).toEqual([...new Set(sent)].sort());
    expect(sent).toHaveLength(36);
    const rows = (await a.messages()).filter((row) => row.author_type === 'agent');
    for (const id of people) {
      const stored = rows.filter((row) => row.session_id === id).map((row) => (row.content as { text: string }).text);
      expect(sent.filter((words) => stored.includes(words!))).toEqual(stored);
    }
    expect(rows.every((row) => row.delivery === 'sent')).toBe(true);
  });

  test('one that dies in the middle of a push: another sends the same under the same key when the lease is over, not before', async () => {
    const line = moody();
    const { a, b } = await twoDesks(await cloneDatabase(), { line });
    const { sessionId, write } = await served(a);
    await write('by token');
    await a.settled();
    let die!: () => void;
    line.be(
      () =>
        new Promise<Response>((resolve) => {
          die = () => resolve(broken());
        }),
    );
    const id = await write('half way');
    await until(() => die !== undefined);
    const key = sendings(line.calls).at(-1)!.retryKey;
    line.be(accepted);
    b.hub.outbox.wake(b.org.id, [sessionId]);
    await tick(b.hub);
    await b.settled();
    expect(sendings(line.calls)).toHaveLength(2);
    a.clock.pass(LEASE_MS + 1);
    await tick(b.hub);
    await b.settled();
    expect(await b.message(id)).toMatchObject({ delivery: 'sent' });
    expect(sendings(line.calls).at(-1)).toMatchObject({ retryKey: key, path: expect.stringContaining('push') });
    die();
  });

  test.each([
    [
      'while the token lives: the token tells that it was used, and nobody doubles the answer',
      0,
      ['reply', 'reply', 'push'],
    ],
    ['and comes back when the token is dead: nobody knows, so nobody doubles it', 60_000, ['reply', 'push']],
  ])('one that dies while it answers by token %s', async (_name, away, expected) => {
    const line = moody();
    const { a, b } = await twoDesks(await cloneDatabase(), { line });
    const { write } = await served(a);
    let die!: () => void;
    line.be(
      () =>
        new Promise<Response>((resolve) => {
          die = () => resolve(accepted({ path: '', retryKey: null, body: {} }));
        }),
    );
    const id = await write('perhaps');
    await until(() => die !== undefined);
    line.be((call) =>
      call.path.endsWith('/reply')
        ? Response.json({ message: 'Invalid reply token' }, { status: 400 })
        : accepted(call),
    );
    const next = await reply(
      b.hub,
      b.org,
      (await b.org.select('sessions').select('agent_id').executeTakeFirstOrThrow()).agent_id!,
      (await b.sessions())[0]!.id,
      { id: newId(), content: text('next') },
    );
    a.clock.pass(LEASE_MS + 1 + away);
    await tick(b.hub);
    await b.settled();
    expect(await b.message(id)).toMatchObject({ delivery: 'failed', error_code: 'outcome_unknown' });
    expect((await b.message(next.id)).delivery).toBe('sent');
    expect(sendings(line.calls).map(path)).toEqual(expected);
    expect(sendings(line.calls).map((call) => call.body.messages![0]!.text)).toEqual([
      ...expected.slice(1).map(() => 'perhaps'),
      'next',
    ]);
    die();
  });

  test('who comes back after his lease is over does not end another’s', async () => {
    const line = moody();
    const { a, b } = await twoDesks(await cloneDatabase(), { line });
    const { sessionId, write } = await served(a);
    await write('by token');
    await a.settled();
    const open: (() => void)[] = [];
    line.be(
      (call) =>
        new Promise<Response>((resolve) => {
          open.push(() => resolve(accepted(call)));
        }),
    );
    await write('slow');
    await until(() => open.length === 1);
    a.clock.pass(LEASE_MS + 1);
    b.hub.outbox.wake(b.org.id, [sessionId]);
    await until(() => open.length === 2);
    const lease = (await b.session(sessionId)).delivering_until;
    open[0]!();
    await a.hub.outbox.idle();
    expect((await b.session(sessionId)).delivering_until).toEqual(lease);
    open[1]!();
    await b.hub.outbox.idle();
    expect((await b.session(sessionId)).delivering_until).toBeNull();
  });

  test('a lease that grew old while the account was busy is given back, not used', async () => {
    const line = moody();
    const desk = await testDesk({ line });
    const people = await queueUp(desk.hub, desk.org, desk.channel.id, 17);
    const agent = await member(desk.hub, desk.org, { cap: 99, present: false });
    for (const id of people) await accept(desk.hub, desk.org, agent, id);
    const open: (() => void)[] = [];
    line.be(
      (call) =>
        new Promise<Response>((resolve) => {
          open.push(() => resolve(accepted(call)));
        }),
    );
    for (const id of people) await reply(desk.hub, desk.org, agent, id, { id: newId(), content: text('x') });
    await until(() => open.length === 16);
    const leases = async () => (await desk.sessions()).map((row) => row.delivering_until?.getTime() ?? 0);
    const before = await leases();
    desk.clock.pass(LEASE_MS / 2 + 1);
    line.be(accepted);
    open[0]!();
    await until(async () => (await desk.messages()).filter((row) => row.delivery === 'sent').length === 2);
    expect(Math.max(...before)).toBeLessThan(desk.clock.now() + LEASE_MS);
    for (const one of open.slice(1)) one();
    await desk.settled();
    expect(sendings(line.calls)).toHaveLength(17);
    expect((await desk.messages()).every((row) => row.delivery === 'sent')).toBe(true);
  });
});

async function until(is: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500 && !(await is()); tries++) await new Promise((resolve) => setTimeout(resolve, 10));
}
