import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Can, FileRule } from '../../core/can.ts';
import { toast } from '../src/lib/say.ts';
import type { Talk } from '../src/lib/talk.svelte.ts';
import { upload } from '../src/lib/upload.ts';
import { Attaching } from '../src/routes/(app)/(desk)/sessions/[id]/attaching.svelte.ts';

vi.mock('../src/lib/upload.ts', () => ({ upload: vi.fn() }));
afterEach(() => vi.restoreAllMocks());

const MB = 1024 * 1024;
const rule = (types: string[], bytes: number): FileRule => ({ types, bytes });
const can: Partial<Can> = {
  image: rule(['image/png', 'image/jpeg'], 10 * MB),
  video: rule(['video/mp4'], MB),
  file: rule(['*/*'], 20 * MB),
};
const file = (name: string, type: string, size: number) =>
  Object.defineProperty(new File([], name, { type }), 'size', { value: size });

function talkWith(carried: Partial<Can>) {
  const sent: { type: string; media: { name: string } }[] = [];
  const refused: string[] = [];
  vi.spyOn(toast, 'error').mockImplementation((words) => refused.push(String(words)));
  vi.mocked(upload)
    .mockReset()
    .mockImplementation((given) =>
      Promise.resolve({
        id: 'm1',
        url: 'u',
        previewUrl: null,
        name: given.name,
        mime: given.type,
        size: given.size,
        width: null,
        height: null,
      } as never),
    );
  const talk = { can: carried, send: (content: never) => Promise.resolve(sent.push(content)) } as unknown as Talk;
  return { attaching: new Attaching(() => talk), sent, refused };
}

describe('files given to a conversation', () => {
  it('go as the first kind that carries their type and size', async () => {
    const { attaching, sent, refused } = talkWith(can);
    attaching.add([
      file('small.mp4', 'video/mp4', MB),
      file('long.mp4', 'video/mp4', 2 * MB),
      file('photo.png', 'image/png', 5 * MB),
      file('unknown', '', 1),
    ]);
    expect(attaching.uploads.map(({ name }) => name)).toEqual(['small.mp4', 'long.mp4', 'photo.png', 'unknown']);
    await expect.poll(() => attaching.uploads.length).toBe(0);
    expect(sent.map(({ type, media }) => [media.name, type])).toEqual([
      ['small.mp4', 'video'],
      ['long.mp4', 'file'],
      ['photo.png', 'image'],
      ['unknown', 'file'],
    ]);
    expect(refused).toEqual([]);
  });
  it('A-41, A-42: what is too large or of no carried type is not sent, and the rest is', async () => {
    const { attaching, sent, refused } = talkWith({ image: can.image });
    attaching.add([
      file('huge.png', 'image/png', 5 * MB + 1),
      file('notes.txt', 'text/plain', 1),
      file('photo.png', 'image/png', 1),
    ]);
    expect(refused).toHaveLength(2);
    await expect.poll(() => sent.map(({ media }) => media.name)).toEqual(['photo.png']);
    expect(upload).toHaveBeenCalledTimes(1);
  });
  it('that fail on their way are told by name; stopped ones are not', async () => {
    const { attaching, sent, refused } = talkWith(can);
    vi.mocked(upload).mockRejectedValueOnce(new Error('cut')).mockRejectedValueOnce(new DOMException('', 'AbortError'));
    attaching.add([file('a.png', 'image/png', 1), file('b.png', 'image/png', 1)]);
    await expect.poll(() => attaching.uploads.length).toBe(0);
    expect(refused).toEqual([expect.stringMatching(/^a\.png: /)]);
    expect(sent).toEqual([]);
  });
  it('are asked for by every type but those of pictures, or by none where anything goes', () => {
    expect(talkWith(can).attaching.types).toBeUndefined();
    expect(talkWith({ video: can.video, voice: rule(['audio/mpeg', 'video/mp4'], 1) }).attaching.types).toBe(
      'video/mp4,audio/mpeg',
    );
  });
});
