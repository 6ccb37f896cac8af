import { describe, expect, it } from 'vitest';
import { NOW } from '../../contract/tools.ts';
import { jsonAnswer } from '../../contract.ts';
import { wechat } from '../index.ts';
import { ACCOUNT, authorised, OPEN_ID, platform } from '../test/accounts.ts';
import { failed, set } from '../test/answers.ts';
import { C, details, good, TICKET, token } from '../test/platform.ts';

describe('an account in the platform’s hands', () => {
  const SEND = '/cgi-bin/message/custom/send';
  const AUTHORIZER = `${C}/api_authorizer_token`;
  const fresh = (n: number) =>
    jsonAnswer(200, {
      authorizer_access_token: `TOKEN-${n}`,
      expires_in: 7200,
      authorizer_refresh_token: `refresh@@@${n}`,
    });
  /** The account's tools and the platform's: a vault each. */
  const both = (table: Parameters<typeof set>[0], refresh?: string) => {
    const mine = set(table, refresh ? { 'refresh-token': refresh } : {});
    const ours = set({}, TICKET);
    return { ...mine, tools: { ...mine.tools, app: { ...ours.tools, fetch: mine.tools.fetch } } };
  };
  const say = async (table: Parameters<typeof set>[0], refresh?: string) => {
    const all = both({ [`${C}/api_component_token`]: token, ...table }, refresh);
    const batch = { to: OPEN_ID, key: 'k', messages: [{ id: '1', content: { type: 'text', text: 'a' } as const }] };
    const result = await wechat.send?.(batch, authorised, all.tools).catch((error: unknown) => error);
    all.told();
    return { ...all, result };
  };
  const listed = jsonAnswer(200, {
    total_count: 1,
    list: [{ authorizer_appid: ACCOUNT, refresh_token: 'refresh@@@found', auth_time: 1 }],
  });
  const LIST = `${C}/api_get_authorizer_list`;

  it('is spoken for with its own token, and its next refresh token is laid away', async () => {
    const { result, tools, bodies: sent, asked } = await say({ [AUTHORIZER]: fresh(2) }, 'refresh@@@1');
    expect(result).toEqual({ messages: [{}] });
    expect(sent(AUTHORIZER)).toEqual([
      { component_appid: platform.appId, authorizer_appid: ACCOUNT, authorizer_refresh_token: 'refresh@@@1' },
    ]);
    expect(await tools.vault.get('refresh-token')).toBe('refresh@@@2');
    expect(new URL(asked.at(-1)?.url ?? '').searchParams.get('access_token')).toBe('TOKEN-2');
  });
  it('before the new token is used', async () => {
    const order: string[] = [];
    const all = both(
      { [`${C}/api_component_token`]: token, [AUTHORIZER]: fresh(2), [SEND]: () => failed(order.push('sent') && 0) },
      'refresh@@@1',
    );
    const { put } = all.tools.vault;
    all.tools.vault.put = async (key, value) => {
      order.push('laid away');
      await put(key, value);
    };
    await wechat.send?.(
      { to: OPEN_ID, key: 'k', messages: [{ id: '1', content: { type: 'text', text: 'a' } }] },
      authorised,
      all.tools,
    );
    expect(order).toEqual(['laid away', 'sent']);
  });
  it('whose refresh token was lost, or is not taken, is found again', async () => {
    for (const [table, refresh] of [
      [{ [AUTHORIZER]: fresh(3) }, undefined],
      [{ [AUTHORIZER]: [failed(61023), fresh(3)] }, 'refresh@@@old'],
    ] as const) {
      const { result, tools, bodies: sent } = await say({ ...table, [LIST]: listed } as never, refresh);
      expect(result).toEqual({ messages: [{}] });
      expect(sent(AUTHORIZER).at(-1)).toMatchObject({ authorizer_refresh_token: 'refresh@@@found' });
      expect(await tools.vault.get('refresh-token')).toBe('refresh@@@3');
    }
  });
  it('is asked to authorise again when that is of no use', async () => {
    for (const table of [{ [AUTHORIZER]: failed(61023), [LIST]: listed }, { [LIST]: jsonAnswer(200, { list: [] }) }])
      expect((await say(table as never)).result).toMatchObject({ name: 'Misconfigured', code: 'authorise_again' });
    expect((await say({ [AUTHORIZER]: failed(61003) }, 'r')).result).toMatchObject({ code: 'not_authorised' });
  });
  it('with a token that ended in between: renewed once', async () => {
    const { result, paths } = await say(
      { [AUTHORIZER]: [fresh(2), fresh(3)], [SEND]: [failed(40001), failed(0)] },
      'refresh@@@1',
    );
    expect(result).toEqual({ messages: [{}] });
    expect(paths().filter((one) => one === AUTHORIZER)).toHaveLength(2);
  });
  it('is looked at every few hours: standing, verification, permissions, tickets', async () => {
    const look = async (answer: ReturnType<typeof details>) =>
      await wechat.upkeep?.(authorised, both({ ...good, [`${C}/api_get_authorizer_info`]: answer }, 'r').tools);
    expect(await look(details())).toMatchObject({
      next: NOW + 3 * 3_600_000,
      points: [],
      config: { verified: 'yes', status: '1' },
    });
    expect(await look(details({ verify_type_info: { id: -1 } }, [1, 2, 3, 11]))).toMatchObject({
      points: [{ code: 'unverified' }, { code: 'permission_15' }],
      config: { verified: 'no', funcIds: '1,2,3,11' },
    });
    expect(await look(failed(61003))).toMatchObject({ points: [{ code: 'not_authorised', ok: false }] });
    const silent = both(good, 'r').tools;
    await silent.app.vault.put('ticket', JSON.stringify({ value: 't', at: NOW - 26 * 60_000 }));
    expect(await wechat.upkeep?.(authorised, silent)).toMatchObject({ points: [{ code: 'ticket', ok: false }] });
    const points = await wechat.check?.(authorised, both(good, 'r').tools, 'x');
    expect(points?.map(({ code, ok }) => [code, ok])).toEqual([
      ['token', true],
      ['permissions', true],
    ]);
  });
});
