import { expect, test } from 'vitest';
import type { WebStyle } from '../shapes/channels.ts';
import type { Hello } from '../shapes/visitor.ts';
import { group, member, setting, word } from '../test/build.ts';
import { testDesk } from '../test/desk.ts';

const HOUR = 3_600_000;
const DAY = {
  id: '01900000-0000-7000-8000-0000000000d1',
  name: 'Day',
  week: Array.from({ length: 7 }, () => [{ from: '08:00', to: '18:00' }]),
};

/** A web plugin of a group that works from 8 to 18; the organisation itself always does. It is 9 in the morning, UTC. */
async function plugin(style: Partial<WebStyle>, where: 'channel' | 'fallback' = 'channel') {
  const desk = await testDesk();
  const { hub, org, app, web } = desk;
  const groupId = await group(org, 'Sales');
  await member(hub, org, { groupIds: [groupId], present: false });
  await word(hub, org, 'forced-human', '人工', 'equals');
  await setting(hub, org, 'hours', { zone: 'UTC', plans: [DAY] });
  await org.update('skill_groups').set({ plan_id: DAY.id }).where('id', '=', groupId).execute();
  if (where === 'fallback') await setting(hub, org, 'routing', { fallback: { on: { to: 'group', groupId } } });
  const own = { style: JSON.stringify(style), ...(where === 'channel' && { group_id: groupId }) };
  await org
    .update('channels')
    .set(own as never)
    .where('id', '=', web.id)
    .execute();
  hub.live.publish(org.id, [{ kind: 'changed', area: 'channels' }]);
  const guest = desk.visitor();
  const hello = async (): Promise<Hello> => {
    const body = JSON.stringify({ token: guest.token, language: 'en' });
    const headers = { 'content-type': 'application/json' };
    return (await (await app.request(`/visitor/${web.key}/hello`, { method: 'POST', headers, body })).json()) as Hello;
  };
  const said = async () =>
    (await hello()).messages.flatMap(({ content, author }) =>
      author.type !== 'visitor' && content?.type === 'text' ? [content.text] : [],
    );
  return { ...desk, guest, hello, said, night: () => desk.clock.pass(10 * HOUR) };
}

test.each(['channel', 'fallback'] as const)('V-39: hello says what to show, by the hours of the %s', async (where) => {
  const { hello, night, guest, sessions } = await plugin({ offHours: 'text', offHoursText: 'Until {hours}!' }, where);
  expect((await hello()).offHours).toBeNull();
  night();
  expect((await hello()).offHours).toEqual({ show: 'text', text: expect.stringMatching(/^Until .*08:00!$/) });
  expect(await guest.post({ type: 'enter' })).toBe(200);
  expect(await sessions()).toEqual([]);
});

test('V-39: left to the house, a plugin shows nothing of its own and the reception settings hold', async () => {
  const { hello, night, guest, session, sessions, hub, org } = await plugin({});
  await setting(hub, org, 'reception', { afterHours: 'queue' });
  night();
  expect((await hello()).offHours).toBeNull();
  await guest.says('人工');
  const [row] = await sessions();
  expect((await session(row!.id)).state).toBe('waiting');
});

test('V-39: form: what he types all the same is answered, and then left as a message', async () => {
  const { hello, night, guest, said, org } = await plugin({ offHours: 'form' });
  night();
  expect((await hello()).offHours).toEqual({ show: 'form', text: expect.stringContaining('closed') });
  await guest.says('hello');
  expect((await hello()).session).toMatchObject({ state: 'bot', leaving: true });
  await guest.says('call me: 138…');
  expect(await org.select('leave_messages').select('text').execute()).toEqual([{ text: 'call me: 138…' }]);
  expect(await said()).toHaveLength(2);
});

test('V-39: text: he who types hears it again in the conversation, once a minute, and each time he asks for a person', async () => {
  const { night, guest, said, sessions, hub, org } = await plugin({ offHours: 'text', offHoursText: 'Gone fishing' });
  await setting(hub, org, 'reception', { afterHours: 'queue' });
  night();
  await guest.says('hello');
  await guest.says('hello?');
  expect(await said()).toEqual(['Gone fishing']);
  await guest.says('人工');
  expect(await said()).toEqual(['Gone fishing', 'Gone fishing']);
  expect(await sessions()).toMatchObject([{ state: 'bot' }]);
});

test('V-39: chat: he waits for the morning, whatever the house does', async () => {
  const { hello, night, guest, sessions } = await plugin({ offHours: 'chat' });
  night();
  expect((await hello()).offHours).toBeNull();
  await guest.post({ type: 'human' });
  expect(await sessions()).toMatchObject([{ state: 'waiting' }]);
});
