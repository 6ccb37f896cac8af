import { describe, expect, test } from 'vitest';
import { newId } from '../id.ts';
import { group, member, word } from '../test/build.ts';
import { customer, queueUp, refusal, type TestDesk, testDesk, text } from '../test/desk.ts';
import { accept } from './accept.ts';
import { close } from './close.ts';
import { recall } from './recall.ts';
import { reply } from './reply.ts';
import { see } from './see.ts';
import { transfer } from './transfer.ts';

/** A web visitor who asked something and is served by `agent`; `another` is a colleague at the desk. */
async function conversation(given: Partial<TestDesk> = {}) {
  const desk = { ...(await testDesk()), ...given };
  const { hub, org } = desk;
  const agent = await member(hub, org, { cap: 0 });
  const another = await member(hub, org, { cap: 0 });
  const visitor = desk.visitor();
  await visitor.says('hello');
  await visitor.post({ type: 'human' });
  await org.update('members').set({ cap: 5 }).where('id', '=', agent).execute();
  const [session] = await desk.sessions();
  await accept(hub, org, agent, session!.id);
  await desk.settled();
  const write = (words: string, more: { id?: string; by?: string; quoteId?: string } = {}) =>
    reply(hub, org, more.by ?? agent, session!.id, {
      id: more.id ?? newId(),
      content: text(words),
      quoteId: more.quoteId,
    });
  const me = { id: agent, role: 'agent' as const, groupIds: [] };
  return { ...desk, agent, another, visitor, write, me, id: session!.id, now: () => desk.session(session!.id) };
}

describe('reply', () => {
  test('the same id twice, also at once, is one message; another’s id is refused', async () => {
    const { write, messages, id, now, another } = await conversation();
    const messageId = newId();
    const rows = await Promise.all([
      write('hi', { id: messageId }),
      write('hi', { id: messageId }),
      write('hi', { id: messageId }),
    ]);
    rows.push(await write('something else', { id: messageId }));
    expect(new Set(rows.map((row) => row.id))).toEqual(new Set([messageId]));
    expect(
      (await messages(id)).filter((row) => row.author_type === 'agent').map((row) => [row.id, row.content]),
    ).toEqual([[messageId, text('hi')]]);
    expect(await refusal(write('hi', { id: messageId, by: another }))).toBe('invalid_input');
    const heard = (await messages(id)).find((row) => row.author_type === 'visitor')!;
    expect(await refusal(write('hi', { id: heard.id }))).toBe('invalid_input');
    expect(await now()).toMatchObject({ unread: 0, unanswered_since: null });
  });
  test('SW-07: a forbidden word is not sent, supervisors hear of it; a harmless one is sent', async () => {
    const { hub, org, write, messages, alerts, id, agent } = await conversation();
    await word(hub, org, 'forbidden', '微信转账');
    const before = (await messages(id)).length;
    expect(await refusal(write('请用微 信转账'))).toBe('forbidden_word');
    expect(await messages(id)).toHaveLength(before);
    expect(await alerts()).toEqual([
      {
        kind: 'forbidden',
        member_id: agent,
        session_id: id,
        channel_id: null,
        text: '请用微 信转账',
        words: ['微信转账'],
      },
    ]);
    expect(await refusal(write('请用微信'))).toBe('ok');
    expect(await alerts()).toHaveLength(1);
  });
  test('SW-08: a sensitive word is sent, marked, and told', async () => {
    const { hub, org, write, alerts, id, agent, web } = await conversation();
    await word(hub, org, 'sensitive', 'refund');
    const row = await write('A Refund?');
    expect(row.hits).toEqual([{ kind: 'sensitive', word: 'refund', start: 2, end: 8 }]);
    expect(await alerts()).toEqual([
      { kind: 'sensitive', member_id: agent, session_id: id, channel_id: web.id, text: 'A Refund?', words: ['refund'] },
    ]);
  });
  test('a quote points at the conversation, and at nobody else’s', async () => {
    const { write, messages, id, visitor, says, message } = await conversation();
    const heard = (await messages(id)).find((row) => row.author_type === 'visitor')!;
    expect((await write('answer', { quoteId: heard.id })).quote_id).toBe(heard.id);
    await says('a secret', customer(7));
    const foreign = (await messages()).find((row) => row.session_id !== id)!;
    expect(await refusal(write('look', { quoteId: foreign.id }))).toBe('not_found');
    expect(await refusal(write('look', { quoteId: newId() }))).toBe('not_found');
    expect(await visitor.post({ type: 'message', content: text('what?'), quoteId: foreign.id })).toBe(200);
    expect((await message((await messages(id)).at(-1)!.id)).quote_id).toBeNull();
  });
  test('a file that the channel cannot carry is refused before anything is stored', async () => {
    const { hub, org, id, agent, messages } = await conversation();
    const media = async (mime: string, size: number) => {
      const mediaId = newId();
      await org
        .insert('media', {
          id: mediaId,
          channel_id: null,
          source: null,
          state: 'ready',
          name: 'f',
          mime,
          size,
          width: null,
          height: null,
          created_by: `member:${agent}`,
        })
        .execute();
      return { type: 'file' as const, media: { id: mediaId } };
    };
    const before = (await messages(id)).length;
    for (const content of [
      await media('application/x-msdownload', 10),
      await media('application/pdf', 60 * 1024 * 1024),
    ]) {
      expect(await refusal(reply(hub, org, agent, id, { id: newId(), content }))).toBe('cannot_carry');
    }
    expect(
      await refusal(reply(hub, org, agent, id, { id: newId(), content: { type: 'file', media: { id: newId() } } })),
    ).toBe('invalid_input');
    expect(await messages(id)).toHaveLength(before);
    expect(
      await refusal(reply(hub, org, agent, id, { id: newId(), content: await media('application/pdf', 10) })),
    ).toBe('ok');
  });
  test('only by who serves it, only while it is open', async () => {
    const { hub, org, write, another, id, me } = await conversation();
    expect(await refusal(write('x', { by: another }))).toBe('not_your_session');
    await close(hub, org, me, id);
    expect(await refusal(write('x'))).toBe('session_closed');
  });
});

describe('transfer', () => {
  test('TR-01: to a colleague at once, at his cap too (A-33)', async () => {
    const { hub, org, me, another, id, now, events, agent } = await conversation();
    await transfer(hub, org, me, id, { memberId: another });
    expect(await now()).toMatchObject({ state: 'serving', agent_id: another });
    expect(
      await org
        .select('services')
        .select(['agent_id', 'how', (eb) => eb('ended_at', 'is', null).as('open')])
        .orderBy('started_at')
        .orderBy('id')
        .execute(),
    ).toEqual([
      { agent_id: agent, how: 'accepted', open: false },
      { agent_id: another, how: 'transferred', open: true },
    ]);
    expect(
      await org.select('transfers').select(['from_agent_id', 'to_agent_id', 'taken_by', 'failed_at']).execute(),
    ).toEqual([{ from_agent_id: agent, to_agent_id: another, taken_by: another, failed_at: null }]);
    expect((await events(id)).slice(-2).map((event) => event.type)).toEqual(['transferred', 'served']);
    expect(await refusal(transfer(hub, org, me, id, { memberId: agent }))).toBe('not_your_session');
  });
  test('to a group: it waits there, and whoever takes it completes the transfer', async () => {
    const { hub, org, me, id, now } = await conversation();
    const g = await group(org);
    expect(await refusal(transfer(hub, org, me, id, { groupId: g }))).toBe('group_empty');
    expect(await refusal(transfer(hub, org, me, id, { groupId: newId() }))).toBe('not_found');
    const expert = await member(hub, org, { groupIds: [g], present: false });
    await transfer(hub, org, me, id, { groupId: g });
    expect(await now()).toMatchObject({ state: 'waiting', group_id: g, agent_id: null });
    expect(await org.select('transfers').select(['to_group_id', 'taken_by']).execute()).toEqual([
      { to_group_id: g, taken_by: null },
    ]);
    await accept(hub, org, expert, id);
    expect(await org.select('transfers').select(['to_group_id', 'taken_by', 'failed_at']).execute()).toEqual([
      { to_group_id: g, taken_by: expert, failed_at: null },
    ]);
  });
  test('TR-05: fails when the customer leaves the queue, or ends', async () => {
    for (const wish of ['leave-queue', 'end']) {
      const { hub, org, me, id, visitor } = await conversation();
      const g = await group(org);
      await member(hub, org, { groupIds: [g], present: false });
      await transfer(hub, org, me, id, { groupId: g });
      await visitor.post({ type: wish });
      const [row] = await org.select('transfers').select(['taken_at', 'failed_at']).execute();
      expect([row!.taken_at, row!.failed_at]).toEqual([null, expect.any(Date)]);
    }
  });
  test('not to one who is away, disabled, absent or unknown', async () => {
    const { hub, org, me, id, another } = await conversation();
    const absent = await member(hub, org, { present: false });
    expect(await refusal(transfer(hub, org, me, id, { memberId: absent }))).toBe('member_unavailable');
    expect(await refusal(transfer(hub, org, me, id, { memberId: newId() }))).toBe('not_found');
    for (const state of [
      { status: 'away' as const },
      { status: 'invisible' as const },
      { disabled_at: new Date(), status: 'online' as const },
    ]) {
      await org.update('members').set(state).where('id', '=', another).execute();
      expect(await refusal(transfer(hub, org, me, id, { memberId: another }))).toBe('member_unavailable');
    }
    await org.update('members').set({ status: 'busy', disabled_at: null }).where('id', '=', another).execute();
    expect(await refusal(transfer(hub, org, me, id, { memberId: another }))).toBe('ok');
  });
});

describe('close', () => {
  test('the customer hears the closing text, everything open is ended, and the next words open anew', async () => {
    const { hub, org, me, id, now, messages, visitor, sessions, another } = await conversation();
    expect(await refusal(close(hub, org, { id: another, role: 'agent' }, id))).toBe('not_your_session');
    await close(hub, org, me, id);
    expect(await now()).toMatchObject({
      state: 'closed',
      ended_by: 'agent',
      closed_at: expect.any(Date),
      unanswered_since: null,
    });
    expect((await messages(id)).at(-1)).toMatchObject({ author_type: 'system', delivery: 'sent' });
    expect(await org.select('services').select('id').where('ended_at', 'is', null).execute()).toEqual([]);
    expect(await refusal(close(hub, org, me, id))).toBe('session_closed');
    await visitor.says('one more thing');
    expect((await sessions()).map((row) => row.state)).toEqual(['closed', 'bot']);
  });
  test('a supervisor may end one that waits', async () => {
    const { hub, org, channel, session } = await testDesk();
    const boss = await member(hub, org, { role: 'supervisor', present: false });
    const [id] = await queueUp(hub, org, channel.id, 1);
    await close(hub, org, { id: boss, role: 'supervisor' }, id!);
    expect((await session(id!)).state).toBe('closed');
    expect(await org.select('waits').select('outcome').execute()).toEqual([{ outcome: 'closed' }]);
  });
});

describe('recall (A-36)', () => {
  test('within a minute the words go; after it they stay', async () => {
    const { hub, org, write, clock, agent, id, message, now, events } = await conversation();
    const [early, late] = [await write('early'), await write('late')];
    clock.pass(60_000);
    expect((await recall(hub, org, agent, id, early.id)).content).toBeNull();
    expect(await message(early.id)).toMatchObject({ content: null, recalled_at: expect.any(Date) });
    expect((await now()).last).toMatchObject({ text: 'late' });
    clock.pass(1);
    expect(await refusal(recall(hub, org, agent, id, late.id))).toBe('too_late');
    expect((await message(late.id)).content).toEqual(text('late'));
    expect(await refusal(recall(hub, org, agent, id, early.id))).toBe('already_recalled');
    expect((await events(id)).at(-1)).toMatchObject({ type: 'recalled', message_id: early.id });
  });
  test('the preview forgets the last words too', async () => {
    const { hub, org, write, agent, id, now, clock } = await conversation();
    const row = await write('oops');
    clock.pass(10);
    await recall(hub, org, agent, id, row.id);
    expect((await now()).last).toMatchObject({ text: '', type: 'recalled' });
  });
  test('the preview forgets them when something that is no message came in between', async () => {
    const { hub, org, write, agent, id, now, visitor } = await conversation();
    const row = await write('oops');
    await visitor.post({ type: 'read', cursor: `${id}:${row.seq}` });
    await recall(hub, org, agent, id, row.id);
    expect((await now()).last).toMatchObject({ text: '', type: 'recalled' });
  });
  test('only one’s own, only where it was said, and only where the channel can', async () => {
    const desk = await conversation();
    const { hub, org, write, agent, another, id, messages } = desk;
    const row = await write('x');
    expect(await refusal(recall(hub, org, another, id, row.id))).toBe('not_your_session');
    expect(await refusal(recall(hub, org, agent, id, newId()))).toBe('not_found');
    const heard = (await messages(id)).find((one) => one.author_type === 'visitor')!;
    expect(await refusal(recall(hub, org, agent, id, heard.id))).toBe('not_your_session');
    await desk.says('hi', customer(3));
    const line = (await desk.sessions()).at(-1)!;
    const boss = await member(hub, org, { role: 'supervisor', present: false });
    await accept(hub, org, boss, line.id);
    const sent = await reply(hub, org, boss, line.id, { id: newId(), content: text('x') });
    await desk.settled();
    expect(await refusal(recall(hub, org, boss, line.id, sent.id))).toBe('cannot_carry');
    expect(await refusal(recall(hub, org, agent, id, sent.id))).toBe('not_found');
  });
});

describe('seen and unread', () => {
  test('counts what nobody saw; seeing up to a number leaves what came after', async () => {
    const { hub, org, me, id, now, visitor } = await conversation();
    const before = (await now()).unread;
    await visitor.says('one');
    const seen = (await now()).seq;
    await visitor.says('two');
    await visitor.says('three');
    expect((await now()).unread).toBe(before + 3);
    await see(hub, org, me, id, seen);
    expect(await now()).toMatchObject({ unread: 2, seen_seq: seen });
    await see(hub, org, me, id, seen - 1);
    expect(await now()).toMatchObject({ unread: 2, seen_seq: seen });
    await see(hub, org, me, id, 2_000_000);
    const after = await now();
    expect([after.unread, after.seen_seq <= after.seq]).toEqual([0, true]);
    const { seq } = after;
    await see(hub, org, me, id, seen);
    expect((await now()).seq).toBe(seq);
  });
  test('a colleague who looks on leaves it unread; one who may not see it learns nothing', async () => {
    const { hub, org, id, now, visitor, another } = await conversation();
    const boss = await member(hub, org, { role: 'supervisor', present: false });
    await visitor.says('one');
    const { unread, seq } = await now();
    await see(hub, org, { id: boss, role: 'supervisor', groupIds: [] }, id, seq);
    expect(await now()).toMatchObject({ unread, seq });
    expect(unread).toBeGreaterThan(0);
    expect(await refusal(see(hub, org, { id: another, role: 'agent', groupIds: [] }, id, seq))).toBe('not_found');
  });
  test('the visitor’s read mark moves forward only, and never past what is there', async () => {
    const { id, write, now, visitor, message } = await conversation();
    const [one, two] = [await write('one'), await write('two')];
    await visitor.post({ type: 'read', cursor: `${id}:${one.seq}` });
    expect([(await message(one.id)).delivery, (await message(two.id)).delivery, (await now()).read_seq]).toEqual([
      'read',
      'sent',
      one.seq,
    ]);
    await visitor.post({ type: 'read', cursor: `${id}:${one.seq - 1}` });
    await visitor.post({ type: 'read', cursor: `${newId()}:999999` });
    expect([(await message(two.id)).delivery, (await now()).read_seq]).toEqual(['sent', one.seq]);
    await visitor.post({ type: 'read', cursor: `${id}:9999999999` });
    expect((await message(two.id)).delivery).toBe('read');
    expect((await now()).read_seq).toBeLessThanOrEqual((await now()).seq);
  });
});
