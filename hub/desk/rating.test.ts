import { expect, test } from 'vitest';
import { newId } from '../id.ts';
import { group, member, setting } from '../test/build.ts';
import { testDesk } from '../test/desk.ts';
import { accept } from './accept.ts';
import { invite } from './care.ts';
import { close } from './close.ts';
import { reply } from './reply.ts';
import { transfer } from './transfer.ts';

const stars = (tags: string[]) => [1, 2, 3, 4, 5].map((n) => ({ text: `${n}`, tags: n === 5 ? tags : [] }));

/** A visitor of the web chat whom an agent serves. */
async function served(ratings: object) {
  const desk = await testDesk();
  const { hub, org } = desk;
  await setting(hub, org, 'ratings', ratings);
  const agent = { id: await member(hub, org), role: 'agent' as const };
  await org.update('members').set({ status: 'busy' }).execute();
  const guest = desk.visitor();
  await guest.post({ type: 'human' });
  const [row] = await desk.sessions();
  await accept(hub, org, agent.id, row!.id);
  await reply(hub, org, agent.id, row!.id, { id: newId(), content: { type: 'text', text: '您好' } });
  await guest.says('谢谢');
  const rates = async (more: object) => {
    const { invited } = (await desk.session(row!.id)).marks;
    const rating = { type: 'rate', invitationId: invited!.id, stars: 5, tags: [], resolved: null, comment: null };
    expect(await guest.post({ ...rating, ...more })).toBe(200);
    return await org.select('ratings').select(['stars', 'tags', 'counts', 'agent_ids']).orderBy('id').execute();
  };
  return { desk, hub, org, agent, session: row!.id, rates };
}

test.each(['open', 'ended'])(
  'CS-12: tags edited while an invitation is out leave his answer good; session %s',
  async (state) => {
    const { hub, org, agent, session, rates } = await served({ options: stars(['quick', 'kind']) });
    if (state === 'open') await invite(hub, org, agent, session);
    else await close(hub, org, agent, session);
    await setting(hub, org, 'ratings', { options: stars(['fast']) });
    // He cannot have chosen what he was not shown.
    expect(await rates({ tags: ['fast'] })).toEqual([]);
    expect(await rates({ tags: ['quick'] })).toMatchObject([{ stars: 5, tags: ['quick'], counts: true }]);
  },
);

test('CS-09: for the last agent it counts for who had it, while the session waits for the next', async () => {
  const { desk, hub, org, agent, session, rates } = await served({ share: 'last' });
  const first = { id: await member(hub, org), role: 'agent' as const };
  await transfer(hub, org, agent, session, { memberId: first.id });
  await transfer(hub, org, first, session, { memberId: agent.id });
  await invite(hub, org, agent, session);
  const groupId = await group(org);
  await member(hub, org, { groupIds: [groupId] });
  await org.update('members').set({ status: 'busy' }).execute();
  await transfer(hub, org, agent, session, { groupId });
  expect(await desk.session(session)).toMatchObject({ state: 'waiting', agent_id: null });
  expect(await rates({})).toMatchObject([{ agent_ids: [agent.id] }]);
});
