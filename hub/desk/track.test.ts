import { describe, expect, test } from 'vitest';
import type { Hello } from '../shapes/visitor.ts';
import { group, member, setting } from '../test/build.ts';
import { queueUp, type TestDesk, testDesk } from '../test/desk.ts';
import { pair } from './pair.ts';
import { transfer } from './transfer.ts';

/** What his page shows when it comes back. */
const shown = async (desk: TestDesk, token: string) => {
  const answer = await desk.app.request(`/visitor/${desk.web.key}/hello`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const { messages } = (await answer.json()) as Hello;
  return messages.flatMap(({ content }) => (content?.type === 'text' ? [content.text] : []));
};

describe('AR-17, SS-06: the visitor sees the steps of his session', () => {
  test.each([true, false])('the switch is %s', async (showTrack) => {
    const desk = await testDesk();
    const { hub, org } = desk;
    await setting(hub, org, 'texts', { showTrack });
    const to = await group(org, 'After-sales');
    await member(hub, org, { groupIds: [to], present: false });
    const agent = await member(hub, org, { name: 'Agent A' });
    const visitor = desk.visitor();
    await visitor.says('hello');
    await visitor.post({ type: 'human' });
    await pair(hub, org);
    const { id } = (await desk.sessions()).at(-1)!;
    await transfer(hub, org, { id: agent, role: 'agent' }, id, { groupId: to });
    const seen = await shown(desk, visitor.token);
    const lines = ['客服 Agent A 正在为您服务。', '您的会话已转接至 After-sales。'];
    expect(seen.filter((text) => lines.includes(text))).toEqual(showTrack ? lines : []);
  });
  test('nobody on a platform is written to for it', async () => {
    const desk = await testDesk();
    const { hub, org } = desk;
    await setting(hub, org, 'texts', { showTrack: true });
    await member(hub, org, { name: 'Agent A' });
    const [id] = await queueUp(hub, org, desk.channel.id, 1);
    await pair(hub, org);
    expect((await desk.session(id!)).state).toBe('serving');
    const said = (await desk.messages()).map((row) => JSON.stringify(row.content));
    expect(said.filter((text) => text.includes('Agent A'))).toEqual([]);
  });
});
