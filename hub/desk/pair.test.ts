import { describe, expect, test } from 'vitest';
import { pick, type Why } from '../../core/match.ts';
import { newId } from '../id.ts';
import { cloneDatabase } from '../start/cloneDatabase.ts';
import type { Org } from '../store/org.ts';
import { putSettings } from '../store/settings.ts';
import { group, member } from '../test/build.ts';
import { queueUp, type TestDesk, testDesk, twoDesks } from '../test/desk.ts';
import { pair } from './pair.ts';
import { wake } from './wake.ts';

const HOUR = 3_600_000;

/** As an admin sets it. */
async function set({ hub, org }: TestDesk, area: string, document: object): Promise<void> {
  await putSettings(org, area, 0, document, new Date(hub.now()));
  hub.live.publish(org.id, [{ kind: 'changed', area: 'settings' }]);
}
const joins = async (org: Org, group_id: string, member_id: string, more: { skill?: number; overflow?: boolean }) =>
  await org.insert('group_members', { group_id, member_id, ...more }).execute();
const change = async (org: Org, id: string, values: object) =>
  await org.update('sessions').set(values).where('id', '=', id).execute();
/** An earlier session of the same customer, served by these agents, the last of whom had it at its end. */
async function earlier({ hub, org, channel, session }: TestDesk, of: string, by: string | string[], daysAgo: number) {
  const agents = [by].flat();
  const [id] = await queueUp(hub, org, channel.id, 1);
  const { contact_id } = await session(of);
  const at = new Date(hub.now() - daysAgo * 24 * HOUR);
  await change(org, id!, {
    contact_id,
    agent_id: agents.at(-1),
    state: 'closed',
    waiting_since: null,
    opened_at: at,
    closed_at: at,
  });
  const service = { session_id: id!, group_id: null, how: 'matched' as const, started_at: at, ended_at: at };
  await org
    .insert(
      'services',
      agents.map((agent_id) => ({ ...service, id: newId(), agent_id })),
    )
    .execute();
}
const agentsOf = async ({ session }: TestDesk, ids: string[]) =>
  (await Promise.all(ids.map(session))).map((row) => row.agent_id);

describe('whose turn it is', () => {
  test('DS-01: the better level first, of one level the longest waiting', async () => {
    const desk = await testDesk();
    const { hub, org, channel } = desk;
    const ids = await queueUp(hub, org, channel.id, 4);
    await change(org, ids[3]!, { priority: 2 });
    await change(org, ids[2]!, { priority: 10 });
    const agent = await member(hub, org, { cap: 3 });
    expect(await pair(hub, org)).toBe(3);
    expect(await agentsOf(desk, ids)).toEqual([agent, null, agent, agent]);
  });
  test('a long queue of a better level that nobody can serve hides nobody', async () => {
    const desk = await testDesk();
    const { hub, org, channel } = desk;
    const [few, many, closed] = [await group(org, 'few'), await group(org, 'many'), await group(org, 'closed')];
    await org.update('skill_groups').set({ plan_id: NIGHT.id }).where('id', '=', closed).execute();
    await set(desk, 'hours', { zone: 'UTC', plans: [NIGHT] });
    for (const id of [few, closed]) await queueUp(hub, org, channel.id, 510, id);
    await org.update('sessions').set({ priority: 1 }).where('state', '=', 'waiting').execute();
    const held = await queueUp(hub, org, channel.id, 20, many);
    const full = await member(hub, org, { cap: 0, groupIds: [many] });
    await org
      .update('sessions')
      .set({ wanted_id: full, wanted_until: new Date(hub.now() + HOUR) })
      .where('id', 'in', held)
      .execute();
    const last = await queueUp(hub, org, channel.id, 3, many);
    await member(hub, org, { cap: 2, groupIds: [few, closed] });
    const agent = await member(hub, org, { cap: 9, groupIds: [many] });
    expect(await pair(hub, org)).toBe(5);
    expect(await agentsOf(desk, last)).toEqual([agent, agent, agent]);
    expect(await agentsOf(desk, held)).toEqual(held.map(() => null));
    // And nothing more: everybody else has no room, or is not to be given anything.
    expect(await pair(hub, org)).toBe(0);
  });
});

describe('to whom', () => {
  test('RT-12: the higher skill in the group, then the higher level', async () => {
    const desk = await testDesk();
    const { hub, org, channel } = desk;
    await set(desk, 'matching', { bySkill: true, byLevel: true });
    const g = await group(org);
    const [low, high] = [await member(hub, org, { cap: 20 }), await member(hub, org, { cap: 20 })];
    const best = await member(hub, org, { cap: 1 });
    for (const [id, skill] of [
      [low, 1],
      [high, 1],
      [best, 60],
    ] as const)
      await joins(org, g, id, { skill });
    await org.update('members').set({ level: 2 }).where('id', '=', low).execute();
    await org.update('members').set({ level: 8 }).where('id', '=', high).execute();
    const ids = await queueUp(hub, org, channel.id, 11, g);
    expect(await pair(hub, org)).toBe(11);
    const got = Map.groupBy(await agentsOf(desk, ids), (id) => id);
    expect([best, high, low].map((id) => got.get(id)?.length)).toEqual([1, 8, 2]);
    expect((await desk.session(ids[0]!)).agent_id).toBe(best);
  });
  test('RT-13: a helper takes what the members have no room for', async () => {
    const desk = await testDesk();
    const { hub, org, channel } = desk;
    const g = await group(org);
    const own = await member(hub, org, { cap: 1, groupIds: [g] });
    const helper = await member(hub, org);
    await joins(org, g, helper, { overflow: true });
    const ids = await queueUp(hub, org, channel.id, 2, g);
    await pair(hub, org);
    expect(await agentsOf(desk, ids)).toEqual([own, helper]);
  });
  test('RT-14: nobody after hours, and everybody who waited once it is time', async () => {
    const desk = await testDesk();
    const { hub, org, channel, clock } = desk;
    await set(desk, 'hours', { zone: 'UTC', plans: [NIGHT], standard: NIGHT.id });
    await queueUp(hub, org, channel.id, 2);
    await member(hub, org);
    await org
      .update('members')
      .set({ present_until: new Date(hub.now() + 24 * HOUR) })
      .execute();
    expect(await pair(hub, org)).toBe(0);
    clock.pass(11 * HOUR);
    expect(await pair(hub, org)).toBe(2);
  });
  test('RT-15: who is away gets something only where the check is off', async () => {
    const desk = await testDesk();
    const { hub, org, channel } = desk;
    const [away, hidden, gone] = [
      await member(hub, org),
      await member(hub, org),
      await member(hub, org, { present: false }),
    ];
    await org.update('members').set({ status: 'away' }).where('id', 'in', [away, gone]).execute();
    await org.update('members').set({ status: 'invisible' }).where('id', '=', hidden).execute();
    const ids = await queueUp(hub, org, channel.id, 2);
    expect(await pair(hub, org)).toBe(0);
    await set(desk, 'matching', { onlyOnline: false });
    expect(await pair(hub, org)).toBe(2);
    expect(await agentsOf(desk, ids)).toEqual([away, away]);
  });
  test('RT-16: who served the customer last, or most often, as it is set', async () => {
    for (const [regular, expected] of [
      ['last', 1],
      ['most', 2],
      ['off', 0],
    ] as const) {
      const desk = await testDesk();
      const { hub, org, channel } = desk;
      if (regular !== 'off') await set(desk, 'matching', { regular });
      const agents = [await member(hub, org), await member(hub, org, { cap: 20 }), await member(hub, org, { cap: 20 })];
      // The first is the freest.
      for (const busy of agents.slice(1)) {
        for (const id of await queueUp(hub, org, channel.id, 2))
          await change(org, id, { state: 'serving', agent_id: busy });
      }
      const [id] = await queueUp(hub, org, channel.id, 1);
      await earlier(desk, id!, agents[1]!, 1);
      for (const days of [5, 9]) await earlier(desk, id!, agents[2]!, days);
      expect(await pair(hub, org)).toBe(1);
      expect((await desk.session(id!)).agent_id).toBe(agents[expected]);
    }
  });
  test('RT-16: most often counts everybody who served in a session, once, whoever had it last', async () => {
    const desk = await testDesk();
    const { hub, org, channel } = desk;
    await set(desk, 'matching', { regular: 'most' });
    const [often, finisher, twice] = [
      await member(hub, org, { cap: 1 }),
      await member(hub, org, { cap: 2 }),
      await member(hub, org, { cap: 3 }),
    ];
    const [id] = await queueUp(hub, org, channel.id, 1);
    // He began three of them and passed them on; of the last each took two over, one of them twice in the same.
    await earlier(desk, id!, [often, finisher], 1);
    await earlier(desk, id!, [often, twice, finisher, twice], 2);
    await earlier(desk, id!, [often, twice], 3);
    expect(await pair(hub, org)).toBe(1);
    expect((await desk.session(id!)).agent_id).toBe(often);
  });
  test('RT-06: whom the customer wants, from whatever group; others once the time is over', async () => {
    const desk = await testDesk();
    const { hub, org, channel, clock } = desk;
    const g = await group(org);
    const wanted = await member(hub, org, { cap: 1 });
    const other = await member(hub, org, { groupIds: [g] });
    const ids = await queueUp(hub, org, channel.id, 2, g);
    const until = new Date(hub.now() + 60_000);
    for (const id of ids) await change(org, id, { wanted_id: wanted, wanted_until: until });
    expect(await pair(hub, org)).toBe(1);
    expect(await agentsOf(desk, ids)).toEqual([wanted, null]);
    clock.pass(60_000);
    expect(await pair(hub, org)).toBe(1);
    expect(await agentsOf(desk, ids)).toEqual([wanted, other]);
  });
  test('RT-06: and nobody else of the group need be there', async () => {
    const desk = await testDesk();
    const { hub, org, channel } = desk;
    const wanted = await member(hub, org);
    const [id] = await queueUp(hub, org, channel.id, 1, await group(org));
    await change(org, id!, { wanted_id: wanted, wanted_until: new Date(hub.now() + 60_000) });
    hub.live.publish(org.id, [{ kind: 'changed', area: 'groups' }]);
    expect(await pair(hub, org)).toBe(1);
    expect((await desk.session(id!)).agent_id).toBe(wanted);
  });
});

test('who stays silent loses the session to somebody else, though he is the freest and its regular agent', async () => {
  const desk = await testDesk();
  const { hub, org, channel, clock } = desk;
  await set(desk, 'matching', { regular: 'last', silent: { on: true, after: 60 } });
  const silent = await member(hub, org, { cap: 20 });
  const [id] = await queueUp(hub, org, channel.id, 1);
  await earlier(desk, id!, silent, 1);
  expect(await pair(hub, org)).toBe(1);
  const other = await member(hub, org, { cap: 2 });
  const { external_id } = await org.select('identities').select('external_id').orderBy('id').executeTakeFirstOrThrow();
  await desk.says('anybody there?', external_id);
  expect((await desk.session(id!)).agent_id).toBe(silent);
  clock.pass(61_000);
  await wake(hub);
  await desk.settled();
  expect(await desk.session(id!)).toMatchObject({ state: 'serving', agent_id: other });
  expect((await desk.events(id!)).filter((event) => event.type === 'served').map((event) => event.actor_id)).toEqual([
    silent,
    other,
  ]);
});

test('what spoke for him stands in the event, decides the same again, and he greets', async () => {
  const desk = await testDesk();
  const { hub, org, channel } = desk;
  const agents = [
    await member(hub, org, { cap: 2 }),
    await member(hub, org, { cap: 1 }),
    await member(hub, org, { cap: 0 }),
  ];
  await member(hub, org, { present: false });
  await org.update('members').set({ greeting: 'Good morning' }).execute();
  hub.live.publish(org.id, [{ kind: 'changed', area: 'members' }]);
  const ids = await queueUp(hub, org, channel.id, 3);
  expect(await pair(hub, org)).toBe(3);
  for (const id of ids) {
    const served = (await desk.events(id)).find((event) => event.type === 'served')!;
    const { how, why } = served.data as { how: string; why: Why };
    expect(how).toBe('matched');
    expect(pick(why.order)).toBe(served.actor_id);
    expect(why.out).toMatchObject({ offline: 1, 'cap-zero': 1 });
    expect(agents).toContain(served.actor_id);
    expect((await desk.messages(id)).map((row) => row.content)).toEqual([{ type: 'text', text: 'Good morning' }]);
  }
});

test('two hubs and many customers of every level who go on writing: no cap exceeded, nobody given twice, nobody left', async () => {
  const { a, b } = await twoDesks(await cloneDatabase());
  const groups = [await group(a.org, 'one'), await group(a.org, 'two')];
  const agents = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      member(a.hub, a.org, { cap: 1 + (index % 5), groupIds: [groups[index % 2]!] }),
    ),
  );
  const ids: string[] = [];
  for (const groupId of [null, ...groups]) ids.push(...(await queueUp(a.hub, a.org, a.channel.id, 20, groupId)));
  for (const [index, id] of ids.entries()) await change(a.org, id, { priority: 1 + (index % 11) });
  const people = await a.org.select('identities').select('external_id').execute();
  await Promise.all([
    ...[a, b, a, b].map(({ hub, org }) => pair(hub, org)),
    ...people.slice(0, 12).map(({ external_id }, index) => (index % 2 ? a : b).says('hello', external_id)),
  ]);
  await Promise.all([a.settled(), b.settled()]);
  const rows = await Promise.all(ids.map(a.session));
  const places = agents.reduce((sum, _, index) => sum + 1 + (index % 5), 0);
  const loads = Map.groupBy(
    rows.filter((row) => row.state === 'serving'),
    (row) => row.agent_id!,
  );
  for (const [index, id] of agents.entries()) expect(loads.get(id)?.length ?? 0).toBeLessThanOrEqual(1 + (index % 5));
  expect(rows.filter((row) => row.state === 'serving')).toHaveLength(places);
  const services = await a.org.select('services').select('session_id').execute();
  expect(new Set(services.map((row) => row.session_id)).size).toBe(places);
  expect(services).toHaveLength(places);
}, 60_000);

/** Working time from eight in the evening; the tests' clock begins at nine in the morning. */
const NIGHT = {
  id: '018f0000-0000-7000-8000-00000000aaaa',
  name: 'night',
  week: Array.from({ length: 7 }, () => [{ from: '20:00', to: '24:00' }]),
};
