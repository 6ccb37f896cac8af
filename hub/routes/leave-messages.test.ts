import { expect, test } from 'vitest';
import type { Org } from '../store/org.ts';
import { group } from '../test/build.ts';
import { testDesk } from '../test/desk.ts';
import { type Person, person, staff, told } from '../test/people.ts';

const open = async (who: Person): Promise<number> => (await told(who.ask('GET', '/leave-messages/counts'))).body.open;
const lefts = async (org: Org) => await org.select('leave_messages').select(['id', 'group_id']).orderBy('id').execute();

test('LM-01: how many nobody has taken on, of those one sees; the same as the list has', async () => {
  const desk = await testDesk();
  const { hub, org } = desk;
  const [mine, theirs] = [await group(org, 'Mine'), await group(org, 'Theirs')];
  const [me, boss] = [await person(desk, org, 'agent'), await person(desk, org, 'supervisor')];
  await org.insert('group_members', { group_id: mine, member_id: me.id }).execute();
  hub.live.publish(org.id, [{ kind: 'changed', area: 'groups' }]);
  const other = await staff(desk, 'Other');
  expect(await open(me)).toBe(0);
  for (const words of ['one', 'two', 'three', 'four'])
    await desk.visitor(desk.web.visitor()).post({ type: 'leave-message', form: {}, text: words });
  const [one, two, three, four] = await lefts(org);
  for (const [left, group_id] of [
    [one, mine],
    [two, theirs],
    [three, theirs],
  ] as const)
    await org.update('leave_messages').set({ group_id }).where('id', '=', left!.id).execute();

  // Of his group, and the one that is nobody's.
  expect([await open(me), await open(boss), await open(other.owner)]).toEqual([2, 4, 0]);
  const list = (await told(me.ask('GET', '/leave-messages?state=open'))).body.items as { id: string }[];
  expect(list.map(({ id }) => id)).toEqual([four!.id, one!.id]);
  // What he is put in charge of is his to see, whosever group it is in.
  await boss.ask('PATCH', `/leave-messages/${two!.id}`, { assigneeId: me.id });
  expect(await open(me)).toBe(3);
  await me.ask('PATCH', `/leave-messages/${four!.id}`, { state: 'working', assigneeId: me.id });
  await me.ask('PATCH', `/leave-messages/${one!.id}`, { state: 'done' });
  expect([await open(me), await open(boss)]).toEqual([1, 2]);
});

test('more than a hundred are not counted', async () => {
  const desk = await testDesk();
  const boss = await person(desk, desk.org, 'supervisor');
  await desk.visitor().post({ type: 'leave-message', form: {}, text: 'first' });
  const first = await desk.org.select('leave_messages').selectAll().executeTakeFirstOrThrow();
  await desk.org
    .insert(
      'leave_messages',
      Array.from(
        { length: 120 },
        () => ({ ...first, id: crypto.randomUUID(), form: JSON.stringify(first.form) }) as never,
      ),
    )
    .execute();
  expect(await open(boss)).toBe(100);
});
