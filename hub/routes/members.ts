import { z } from '@hono/zod-openapi';
import { Refusal } from '../../core/refusal.ts';
import { type HouseContext, hashPassword, isAtLeast } from '../auth.ts';
import { change, difference } from '../change.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { wrong } from '../problem.ts';
import { Member, MemberPatch, NewMember } from '../shapes/house.ts';
import { showMember, toMember } from '../show/member.ts';
import { unknownGroups } from '../store/groups.ts';
import { addMember, lockMember, lockOwners, patchMember, setGroupsOf, shownMembers } from '../store/members.ts';
import type { Org } from '../store/org.ts';
import { addUser, endSignIns, setPassword, takenField } from '../store/users.ts';
import { body, byId, house, json, route } from './route.ts';

const tags = ['Members'];

/** Colleagues: everybody sees them, admins make and change them, only owners touch owners. */
export function members(hub: Hub) {
  return house()
    .openapi(
      route('agent', {
        method: 'get',
        path: '/members',
        tags,
        summary: 'All colleagues',
        responses: { 200: json(z.object({ items: z.array(Member) }), 'Members') },
      }),
      async (c) => {
        const rows = await shownMembers(c.get('me').org);
        return c.json({ items: rows.map((row) => toMember(hub, c.get('me').org.id, row)) }, 200);
      },
    )
    .openapi(
      route('admin', {
        method: 'post',
        path: '/members',
        tags,
        summary: 'Add a colleague',
        request: { body: body(NewMember) },
        responses: { 201: json(Member, 'The member') },
      }),
      async (c) => {
        const me = c.get('me');
        const { groupIds = [], password, ...wish } = c.req.valid('json');
        if (!isAtLeast(me.role, wish.role)) throw new Refusal('not_allowed');
        await knowGroups(me.org, groupIds);
        const user = {
          id: newId(),
          name: wish.name,
          username: wish.username,
          email: wish.email,
          hash: await hashPassword(password),
        };
        const id = newId();
        try {
          await change(c, 'members', async (org) => {
            await addUser(org, user);
            const { name, role, cap, level, greeting } = wish;
            await addMember(org, { id, user_id: user.id, name, role, cap, level, greeting });
            await setGroupsOf(org, id, groupIds);
            return { action: 'member.created', subject: id, after: { ...wish, groupIds } };
          });
        } catch (error) {
          const field = takenField(error);
          throw field ? wrong(field, 'taken') : error;
        }
        return c.json(await showMember(hub, me.org, id), 201);
      },
    )
    .openapi(
      route(
        'admin',
        {
          method: 'patch',
          path: '/members/{id}',
          tags,
          summary: 'Change, disable or enable a colleague, or give them a new password',
          request: { params: byId, body: body(MemberPatch) },
          responses: { 200: json(Member, 'The member') },
        },
        { refuses: ['last_owner'] },
      ),
      async (c) => {
        const { id } = c.req.valid('param');
        await patch(hub, c, id, c.req.valid('json'));
        hub.live.publish(c.get('me').org.id, [{ kind: 'member', id }]);
        return c.json(await showMember(hub, c.get('me').org, id), 200);
      },
    );
}

async function patch(
  hub: Hub,
  c: HouseContext,
  id: string,
  { groupIds, disabled, password, ...wish }: z.infer<typeof MemberPatch>,
): Promise<void> {
  const me = c.get('me');
  if (groupIds) await knowGroups(me.org, groupIds);
  let userId = '';
  await change(c, 'members', async (org) => {
    // Owners first and always, so that two of them who leave at once wait for each other.
    const owners = await lockOwners(org);
    const row = await lockMember(org, id);
    if (!row) throw new Refusal('not_found');
    userId = row.user_id;
    const self = id === me.member.id;
    const demoted = row.role === 'owner' && wish.role !== undefined && wish.role !== 'owner';
    const leaves = disabled === true && row.disabled_at === null;
    if (row.role === 'owner' && (me.role !== 'owner' || ((demoted || leaves) && !self)))
      throw new Refusal('not_allowed');
    if (wish.role && !isAtLeast(me.role, wish.role)) throw new Refusal('not_allowed');
    if ((demoted || (leaves && row.role === 'owner')) && owners.every((owner) => owner === id))
      throw new Refusal('last_owner');
    const disabled_at =
      disabled === undefined ? row.disabled_at : disabled ? (row.disabled_at ?? new Date(hub.now())) : null;
    await patchMember(org, id, { ...wish, disabled_at });
    const [before] = await shownMembers(org, id);
    if (groupIds) await setGroupsOf(org, id, groupIds);
    const changed = difference(
      {
        name: row.name,
        role: row.role,
        cap: row.cap,
        level: row.level,
        greeting: row.greeting,
        disabled: row.disabled_at !== null,
        groupIds: before!.group_ids,
      },
      { ...wish, disabled, groupIds: groupIds && [...new Set(groupIds)].sort() },
    );
    return { action: password ? 'member.password_set' : 'member.changed', subject: id, ...changed };
  });
  if (password)
    await setPassword(hub.db, userId, await hashPassword(password), id === me.member.id ? me.token : undefined);
  else if (disabled) await endSignIns(hub.db.everywhere, userId);
}

async function knowGroups(org: Org, groupIds: readonly string[]): Promise<void> {
  if ((await unknownGroups(org, groupIds)).length) throw wrong('groupIds', 'unknown');
}
