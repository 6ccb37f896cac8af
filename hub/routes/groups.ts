import { z } from '@hono/zod-openapi';
import { Refusal } from '../../core/refusal.ts';
import { change, difference } from '../change.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { wrong } from '../problem.ts';
import { read } from '../settings/areas.ts';
import { refuseInUse } from '../settings/in-use.ts';
import { Group, GroupInput } from '../shapes/house.ts';
import {
  addGroup,
  type GroupRow,
  type InGroup,
  patchGroup,
  removeGroup,
  setMembersOf,
  shownGroups,
} from '../store/groups.ts';
import type { Org } from '../store/org.ts';
import { lockSettings, settingsOf } from '../store/settings.ts';
import { body, byId, done, house, json, route } from './route.ts';

const tags = ['Groups'];
type GroupWish = z.infer<typeof GroupInput>;
const toGroup = (row: GroupRow): Group => ({
  id: row.id,
  name: row.name,
  memberIds: row.members.map((member) => member.id),
  waiting: row.waiting,
  createdAt: row.created_at.toISOString(),
  planId: row.plan_id,
  greeting: { on: row.greeting_on, text: row.greeting },
  offHours: { on: row.off_on, text: row.off_text },
  skills: Object.fromEntries(row.members.filter(({ skill }) => skill > 0).map(({ id, skill }) => [id, skill])),
  overflowMemberIds: row.members.filter(({ overflow }) => overflow).map((member) => member.id),
});

/** What of a wish stands in the group's own row. */
const columns = ({ name, planId, greeting, offHours }: Partial<GroupWish>) => ({
  name,
  plan_id: planId,
  greeting_on: greeting?.on,
  greeting: greeting?.text,
  off_on: offHours?.on,
  off_text: offHours?.text,
});

/** The members it shall have; what the wish leaves out stays. Null: it says nothing of members. */
function inGroup(before: Group, { memberIds, skills, overflowMemberIds }: Partial<GroupWish>): InGroup[] | null {
  if (!memberIds && !skills && !overflowMemberIds) return null;
  const overflow = new Set(overflowMemberIds ?? before.overflowMemberIds);
  return [...new Set(memberIds ?? before.memberIds)].map((id) => ({
    id,
    skill: (skills ?? before.skills)[id] ?? 0,
    overflow: overflow.has(id),
  }));
}

const EMPTY: Group = {
  id: '',
  name: '',
  memberIds: [],
  waiting: 0,
  createdAt: '',
  planId: null,
  greeting: { on: false, text: '' },
  offHours: { on: false, text: '' },
  skills: {},
  overflowMemberIds: [],
};

/** SG-05: a plan that is there. */
async function knowPlan(tx: Org, planId: string | null | undefined): Promise<void> {
  if (!planId) return;
  // No document can lose the plan before this is written; what another hub has just saved is seen.
  await lockSettings(tx);
  const { document } = await settingsOf(tx, 'hours');
  if (!read('hours', document).plans.some((plan) => plan.id === planId)) throw wrong('planId', 'unknown');
}

async function one(org: Org, id: string): Promise<Group> {
  const [row] = await shownGroups(org, id);
  if (!row) throw new Refusal('not_found');
  return toGroup(row);
}

/** A name that is taken, a member who is not there: said in the form. */
function explained(error: unknown): unknown {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code === '23505' && constraint?.startsWith('skill_groups')) return wrong('name', 'taken');
  if (code === '23503') return wrong('memberIds', 'unknown');
  return error;
}

/** Skill groups: whose queue a session joins. */
export function groups(hub: Hub) {
  return house()
    .openapi(
      route('agent', {
        method: 'get',
        path: '/groups',
        tags,
        summary: 'All groups',
        responses: { 200: json(z.object({ items: z.array(Group) }), 'Groups') },
      }),
      async (c) => c.json({ items: (await shownGroups(c.get('me').org)).map(toGroup) }, 200),
    )
    .openapi(
      route('admin', {
        method: 'post',
        path: '/groups',
        tags,
        summary: 'Add a group',
        request: { body: body(GroupInput) },
        responses: { 201: json(Group, 'The group') },
      }),
      async (c) => {
        const wish = c.req.valid('json');
        const id = newId();
        await change(c, 'groups', async (org) => {
          await knowPlan(org, wish.planId);
          await addGroup(org, id, wish.name);
          await patchGroup(org, id, columns(wish));
          await setMembersOf(org, id, inGroup(EMPTY, wish) ?? []);
          return { action: 'group.created', subject: id, after: wish };
        }).catch((error) => {
          throw explained(error);
        });
        hub.pairing.wake(c.get('me').org.id);
        return c.json(await one(c.get('me').org, id), 201);
      },
    )
    .openapi(
      route('admin', {
        method: 'patch',
        path: '/groups/{id}',
        tags,
        summary: 'Rename a group or change who is in it',
        request: { params: byId, body: body(GroupInput.partial()) },
        responses: { 200: json(Group, 'The group') },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        const wish = c.req.valid('json');
        await change(c, 'groups', async (org) => {
          const before = await one(org, id);
          await knowPlan(org, wish.planId);
          await patchGroup(org, id, columns(wish));
          const members = inGroup(before, wish);
          if (members) await setMembersOf(org, id, members);
          return { action: 'group.changed', subject: id, ...difference<Group>(before, wish) };
        }).catch((error) => {
          throw explained(error);
        });
        hub.pairing.wake(c.get('me').org.id);
        return c.json(await one(c.get('me').org, id), 200);
      },
    )
    .openapi(
      route(
        'admin',
        {
          method: 'delete',
          path: '/groups/{id}',
          tags,
          summary: 'Delete a group that nothing names any more',
          request: { params: byId },
          responses: { 204: done },
        },
        { refuses: ['in_use'] },
      ),
      async (c) => {
        const { id } = c.req.valid('param');
        await change(c, 'groups', async (org) => {
          await refuseInUse(org, id);
          const gone = await removeGroup(org, id);
          if (!gone) throw new Refusal('not_found');
          return { action: 'group.deleted', subject: id, before: gone };
        });
        hub.pairing.wake(c.get('me').org.id);
        return c.body(null, 204);
      },
    );
}
