import { describe, expect, it } from 'vitest';
import { NOW } from '../contract/tools.ts';
import { brokenOff, jsonAnswer } from '../contract.ts';
import { Retry } from '../errors.ts';
import { wechat, wechatMini } from './index.ts';
import { direct, mini, OPEN_ID } from './test/accounts.ts';
import { failed, set } from './test/answers.ts';
import { TOKEN } from './test/sending.ts';

describe('people', () => {
  const INFO = '/cgi-bin/user/info';
  const ask = async (answer: Parameters<typeof set>[0], config = direct) =>
    await wechat.profile?.(OPEN_ID, config, set(answer).tools).catch((error: unknown) => error);
  it('have a name of ours, and what WeChat still tells', async () => {
    const person = {
      subscribe: 1,
      openid: OPEN_ID,
      unionid: 'oU1',
      remark: '',
      subscribe_scene: 'ADD_SCENE_QR_CODE',
      subscribe_time: 1700000000,
    };
    expect(await ask({ [INFO]: jsonAnswer(200, person) })).toEqual({
      name: '微信用户 ·000001',
      more: { unionid: 'oU1', subscribe_scene: 'ADD_SCENE_QR_CODE', subscribe_time: '1700000000' },
    });
  });
  it('have at least that name', async () => {
    const name = { name: '微信用户 ·000001' };
    expect(await ask({ [INFO]: jsonAnswer(200, { subscribe: 0, openid: OPEN_ID }) })).toMatchObject(name);
    for (const code of [48001, 61007, 40003]) expect(await ask({ [INFO]: failed(code) })).toEqual(name);
    expect(await ask({}, { ...direct, verified: 'no' })).toEqual(name);
    expect(await wechatMini.profile?.(OPEN_ID, mini, set().tools)).toEqual(name);
    expect(await wechat.profile?.('../x', direct, set().tools)).toBeNull();
    expect(await ask({ [INFO]: failed(-1) })).toBeInstanceOf(Retry);
  });
  it('see us typing; what goes wrong there is nobody’s trouble', async () => {
    const all = set();
    await wechat.typing?.(OPEN_ID, direct, all.tools);
    expect(all.bodies('/cgi-bin/message/custom/typing')).toEqual([{ touser: OPEN_ID, command: 'Typing' }]);
    for (const answer of [failed(45080), failed(45081), failed(48001), { status: 500 }, brokenOff()])
      await expect(
        wechat.typing?.(OPEN_ID, direct, set({ '/cgi-bin/message/custom/typing': answer }).tools),
      ).resolves.toBeUndefined();
    const program = set({ '/cgi-bin/message/custom/business/typing': { status: 404, text: '' } });
    await wechatMini.typing?.(OPEN_ID, mini, program.tools);
    expect(program.paths().slice(1)).toEqual([
      '/cgi-bin/message/custom/business/typing',
      '/cgi-bin/message/custom/typing',
    ]);
  });
});

describe('an account by itself', () => {
  const KF = '/cgi-bin/customservice/getkflist';
  const CHECK = '/cgi-bin/callback/check';
  const url = 'https://hub.example/webhooks/wechat/k';
  it('is looked at once a day, and tells whether it may write', async () => {
    expect(await wechat.upkeep?.(direct, set({ [KF]: jsonAnswer(200, { kf_list: [] }) }).tools)).toEqual({
      next: NOW + 86_400_000,
      points: [],
      config: { verified: 'yes' },
    });
    expect(await wechat.upkeep?.(direct, set({ [KF]: failed(48001) }).tools)).toMatchObject({
      points: [{ code: 'unverified', ok: false }],
      config: { verified: 'no' },
    });
    expect(await wechat.upkeep?.(direct, set({ [KF]: failed(65400) }).tools)).toMatchObject({ points: [], config: {} });
    expect(await wechat.upkeep?.(direct, set({ [TOKEN]: failed(40125) }).tools)).toMatchObject({
      points: [{ code: 'bad_credentials', ok: false }],
    });
    await expect(wechat.upkeep?.(direct, set({ [TOKEN]: brokenOff() }).tools)).rejects.toBeInstanceOf(Retry);
  });
  it('is tried by WeChat at our address', async () => {
    const check = async (table: Parameters<typeof set>[0]) =>
      (await wechat.check?.(direct, set(table).tools, url)) ?? [];
    const good = {
      [KF]: jsonAnswer(200, { kf_list: [] }),
      [CHECK]: jsonAnswer(200, { dns: [{ ip: '203.0.113.1' }], ping: [{ ip: '203.0.113.1', package_loss: '0%' }] }),
    };
    const points = await check(good);
    expect(points.map(({ code, ok }) => [code, ok])).toEqual([
      ['token', true],
      ['webhook', true],
      ['server', true],
    ]);
    expect(points.at(-1)?.what.en).toContain(url);
    const bad = async (table: Parameters<typeof set>[0]) =>
      (await check({ ...good, ...table })).filter((point) => !point.ok);
    expect(await bad({ [TOKEN]: failed(40125) })).toMatchObject([{ code: 'bad_credentials', mend: expect.anything() }]);
    expect(await bad({ [TOKEN]: failed(40164, 'invalid ip 198.51.100.7') })).toMatchObject([
      { code: 'ip_not_allowed', what: { en: expect.stringContaining('198.51.100.7') } },
    ]);
    expect(await bad({ [KF]: failed(48001) })).toMatchObject([{ code: 'unverified' }]);
    expect(await bad({ [CHECK]: failed(40201) })).toMatchObject([{ code: 'webhook' }]);
    expect(
      await bad({ [CHECK]: jsonAnswer(200, { dns: [{ ip: 'a' }], ping: [{ ip: 'a', package_loss: '100%' }] }) }),
    ).toMatchObject([{ code: 'webhook' }]);
    for (const { what, mend } of points)
      for (const words of [what, mend]) if (words) expect(words.zh && words.en).toBeTruthy();
  });
});
