import { describe, expect, it } from 'vitest';
import type { AppTools } from '../../app.ts';
import { NOW } from '../../contract/tools.ts';
import { jsonAnswer } from '../../contract.ts';
import { Misconfigured, Retry } from '../../errors.ts';
import { platform } from '../test/accounts.ts';
import { failed, set } from '../test/answers.ts';
import { ask, C, good, TICKET } from '../test/platform.ts';
import { wechatOpen } from './index.ts';

describe('the platform’s token', () => {
  const start = (tools: AppTools) => wechatOpen.start(platform, tools, ask).catch((error: unknown) => error);
  const pre = { [`${C}/api_create_preauthcode`]: jsonAnswer(200, { pre_auth_code: 'p', expires_in: 600 }) };
  it('is not asked for without a ticket; the ticket is', async () => {
    const none = set({ ...good, ...pre });
    expect(await start(none.tools)).toBeInstanceOf(Retry);
    expect(none.paths()).toEqual([`${C}/api_start_push_ticket`]);
    for (const code of [61005, 61006]) {
      const old = set({ ...good, ...pre, [`${C}/api_component_token`]: failed(code) }, TICKET);
      expect(await start(old.tools)).toBeInstanceOf(Retry);
      expect(old.paths()).toContain(`${C}/api_start_push_ticket`);
    }
  });
  it('is renewed once when it is not taken', async () => {
    const { tools, paths } = set(
      {
        ...good,
        [`${C}/api_create_preauthcode`]: [failed(42006), jsonAnswer(200, { pre_auth_code: 'p', expires_in: 600 })],
      },
      TICKET,
    );
    expect(await start(tools)).toMatchObject({ until: NOW + 600_000 });
    expect(paths().filter((one) => one.endsWith('api_component_token'))).toHaveLength(2);
  });
  it('of wrong credentials is the admin’s', async () => {
    for (const code of [40001, 40125, 61011, 61004])
      expect(await start(set({ ...pre, [`${C}/api_component_token`]: failed(code) }, TICKET).tools)).toBeInstanceOf(
        Misconfigured,
      );
  });
  it('is looked at, and the ticket’s age too', async () => {
    const check = async (table: Parameters<typeof set>[0], vault?: Record<string, string>) =>
      (
        (await wechatOpen.check?.(platform, set(table, vault).tools, 'https://hub.example/webhooks/wechat-open/k')) ??
        []
      ).map(({ code, ok }) => [code, ok]);
    const at = (ms: number) => ({ ticket: JSON.stringify({ value: 't', at: NOW - ms }) });
    expect(await check(good, at(24 * 60_000))).toEqual([
      ['ticket', true],
      ['token', true],
      ['addresses', true],
    ]);
    expect(await check(good, at(26 * 60_000))).toEqual([
      ['ticket', false],
      ['token', true],
      ['addresses', true],
    ]);
    expect(await check(good)).toEqual([
      ['ticket', false],
      ['addresses', true],
    ]);
    expect(await check({ [`${C}/api_component_token`]: failed(40125) }, at(0))).toEqual([
      ['ticket', true],
      ['bad_credentials', false],
      ['addresses', true],
    ]);
  });
});
