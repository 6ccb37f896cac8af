import { expect, test } from 'vitest';
import { Misconfigured } from '../../connectors/errors.ts';
import { testDesk } from '../test/desk.ts';
import { event, push, testPlatform, words } from '../test/platform.ts';

async function unverified(withinMs = 4000) {
  const platform = testPlatform();
  platform.state.can = { text: 200, menu: { options: 10, text: 30 } };
  platform.state.passive = {
    withinMs,
    answer: (content) => (content.type === 'text' ? { body: `<${content.text}>`, type: 'text/xml' } : undefined),
  };
  platform.state.send = async () => {
    throw new Misconfigured('48001', 'api unauthorized');
  };
  const desk = await testDesk();
  const channel = await platform.channel(desk.org);
  await desk.org
    .insert('settings', {
      area: 'reception',
      version: 1,
      document: JSON.stringify({ fallback: 'I am a bot' }),
    } as never)
    .execute();
  desk.hub.live.publish(desk.org.id, [{ kind: 'changed', area: 'settings' }]);
  return { ...desk, platform, at: `testing/${channel.key}` };
}

test('what the house says goes out in the answer to the push, as one message, and never twice', async () => {
  const run = await unverified();
  const first = words(run.hub, '你好');
  expect(await push(run, run.at, [first])).toEqual({ status: 200, text: '<I am a bot>' });
  const asked = await push(run, run.at, [event(run.hub, { kind: 'wish', wish: 'human' } as never)]);
  // Choices are numbered in it, though the platform's messages have buttons.
  expect(asked.text).toMatch(/^<.*第 1 位.*1\. 留言\n2\. 退出排队>$/s);
  expect(run.platform.state.sent).toHaveLength(0);
  expect((await run.messages()).map((row) => row.delivery)).toEqual(['delivered', 'sent', 'sent']);
  // The platform did not hear us and asks again: the same answer, and nothing new is said.
  expect(await push(run, run.at, [first])).toEqual({ status: 200, text: '<I am a bot>' });
  expect(await run.messages()).toHaveLength(3);
  expect(await push(run, run.at, [words(run.hub, '2')])).toEqual({ status: 200, text: '<您已退出排队。>' });
});

test('what came too late, and what an agent writes, fails with the platform’s words', async () => {
  const run = await unverified(-1);
  expect(await push(run, run.at, [words(run.hub, 'hello')])).toEqual({ status: 200, text: 'success' });
  expect((await run.messages())[1]).toMatchObject({
    delivery: 'failed',
    error_code: '48001',
    error_text: 'api unauthorized',
  });
});

test('an account with nothing to say thanks the platform in its own way', async () => {
  const run = await unverified();
  await run.org
    .update('settings')
    .set({ document: '{}' } as never)
    .execute();
  run.hub.live.publish(run.org.id, [{ kind: 'changed', area: 'settings' }]);
  expect(await push(run, run.at, [words(run.hub, 'hello')])).toEqual({ status: 200, text: 'success' });
});
