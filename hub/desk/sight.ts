import { maySee } from '../../core/desk.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Me } from '../auth.ts';
import type { Hub } from '../hub.ts';
import type { SessionRow } from '../store/changes.ts';
import { hasServed, session as readSession, servesContact } from '../store/sessions.ts';
import { sessionOf } from './view.ts';

/** The queues this member sees; null: all of them. */
export async function queuesOf(hub: Hub, me: Pick<Me, 'org' | 'member'>): Promise<string[] | null> {
  if (me.member.role !== 'agent') return null;
  return (await hub.directory.members(me.org.id)).get(me.member.id)?.groupIds ?? [];
}

/** agents may be kept from looking into what waits. */
export async function seesWaiting(hub: Hub, me: Pick<Me, 'org' | 'member'>): Promise<boolean> {
  return me.member.role !== 'agent' || (await hub.rulebook.rules(me.org.id)).settings.desk.seeWaiting;
}

/** A-79; besides, whoever served it once may read it on, and an agent sees the earlier sessions of a customer he serves. */
export async function sees(hub: Hub, me: Pick<Me, 'org' | 'member'>, row: SessionRow): Promise<boolean> {
  const groupIds = (await queuesOf(hub, me)) ?? [];
  const { settings } = await hub.rulebook.rules(me.org.id);
  if (maySee(sessionOf(row), { id: me.member.id, role: me.member.role, groupIds }, settings.desk)) return true;
  if (await hasServed(me.org, row.id, me.member.id)) return true;
  return row.state === 'closed' && (await servesContact(me.org, row.contact_id, me.member.id));
}

/** The session, if this member may know of it: otherwise it is not there (404, never 403). */
export async function visible(hub: Hub, me: Me, id: string): Promise<SessionRow> {
  const row = await readSession(me.org, id);
  if (!row || !(await sees(hub, me, row))) throw new Refusal('not_found');
  return row;
}

/** Of two hundred who press accept, those who come late must hear `taken`, not that it never was. */
export async function visibleOrTaken(hub: Hub, me: Me, id: string): Promise<void> {
  const row = await readSession(me.org, id);
  if (!row) throw new Refusal('not_found');
  if (await sees(hub, me, row)) return;
  const groupIds = (await queuesOf(hub, me)) ?? [];
  const wasQueued = row.group_id === null || groupIds.includes(row.group_id);
  throw new Refusal(row.state === 'serving' && wasQueued ? 'taken' : 'not_found');
}
