import sharp from 'sharp';
import { expect, test } from 'vitest';
import { testClock } from '../test/desk.ts';
import { testHub } from '../test/hub.ts';
import { type Person, staff, told } from '../test/people.ts';

const MONTH = 30 * 86_400_000;

test('a picture of oneself is kept as its file: it opens when the link is long over, and only in its own house', async () => {
  const clock = testClock();
  const run = await testHub({ now: clock.now });
  const { agent, admin, org } = await staff(run);
  const stranger = (await staff(run, 'Other')).agent;
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#1f6feb' } })
    .png()
    .toBuffer();
  const upload = async ({ cookie }: Person, bytes: BlobPart, name: string): Promise<string> => {
    const body = new FormData();
    body.append('file', new Blob([bytes]), name);
    const { status, body: stored } = await told(
      Promise.resolve(run.app.request('/api/v1/media', { method: 'POST', headers: { cookie }, body })),
    );
    expect(status).toBe(201);
    return stored.url;
  };
  const opens = async (url: string) => (await run.app.request(url)).status;
  const change = async (avatar: string | null) => (await agent.ask('PATCH', '/me', { avatar })).status;
  const seen = async (): Promise<string | null> =>
    (await told(admin.ask('GET', '/members'))).body.items.find((one: { id: string }) => one.id === agent.id).avatar;

  const link = await upload(agent, new Uint8Array(png), 'me.png');
  expect(await change(link)).toBe(200);
  expect(await opens((await seen())!)).toBe(200);
  clock.pass(MONTH);
  expect(await opens(link)).toBe(403);
  expect(await opens((await seen())!)).toBe(200);
  expect((await run.hub.directory.members(org.id)).get(agent.id)?.avatar).toMatch(/^media:/);

  // A link that is over, that somebody bent, of another house, or of what is no picture.
  expect(await change(link)).toBe(400);
  const fresh = await upload(agent, new Uint8Array(png), 'me.png');
  expect(await change(fresh.replace(/sig=[^&]{30}/, 'sig='))).toBe(400);
  expect(await change(await upload(stranger, new Uint8Array(png), 'me.png'))).toBe(400);
  expect(await change(await upload(agent, 'words', 'words.txt'))).toBe(400);
  expect(await change('media:00000000-0000-4000-8000-000000000000')).toBe(400);

  // What lies elsewhere stays an address.
  expect(await change('https://cdn.example/me.png')).toBe(200);
  expect(await seen()).toBe('https://cdn.example/me.png');
  expect(await change(null)).toBe(200);
  expect(await seen()).toBeNull();
});
