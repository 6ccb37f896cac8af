import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { accept } from '../desk/accept.ts';
import { reply } from '../desk/reply.ts';
import { newId } from '../id.ts';
import type { Hello, VisitorMessage } from '../shapes/visitor.ts';
import { member, webChannel } from '../test/build.ts';
import { type TestDesk, testDesk, text } from '../test/desk.ts';

const send = (desk: TestDesk, path: string, body: unknown, headers: Record<string, string> = {}) =>
  desk.app.request(`/visitor/${desk.web.key}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const hello = async (desk: TestDesk, wish: object = {}): Promise<Hello> =>
  (await (await send(desk, '/hello', wish)).json()) as Hello;
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];
const words = (messages: VisitorMessage[]) =>
  messages.map((message) => (message.content as { text?: string } | null)?.text);

describe('hello', () => {
  test('a stranger gets a token that is good from then on, and leaves nothing behind', async () => {
    const desk = await testDesk();
    const first = await hello(desk, { language: 'en-GB' });
    expect(first).toMatchObject({
      session: null,
      messages: [],
      before: null,
      cursor: null,
      channel: { name: 'Web' },
      limits: { text: 4000 },
    });
    expect(await desk.org.select('contacts').select('id').execute()).toEqual([]);
    expect(await desk.visitor({ id: '', token: first.token }).says('hi')).toBe(200);
    expect(words((await hello(desk, { token: first.token })).messages)).toEqual(['hi']);
    expect((await hello(desk)).token).not.toBe(first.token);
  });
  test('who comes back finds the conversation, and where to read on', async () => {
    const desk = await testDesk();
    const visitor = desk.visitor();
    await visitor.says('one');
    await visitor.post({ type: 'end' });
    await visitor.says('two');
    const back = await hello(desk, { token: visitor.token });
    const [, open] = await desk.sessions();
    expect(back.token).toBe(visitor.token);
    expect(words(back.messages)).toEqual(['one', expect.any(String), 'two']);
    expect(back.session).toMatchObject({ id: open!.id, state: 'bot', queue: null, agent: null });
    expect(back.cursor).toBe(`${open!.id}:${open!.seq}`);
    expect(back.messages.map((message) => message.eventId !== null)).toEqual([true, false, true]);
  });
  test('a forged token, and one of another channel, is a stranger’s', async () => {
    const desk = await testDesk();
    const visitor = desk.visitor();
    await visitor.says('private');
    const elsewhere = (await webChannel(desk.hub, desk.org)).visitor();
    for (const token of [
      `${visitor.id}.${createHash('sha256').update('guess').digest('base64url')}`,
      visitor.token.slice(0, -1),
      elsewhere.token,
      'x',
    ]) {
      const answer = await hello(desk, { token });
      expect([answer.messages, answer.session, answer.token === token]).toEqual([[], null, false]);
    }
  });
  test('tells a visitor no ids of ours and no word hits', async () => {
    const desk = await testDesk();
    const agent = await member(desk.hub, desk.org, { name: 'Agent Smith', present: false });
    const visitor = desk.visitor();
    await visitor.post({ type: 'human' });
    const { id } = (await desk.sessions())[0]!;
    await accept(desk.hub, desk.org, agent, id);
    await reply(desk.hub, desk.org, agent, id, { id: newId(), content: text('hello') });
    const answer = await hello(desk, { token: visitor.token });
    expect(answer.session?.agent).toEqual({ name: 'Agent Smith', avatar: null, status: 'online' });
    expect(JSON.stringify(answer)).not.toContain(agent);
    expect(Object.keys(answer.messages.at(-1)!)).not.toContain('hits');
  });
  test('an unknown channel, one of LINE, a switched-off one: not found; wrong input: told', async () => {
    const desk = await testDesk();
    const at = (key: string) =>
      desk.app.request(`/visitor/${key}/hello`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
    expect([(await at('nope')).status, (await at(desk.channel.key)).status, (await at(desk.web.key)).status]).toEqual([
      404, 404, 200,
    ]);
    await desk.org.update('channels').set({ enabled: false }).where('id', '=', desk.web.id).execute();
    desk.hub.live.publish(desk.org.id, [{ kind: 'changed', area: 'channels' }]);
    expect((await at(desk.web.key)).status).toBe(404);
  });
  test.each([
    ['invalid_input', '{"token":7}'],
    ['invalid_input', '[]'],
    ['bad_json', '{'],
    ['nul', '{"language":"a\\u0000"}'],
    ['lone_surrogate', '{"language":"\\ud800"}'],
    ['invalid_input', JSON.stringify({ token: 'x'.repeat(501) })],
  ])('%s: %s', async (code, body) => {
    expect(await codeOf(await send(await testDesk(), '/hello', body))).toEqual([400, code]);
  });
  test('any site may ask (no cookie is involved)', async () => {
    const desk = await testDesk();
    const answer = await desk.app.request(`/visitor/${desk.web.key}/hello`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect([
      answer.status,
      answer.headers.get('access-control-allow-origin'),
      answer.headers.get('access-control-allow-credentials'),
    ]).toEqual([204, '*', null]);
  });
});

describe('history', () => {
  test('page by page over all sessions, each message once', async () => {
    const desk = await testDesk();
    const visitor = desk.visitor();
    const other = desk.visitor();
    await other.says('not yours');
    for (let index = 0; index < 8; index++) {
      await visitor.post(
        ...Array.from({ length: 5 }, (_, nth) => ({ type: 'message', content: text(`${index}.${nth}`) })),
        { type: 'end' },
      );
    }
    const all: VisitorMessage[] = [];
    let before: string | null = null;
    const pages: number[] = [];
    do {
      const answer: Response = await desk.app.request(
        `/visitor/${desk.web.key}/messages?limit=7${before ? `&before=${before}` : ''}`,
        { headers: { authorization: `Visitor ${visitor.token}` } },
      );
      const page = (await answer.json()) as { messages: VisitorMessage[]; before: string | null };
      all.unshift(...page.messages);
      pages.push(page.messages.length);
      before = page.before;
    } while (before);
    expect(pages).toEqual([7, 7, 7, 7, 7, 7, 6]);
    expect(words(all).filter((word) => /^\d/.test(word!))).toEqual(
      Array.from({ length: 40 }, (_, index) => `${Math.floor(index / 5)}.${index % 5}`),
    );
    expect(new Set(all.map((message) => message.id)).size).toBe(48);
  });
  test('only with a token of this channel; a wrong cursor is the end, a wrong limit is told', async () => {
    const desk = await testDesk();
    const visitor = desk.visitor();
    await visitor.says('x');
    const get = (query: string, authorization?: string) =>
      desk.app.request(
        `/visitor/${desk.web.key}/messages${query}`,
        authorization ? { headers: { authorization } } : {},
      );
    expect(await codeOf(await get(''))).toEqual([401, 'bad_signature']);
    expect(await codeOf(await get('', `Visitor ${(await webChannel(desk.hub, desk.org)).visitor().token}`))).toEqual([
      401,
      'bad_signature',
    ]);
    for (const limit of ['0', '101', 'x', '1.5'])
      expect(await codeOf(await get(`?limit=${limit}`, `Visitor ${visitor.token}`))).toEqual([400, 'invalid_input']);
    const { id } = (await desk.sessions())[0]!;
    for (const [before, found] of [
      [`${id}:9999999999`, 1],
      [`${id}:0`, 0],
      ['nonsense', 1],
    ] as const) {
      const answer = await get(`?before=${before}`, `Visitor ${visitor.token}`);
      expect([answer.status, ((await answer.json()) as { messages: object[] }).messages.length]).toEqual([200, found]);
    }
  });
});

describe('files', () => {
  const upload = (
    desk: TestDesk,
    token: string,
    bytes: Uint8Array<ArrayBuffer>,
    name: string,
    type = 'application/octet-stream',
  ) => {
    const form = new FormData();
    form.set('file', new File([bytes], name, { type }));
    return desk.app.request(`/visitor/${desk.web.key}/media`, {
      method: 'POST',
      headers: token ? { authorization: `Visitor ${token}` } : {},
      body: form,
    });
  };
  const png = async () =>
    new Uint8Array(
      await sharp({ create: { width: 8, height: 6, channels: 3, background: 'red' } })
        .png()
        .toBuffer(),
    );
  const stored = (desk: TestDesk): string[] => {
    try {
      return readdirSync(join(desk.hub.env.dataDir, 'media'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name);
    } catch {
      return [];
    }
  };

  test('a picture is uploaded, sent, shown with a link; what it is, its bytes say, not the page', async () => {
    const desk = await testDesk();
    const visitor = desk.visitor();
    const answer = await upload(desk, visitor.token, await png(), 'me.txt', 'text/plain');
    expect(answer.status).toBe(201);
    const file = (await answer.json()) as { id: string; mime: string };
    expect(file).toMatchObject({ mime: 'image/png', width: 8, height: 6 });
    expect(await visitor.post({ type: 'message', content: { type: 'file', media: { id: file.id } } })).toBe(200);
    const { messages } = await hello(desk, { token: visitor.token });
    expect(messages[0]!.content).toMatchObject({
      type: 'image',
      media: { id: file.id, mime: 'image/png', url: expect.stringContaining(`/media/${file.id}/`) },
    });
  });
  test('refused types and sizes are told; nothing is half stored', async () => {
    const desk = await testDesk();
    const { token } = desk.visitor();
    const program = new Uint8Array(Buffer.concat([Buffer.from('MZ'), randomBytes(600)]));
    for (const [bytes, name, type] of [
      [program, 'a.png', 'image/png'],
      [new TextEncoder().encode('echo'), 'a.bat', 'text/plain'],
    ] as const) {
      expect([name, ...(await codeOf(await upload(desk, token, bytes, name, type)))]).toEqual([
        name,
        415,
        'file_type_refused',
      ]);
    }
    const large = new Uint8Array(51 * 1024 * 1024);
    large.set(await png());
    expect(await codeOf(await upload(desk, token, large, 'large.png', 'image/png'))).toEqual([413, 'file_too_large']);
    const picture = large.slice(0, 21 * 1024 * 1024);
    expect(await codeOf(await upload(desk, token, picture, 'large.png', 'image/png'))).toEqual([413, 'file_too_large']);
    expect(await codeOf(await upload(desk, '', await png(), 'a.png'))).toEqual([401, 'bad_signature']);
    expect(await desk.org.select('media').select('id').execute()).toEqual([]);
    expect(stored(desk)).toEqual([]);
  });
  test('a page is kept as the text it is, never as something a browser would run', async () => {
    const desk = await testDesk();
    for (const [words, name, type] of [
      ['<!doctype html><script>alert(1)</script>', 'a.html', 'text/html'],
      ['<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'a.svg', 'image/svg+xml'],
    ] as const) {
      const answer = await upload(desk, desk.visitor().token, new TextEncoder().encode(words), name, type);
      expect([name, answer.status, ((await answer.json()) as { mime: string }).mime]).toEqual([
        name,
        201,
        'text/plain',
      ]);
    }
  });
  test('nobody sends another’s file, nor one of a member, nor one that is not there', async () => {
    const desk = await testDesk();
    const [mine, theirs] = [desk.visitor(), desk.visitor()];
    const { id } = (await (await upload(desk, theirs.token, await png(), 'private.png')).json()) as { id: string };
    const ours = newId();
    await desk.org
      .insert('media', {
        id: ours,
        channel_id: null,
        source: null,
        state: 'ready',
        name: 'f',
        mime: 'image/png',
        size: 1,
        width: null,
        height: null,
        created_by: `member:${newId()}`,
      })
      .execute();
    const image = (mediaId: string) => ({ type: 'message', content: { type: 'image', media: { id: mediaId } } });
    for (const mediaId of [id, ours, newId()]) expect(await mine.post(image(mediaId))).toBe(400);
    expect(await mine.post({ type: 'message', content: text('kept?') }, image(id))).toBe(400);
    expect(await desk.messages()).toEqual([]);
    expect(await theirs.post(image(id))).toBe(200);
  });
});

describe('what a page posts', () => {
  const post = (desk: TestDesk, body: BodyInit, token = desk.visitor().token) =>
    desk.app.request(`/webhooks/web/${desk.web.key}`, {
      method: 'POST',
      headers: { authorization: `Visitor ${token}`, 'content-type': 'application/json' },
      body,
    });
  const message = (content: unknown) => JSON.stringify({ events: [{ type: 'message', id: newId(), content }] });
  test.each([
    ['not_utf8', new Uint8Array([0x7b, 0xff, 0x7d])],
    ['bad_json', '{"events":['],
    ['bad_json', ''],
    ['nul', message({ type: 'text', text: 'a\0b' })],
    ['lone_surrogate', message({ type: 'text', text: '\ud83d' })],
    ['not_web_events', '[]'],
    ['not_web_events', '{"events":[]}'],
    ['not_web_events', message({ type: 'text', text: 7 })],
    ['not_web_events', message({ type: 'text', text: '' })],
    ['not_web_events', message({ type: 'text', text: 'x'.repeat(4001) })],
    ['not_web_events', message({ type: 'sticker', id: 'x' })],
    ['not_web_events', JSON.stringify({ events: [{ type: 'message', id: '1', content: text('x') }] })],
    ['too_deep', '['.repeat(200) + ']'.repeat(200)],
  ])('%s: 400, nothing stored', async (code, body) => {
    const desk = await testDesk();
    expect(await codeOf(await post(desk, body))).toEqual([400, code]);
    expect(await desk.sessions()).toEqual([]);
    expect((await post(desk, message(text('<b>bold</b> 👋')))).status).toBe(200);
    expect((await desk.messages())[0]!.content).toEqual(text('<b>bold</b> 👋'));
  });
  test('one bad event among good ones: nothing of the request', async () => {
    const desk = await testDesk();
    const { token } = desk.visitor();
    expect(
      (
        await post(
          desk,
          JSON.stringify({
            events: [
              { type: 'message', id: newId(), content: text('a') },
              { type: 'nonsense', id: newId() },
            ],
          }),
          token,
        )
      ).status,
    ).toBe(400);
    expect(await desk.sessions()).toEqual([]);
  });
  test('without a token of this channel: 401, before anything is read', async () => {
    const desk = await testDesk();
    const { token } = (await webChannel(desk.hub, desk.org)).visitor();
    expect(await codeOf(await post(desk, '{', token))).toEqual([401, 'bad_signature']);
    expect(
      await codeOf(
        await desk.app.request(`/webhooks/web/${desk.web.key}`, { method: 'POST', body: message(text('x')) }),
      ),
    ).toEqual([401, 'bad_signature']);
  });
});
