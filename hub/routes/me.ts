import { hashPassword, rightPassword } from '../auth.ts';
import type { Hub } from '../hub.ts';
import { wrong } from '../problem.ts';
import { Me, MePatch, PasswordChange, Preferences } from '../shapes/house.ts';
import { keepAvatar } from '../show/avatar.ts';
import { showMe } from '../show/member.ts';
import { audit } from '../store/audit.ts';
import { patchMember } from '../store/members.ts';
import { passwordOf, setPassword } from '../store/users.ts';
import { body, done, house, json, route } from './route.ts';

/** Oneself: name, status, own cap, preferences, password. */
export function me(hub: Hub) {
  return house()
    .openapi(
      route('agent', {
        method: 'get',
        path: '/me',
        tags: ['Me'],
        summary: 'Who am I?',
        responses: { 200: json(Me, 'Me') },
      }),
      async (c) => {
        const mine = c.get('me');
        return c.json(await showMe(hub, mine, mine.member.id, mine.member.preferences), 200);
      },
    )
    .openapi(
      route('agent', {
        method: 'patch',
        path: '/me',
        tags: ['Me'],
        summary: 'Change my name, status, cap or preferences',
        request: { body: body(MePatch) },
        responses: { 200: json(Me, 'Me') },
      }),
      async (c) => {
        const mine = c.get('me');
        const { preferences: wished, ...patch } = c.req.valid('json');
        if (patch.avatar) patch.avatar = await keepAvatar(hub, mine.org, patch.avatar);
        const preferences = Preferences.parse({ ...mine.member.preferences, ...wished });
        await mine.org.transaction(async (org) => {
          await patchMember(org, mine.member.id, { ...patch, ...(wished && { preferences }) });
          // Status and preferences change many times a day and are nobody's business to keep.
          const kept = (['name', 'cap', 'avatar'] as const).filter(
            (key) => patch[key] !== undefined && patch[key] !== mine.member[key],
          );
          if (kept.length) {
            const of = (row: object) => Object.fromEntries(kept.map((key) => [key, row[key as never]]));
            await audit(org, mine.member.id, 'member.changed', mine.member.id, of(mine.member), of(patch));
          }
        });
        hub.live.publish(mine.org.id, [{ kind: 'member', id: mine.member.id }]);
        return c.json(await showMe(hub, mine, mine.member.id, preferences), 200);
      },
    )
    .openapi(
      route('agent', {
        method: 'post',
        path: '/me/password',
        tags: ['Me'],
        summary: 'Change my password; my other sign-ins end',
        request: { body: body(PasswordChange) },
        responses: { 204: done },
      }),
      async (c) => {
        const mine = c.get('me');
        const { current, next } = c.req.valid('json');
        const stored = await passwordOf(hub.db, mine.userId);
        if (!stored || !(await rightPassword(stored, current))) throw wrong('current', 'wrong');
        await setPassword(hub.db, mine.userId, await hashPassword(next), mine.token);
        await audit(mine.org, mine.member.id, 'member.password_changed', mine.member.id);
        return c.body(null, 204);
      },
    );
}
