import { z } from '@hono/zod-openapi';
import { Refusal } from '../../core/refusal.ts';
import { change } from '../change.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { wrong } from '../problem.ts';
import { refuseInUse } from '../settings/in-use.ts';
import { Group, GroupInput } from '../shapes/house.ts';
import { addGroup, type GroupRow, removeGroup, renameGroup, setMembersOf, shownGroups } from '../store/groups.ts';
import type { Org } from '../store/org.ts';
import { body, byId, done, house, json, route } from './route.ts';

const tags = ['Groups'];
const toGroup = (row: GroupRow): Group => ({
  id: row.id,
  name: row.name,
  memberIds: row.member_ids,
  waiting: row.waiting,
  createdAt: row.created_at.toISOString(),
});

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
        const { name, memberIds } = c.req.valid('json');
        const id = newId();
        await change(c, 'groups', async (org) => {
          await addGroup(org, id, name);
          await setMembersOf(org, id, memberIds);
          return { action: 'group.created', subject: id, after: { name, memberIds } };
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
        const { name, memberIds } = c.req.valid('json');
        await change(c, 'groups', async (org) => {
          const before = await one(org, id);
          if (name) await renameGroup(org, id, name);
          if (memberIds) await setMembersOf(org, id, memberIds);
          return {
            action: 'group.changed',
            subject: id,
            before: { name: before.name, memberIds: before.memberIds },
            after: { name, memberIds },
          };
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
