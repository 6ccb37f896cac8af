import { describe, expect, it } from 'vitest';
import type { Tools } from '../connector.ts';
import { jsonAnswer } from '../contract.ts';
import { failed, set } from './test/answers.ts';
import { SEND, say, TOKEN } from './test/sending.ts';

describe('fifty messages at the moment a token ends', () => {
  it('make one new token, and all arrive', async () => {
    let valid = 'TOKEN1';
    let asked = 0;
    let issued = 1;
    const answers = {
      [TOKEN]: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        valid = `TOKEN${++issued}`;
        return jsonAnswer(200, { access_token: valid, expires_in: 7200 });
      },
      // Some refusals come only after the new token is there: they must not throw that one away.
      [SEND]: async (request: Request) => {
        const taken = new URL(request.url).searchParams.get('access_token') === valid;
        await new Promise((resolve) => setTimeout(resolve, (asked++ % 10) * 4));
        return failed(taken ? 0 : 42001);
      },
    };
    const { tools, paths } = set(answers);
    // Two hubs with one store between them, and a lock in it.
    const making = new Map<string, Promise<string>>();
    const keep: Tools['keep'] = (key, make) => {
      const running = making.get(key);
      if (running) return running;
      const mine = tools.keep(key, make).finally(() => making.delete(key));
      making.set(key, mine);
      return mine;
    };
    const hubs = [
      { ...tools, keep },
      { ...tools, keep },
    ];
    await say(hubs[0]!);
    valid = 'ended';
    const before = issued;
    const all = await Promise.all(Array.from({ length: 50 }, (_, i) => say(hubs[i % 2]!)));
    expect(all.every((one) => !(one instanceof Error))).toBe(true);
    expect(issued - before).toBe(1);
    expect(paths().filter((path) => path === TOKEN)).toHaveLength(2);
  });
  it('keep a token as long as WeChat advises', async () => {
    const ttls: number[] = [];
    const { tools } = set();
    const keep: Tools['keep'] = async (_, make) => {
      const { value, ttl } = await make();
      ttls.push(ttl);
      return value;
    };
    await say({ ...tools, keep });
    expect(ttls).toEqual([7000]);
  });
});
