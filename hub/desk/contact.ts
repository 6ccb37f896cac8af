import { retagged } from '../../core/contact-tags.ts';
import { type By, mustHave } from '../../core/desk.ts';
import { levelOf } from '../../core/level.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Hub } from '../hub.ts';
import { wrong } from '../problem.ts';
import { audit } from '../store/audit.ts';
import { lockTags, noteActivity, openSessionsOf, setBlocked, setTags } from '../store/contact-list.ts';
import type { Org } from '../store/org.ts';
import { act } from './act.ts';

/** TG-08: puts tags on contacts and takes tags off. Who waits is ranked anew by his level (DS-01). Gives how many changed. */
export async function tagContacts(
  hub: Hub,
  org: Org,
  memberId: string,
  contactIds: readonly string[],
  change: { add?: readonly string[]; remove?: readonly string[] } | { exactly: readonly string[] },
): Promise<number> {
  const { contactTags, settings } = await hub.rulebook.rules(org.id);
  const add = 'exactly' in change ? change.exactly : (change.add ?? []);
  const unknown = add.findIndex((id) => !contactTags.has(id));
  if (unknown >= 0) throw wrong(`${'exactly' in change ? 'tagIds' : 'add'}.${unknown}`, 'unknown');
  const moved = new Map<string, string[]>();
  await org.transaction(async (tx) => {
    const rows = await lockTags(tx, contactIds);
    if (rows.length < new Set(contactIds).size) throw new Refusal('not_found');
    for (const { id, tag_ids } of rows) {
      const after = 'exactly' in change ? retagged([], { add }, contactTags) : retagged(tag_ids, change, contactTags);
      if (JSON.stringify(after) === JSON.stringify(tag_ids)) continue;
      moved.set(id, after);
      await setTags(tx, id, after, new Date(hub.now()));
      await audit(tx, memberId, 'contact.tagged', id, { tagIds: tag_ids }, { tagIds: after });
    }
  });
  hub.live.publish(
    org.id,
    [...moved.keys()].map((id) => ({ kind: 'contact', id })),
  );
  if (moved.size)
    for (const row of await openSessionsOf(org, [...moved.keys()])) {
      const priority = levelOf(moved.get(row.contact_id)!, settings.matching.levels);
      if (row.state === 'waiting' && row.priority !== priority)
        await act(hub, org, row.id, ({ session }) => (session.state === 'waiting' ? [{ do: 'rank', priority }] : []));
    }
  return moved.size;
}

/** CT-05, CT-06: nothing more is heard of him, what is open ends without a word, and his record says who did it and why. Throws `not_allowed` (TR-07). */
export async function block(
  hub: Hub,
  org: Org,
  by: By,
  contactId: string,
  wish: { on: boolean; reason: string | null },
): Promise<void> {
  mustHave(by, 'mayBlock', (await hub.rulebook.rules(org.id)).settings.desk);
  const memberId = by.id;
  const { on, reason } = wish;
  const at = new Date(hub.now());
  const changed = await org.transaction(async (tx) => {
    const done = await setBlocked(tx, contactId, on ? { by: memberId, reason } : null, at);
    if (!done) return false;
    const kind = on ? 'blocked' : 'unblocked';
    await noteActivity(tx, { contactId, kind, memberId, data: on ? { reason } : null, at });
    await audit(tx, memberId, `contact.${kind}`, contactId, null, on ? { reason } : null);
    return true;
  });
  if (!changed) return;
  // Before the sessions end, so that no hub opens a new one for a message on its way.
  hub.live.publish(org.id, [{ kind: 'contact', id: contactId }]);
  if (!on) return;
  for (const { id } of await openSessionsOf(org, [contactId]))
    await act(hub, org, id, ({ session }) =>
      session.state === 'closed' ? [] : [{ do: 'close', by: 'agent', memberId, reason: 'blacklisted' }],
    );
}
