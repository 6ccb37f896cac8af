import { describe, expect, it } from 'vitest';
import { brokenOff, jsonAnswer, noConnection } from '../contract.ts';
import { Gone, Misconfigured, Retry } from '../errors.ts';
import { wechat } from './index.ts';
import { direct } from './test/accounts.ts';
import { failed, set } from './test/answers.ts';
import { TOKEN } from './test/sending.ts';

describe('customers’ files', () => {
  const GET = '/cgi-bin/media/get';
  const source = 'M_img_1 http://mmbiz.qpic.cn/mmbiz_jpg/abc/0';
  const open = async (table: Parameters<typeof set>[0], from = source) => {
    const all = set(table);
    const result = await wechat.media?.(from, direct, all.tools).catch((error: unknown) => error);
    all.told();
    return { ...all, result };
  };
  const file = {
    status: 200,
    text: 'bytes',
    headers: { 'content-type': 'image/jpeg', 'content-disposition': 'attachment; filename="a/b.jpg"' },
  };

  it('come as a stream with their type and name', async () => {
    const { result, asked } = await open({ [GET]: file });
    expect(result).toMatchObject({ mime: 'image/jpeg', name: 'b.jpg' });
    expect(await new Response((result as { stream: ReadableStream }).stream).text()).toBe('bytes');
    expect(new URL(asked.at(-1)?.url ?? '').searchParams.get('media_id')).toBe('M_img_1');
  });
  it('of video by another address, without our token', async () => {
    const { result, asked } = await open(
      { [GET]: jsonAnswer(200, { video_url: 'http://vsm.example.com/v.mp4' }), '/v.mp4': { status: 200, text: 'mp4' } },
      'M_video_1',
    );
    expect(await new Response((result as { stream: ReadableStream }).stream).text()).toBe('mp4');
    expect(asked.at(-1)?.url).toBe('https://vsm.example.com/v.mp4');
  });
  it('are an error where the answer is one, whatever its status and type', async () => {
    for (const type of ['text/plain', 'application/json', 'image/jpeg']) {
      const gone = {
        status: 200,
        text: '{"errcode":40007,"errmsg":"invalid media_id"}',
        headers: { 'content-type': type },
      };
      expect((await open({ [GET]: gone }, 'M_img_1')).result).toBeInstanceOf(Gone);
    }
    expect((await open({ [GET]: failed(48001) }, 'M_img_1')).result).toBeInstanceOf(Misconfigured);
    for (const answer of [failed(-1), { status: 502 }, { status: 200 }, brokenOff(), noConnection()])
      expect((await open({ [GET]: answer }, 'M_img_1')).result).toBeInstanceOf(Retry);
  });
  it('of pictures by their public address, where WeChat has them no more', async () => {
    const { result, asked } = await open({ [GET]: failed(40007), '/mmbiz_jpg/abc/0': file });
    expect(result).toMatchObject({ mime: 'image/jpeg' });
    expect(asked.at(-1)?.url).toBe('https://mmbiz.qpic.cn/mmbiz_jpg/abc/0');
    expect((await open({ [GET]: failed(40007), '/mmbiz_jpg/abc/0': { status: 404 } })).result).toBeInstanceOf(Gone);
  });
  it('after a token was renewed', async () => {
    const { result, paths } = await open({ [GET]: [failed(40001), file] });
    expect(result).toMatchObject({ mime: 'image/jpeg' });
    expect(paths()).toEqual([TOKEN, GET, TOKEN, GET]);
  });
});
