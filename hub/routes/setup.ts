import { Refusal } from '../../core/refusal.ts';
import { authOf, hashPassword } from '../auth.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { Me, SetupRequest, SetupState } from '../shapes/house.ts';
import { showMe } from '../show/member.ts';
import { audit } from '../store/audit.ts';
import { foundOrganisation, needsOwner } from '../store/organisations.ts';
import { addFirstWords } from '../store/words.ts';
import { body, house, json, route } from './route.ts';

/** The first page: as long as nobody owns the house, whoever comes may. */
export function setup(hub: Hub) {
  return house()
    .openapi(
      route('everybody', {
        method: 'get',
        path: '/setup',
        tags: ['Start'],
        summary: 'Is there an owner yet?',
        responses: { 200: json(SetupState, 'State') },
      }),
      async (c) => c.json({ needsOwner: await needsOwner(hub.db), sandbox: hub.env.sandbox }, 200),
    )
    .openapi(
      route(
        'everybody',
        {
          method: 'post',
          path: '/setup',
          tags: ['Start'],
          summary: 'Make the organisation and its owner, and sign in',
          request: { body: body(SetupRequest) },
          responses: { 200: json(Me, 'The owner') },
        },
        { refuses: ['already_set_up'] },
      ),
      async (c) => {
        const wish = c.req.valid('json');
        // Asked before the costly hash; asked again inside the transaction, where it counts.
        if (!(await needsOwner(hub.db))) throw new Refusal('already_set_up');
        const user = {
          id: newId(),
          name: wish.name,
          username: wish.username,
          email: wish.email,
          hash: await hashPassword(wish.password),
        };
        const made = await foundOrganisation(hub.db, wish.organisation, user, async (org, memberId) => {
          await addFirstWords(org);
          await audit(org, memberId, 'organisation.founded', org.id, null, { name: wish.organisation });
        });
        if (!made) throw new Refusal('already_set_up');
        const signedIn = await authOf(hub).api.signInUsername({
          body: { username: wish.username, password: wish.password },
          headers: c.req.raw.headers,
          returnHeaders: true,
        });
        for (const cookie of signedIn.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
        const me = {
          org: hub.db.org(made.organisationId),
          organisation: { id: made.organisationId, name: wish.organisation },
        };
        return c.json(await showMe(hub, me, made.memberId, {}), 200);
      },
    );
}
