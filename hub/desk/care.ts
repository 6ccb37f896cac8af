import * as desk from '../../core/desk.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { wrong } from '../problem.ts';
import { memberExists } from '../store/members.ts';
import type { Org } from '../store/org.ts';
import { act } from './act.ts';

/** What a member does about a session besides talking. Each throws Refusal. */

/** CS-13: several clicks are one invitation; `state` tells what became of this one. */
export async function invite(hub: Hub, org: Org, by: desk.By, sessionId: string) {
  let state: desk.Invited['state'] = 'sent';
  const row = await act(hub, org, sessionId, async ({ session, rules, language }) => {
    const how = { id: newId(), at: hub.now(), language: await language() };
    const invited = desk.inviteNow(session, by, rules.settings.ratings, how);
    state = invited.state;
    return invited.steps;
  });
  return { row, state };
}

/** A-70, TG-04: tags that the tree knows; what is taken off may be gone from it. */
export async function tag(
  hub: Hub,
  org: Org,
  by: desk.By,
  sessionId: string,
  change: { add: string[]; remove: string[] },
) {
  return await act(hub, org, sessionId, ({ session, rules }) => {
    const known = rules.sessionTags;
    const unknown = change.add.findIndex((id) => !known.has(id));
    if (unknown >= 0) throw wrong(`add.${unknown}`, 'unknown');
    return desk.tag(session, by, change);
  });
}

/** */
export async function lock(hub: Hub, org: Org, by: desk.By, sessionId: string, on: boolean) {
  return await act(hub, org, sessionId, ({ session, rules }) => desk.lock(session, by, on, rules.settings.desk));
}

/** brings a colleague in. */
export async function join(hub: Hub, org: Org, by: desk.By, sessionId: string, memberId: string) {
  if (!(await memberExists(org, memberId))) throw new Refusal('not_found');
  return await act(hub, org, sessionId, ({ session }) => desk.join(session, by, memberId));
}

export async function part(hub: Hub, org: Org, by: desk.By, sessionId: string, memberId: string) {
  return await act(hub, org, sessionId, ({ session }) => desk.part(session, by, memberId));
}
