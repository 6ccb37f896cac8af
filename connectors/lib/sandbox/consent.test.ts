import jsQR from 'jsqr';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type ConsentRequest, Consents } from './consent.ts';

const MOUNT = 'https://hub.example/sandbox/acme';

function bench() {
  const clock = { now: 1_760_000_000_000 };
  const consents = new Consents({
    mount: MOUNT,
    now: () => clock.now,
    theme: { accent: '#0a7d3e', onAccent: '#ffffff' },
  });
  const app = consents.routes();
  const asked: { account: string; permissions: string[] }[] = [];
  const request: ConsentRequest = {
    accounts: [
      { id: 'a1', name: '云上咖啡 "<Café>"', kind: 'service' },
      { id: 'a2', name: 'Second' },
    ],
    permissions: [
      { id: 'p1', label: { zh: '消息', en: 'Messages' }, required: true },
      { id: 'p2', label: { zh: '菜单', en: 'Menus' } },
      { id: 'p3', label: { zh: '素材', en: 'Materials' } },
    ],
    agreed: (answer) => {
      asked.push(answer);
      return 'https://hub.example/connect/s?code=c&state=s';
    },
    refused: () => 'https://hub.example/connect/s?error=denied',
    title: { zh: '公众号授权', en: 'Authorise an account' },
    app: '<b>Shop</b>',
    ttlMs: 60_000,
  };
  const newest = () => consents.pending()[0]?.id ?? '';
  const state = async (id: string) => (await app.request(`/consent/${id}/state`)).json();
  const post = (path: string, body: unknown = {}) =>
    app.request(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  const agree = (id: string, permissions: string[], account = 'a1') =>
    post(`/consent/${id}/agree`, { account, permissions });
  return { clock, consents, app, asked, request, newest, state, post, agree };
}
const inZh = new Request(`${MOUNT}/authorize`, { headers: { 'accept-language': 'zh-TW,zh;q=0.9,en;q=0.8' } });

describe('a consent by QR code', () => {
  it('is drawn so that a camera reads the phone page’s address', async () => {
    const { consents, request, newest } = bench();
    const html = await consents.page(request).text();
    const svg = /<svg class="qr"[\s\S]*?<\/svg>/.exec(html)?.[0] ?? '';
    const drawn = svg.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400" ');
    const { data, info } = await sharp(Buffer.from(drawn)).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    // CommonJS: what it exports as default has the function as its default.
    const scan = jsQR as unknown as typeof jsQR.default;
    const read = scan(new Uint8ClampedArray(data), info.width, info.height);
    expect(read?.data).toBe(`${MOUNT}/consent/${newest()}`);
  });

  it('goes from waiting over scanned to agreed, and only then says where to', async () => {
    const { consents, request, newest, state, app, agree, asked } = bench();
    consents.page(request);
    const id = newest();
    expect(await state(id)).toEqual({ state: 'waiting' });
    const phone = await app.request(`/consent/${id}`);
    expect(await phone.text()).toContain('name="permissions"');
    expect(await state(id)).toEqual({ state: 'scanned' });
    const answer = await agree(id, ['p2']);
    expect(await answer.json()).toEqual({ state: 'agreed' });
    // What is required was never ticked off, and nothing else was added.
    expect(asked).toEqual([{ account: 'a1', permissions: ['p1', 'p2'] }]);
    expect(await state(id)).toEqual({ state: 'agreed', url: 'https://hub.example/connect/s?code=c&state=s' });
    expect(consents.pending()).toEqual([]);
  });

  it('is answered once', async () => {
    const { consents, request, newest, state, agree, post, asked } = bench();
    consents.page(request);
    const id = newest();
    expect((await post(`/consent/${id}/refuse`)).status).toBe(200);
    expect((await agree(id, [])).status).toBe(409);
    expect((await post(`/consent/${id}/refuse`)).status).toBe(409);
    expect(asked).toEqual([]);
    expect(await state(id)).toEqual({ state: 'refused', url: 'https://hub.example/connect/s?error=denied' });
  });

  it.each([
    [{ account: 'stranger', permissions: [] }],
    [{ account: 'a1', permissions: ['everything'] }],
    [{ account: 'a1' }],
    [{ account: 'a1', permissions: [], more: true }],
    ['no object'],
  ])('grants nothing for %j', async (body) => {
    const { consents, request, newest, post, asked, state } = bench();
    consents.page(request);
    expect((await post(`/consent/${newest()}/agree`, body)).status).toBe(400);
    expect(asked).toEqual([]);
    expect((await state(newest())).state).toBe('waiting');
  });

  it('ends when its time ran out, on both screens', async () => {
    const { consents, request, newest, clock, state, agree, app } = bench();
    consents.page(request);
    const id = newest();
    clock.now += 60_000;
    expect(await state(id)).toEqual({ state: 'expired' });
    expect(consents.pending()).toEqual([]);
    expect((await agree(id, [])).status).toBe(409);
    expect(await (await app.request(`/consent/${id}?lang=en`)).text()).not.toContain('<form');
  });

  it('opened on the phone itself, lets the phone go on', async () => {
    const { consents, request, state, app, agree } = bench();
    const went = consents.phone(request, new Request(`${MOUNT}/mobile?lang=en`));
    expect(went.status).toBe(303);
    const [, id = ''] = /^\/sandbox\/acme\/consent\/([\w-]+)\?lang=en$/.exec(went.headers.get('location') ?? '') ?? [];
    expect((await app.request(`/consent/${id}`)).status).toBe(200);
    // It is on a phone already: nothing to scan, and no computer that would follow.
    expect(consents.pending()).toEqual([]);
    expect(await (await agree(id, [])).json()).toMatchObject({ url: expect.stringContaining('code=c') });
    expect(await state(id)).toEqual({ state: 'agreed' });
  });

  it('lists what is open, newest first', async () => {
    const { consents, request, app } = bench();
    consents.page({ ...request, title: { zh: '一', en: 'One' } });
    consents.page({ ...request, title: { zh: '二', en: 'Two' } });
    const { items } = await (await app.request('/consent/pending')).json();
    expect(items.map(({ title }: { title: { en: string } }) => title.en)).toEqual(['Two', 'One']);
    expect(items[0].url).toMatch(/^https:\/\/hub\.example\/sandbox\/acme\/consent\/[\w-]{22}$/);
  });

  it('is forgotten when there were many', async () => {
    const { consents, request, newest, app } = bench();
    consents.page(request);
    const first = newest();
    for (let i = 0; i < 200; i++) consents.page(request);
    expect(consents.pending()).toHaveLength(200);
    expect((await app.request(`/consent/${first}`)).status).toBe(404);
  });
});

describe('the pages', () => {
  it('hold nothing that a strict policy forbids, and escape every name', async () => {
    const { consents, request, newest, app } = bench();
    for (const page of [consents.page(request), await app.request(`/consent/${newest()}`)]) {
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      const html = await page.text();
      expect(html).not.toMatch(
        /<style|<script(?! type="module" src="\/sandbox\/acme\/consent\/page\/)| style=| on\w+=/,
      );
      expect(html).not.toContain('<b>Shop');
      expect(html).not.toContain('<Café');
    }
  });

  it('speak the language asked for, or both until the browser says', async () => {
    const { consents, request, app, newest } = bench();
    const zh = await consents.page(request, inZh).text();
    expect(zh).toContain('<html lang="zh-CN">');
    expect(zh).toMatch(/<title [^>]*>公众号授权</);
    const en = await (
      await app.request(`/consent/${newest()}?lang=en`, { headers: { 'accept-language': 'zh' } })
    ).text();
    expect(en).toContain('<html lang="en">');
    expect(en).toMatch(/<h1><span [^>]*>Authorise an account</);
    expect(await consents.page(request).text()).toContain(' data-ask');
  });

  it('bring their files and no others', async () => {
    const { app } = bench();
    for (const file of ['theme.css', 'consent.css', 'desktop.js', 'phone.js', 'language.js'])
      expect((await app.request(`/consent/page/${file}`)).status, file).toBe(200);
    for (const file of ['pages.ts', '..%2fids.ts', 'nothing.js'])
      expect((await app.request(`/consent/page/${file}`)).status, file).toBe(404);
    expect(await (await app.request('/consent/page/theme.css')).text()).toContain('--accent: #0a7d3e');
  });
});
