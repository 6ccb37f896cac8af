import { deadline, due } from '../../core/timers.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { Changes, Conflict } from '../store/changes.ts';
import type { Org } from '../store/org.ts';
import { dueSessions, takeDue, windAgain } from '../store/waking.ts';
import { announce } from './announce.ts';
import { apply } from './apply/index.ts';
import { timing } from './deadline.ts';
import type { About } from './match.ts';
import type { OpenChannel } from './rulebook.ts';
import { languageFor } from './situation.ts';
import { steadyClock } from './steady.ts';
import { tracked } from './track.ts';
import { sessionOf } from './view.ts';

/** Sessions looked at in one round. */
const MOST = 500;
/** How often each hub looks. Milliseconds; lateness is at most about this. */
const EVERY_MS = 500;

/**
 * Acts on the sessions whose deadline has come (SS-17…SS-23). Each is locked for the time of the decision, and the act is
 * an event with the session's next number: of several hubs exactly one acts. Gives how many were looked at; `now` in epoch
 * milliseconds. A killed hub's locks are free at once, so another takes over in the next round.
 */
export async function wake(hub: Hub, now = hub.now()): Promise<number> {
  const rows = await dueSessions(hub.db, new Date(now), MOST);
  for (const [organisationId, mine] of Map.groupBy(rows, (row) => row.organisationId)) {
    const org = hub.db.org(organisationId);
    // Before the transaction, which must not wait for a second connection.
    const channels = new Map<string, OpenChannel>();
    for (const id of new Set(mine.map((row) => row.channelId))) {
      const channel = await hub.rulebook.channelById(org.id, id);
      if (channel) channels.set(id, channel);
    }
    const changes = new Changes();
    const about = { rules: await hub.rulebook.rules(org.id), people: await hub.directory.members(org.id), channels };
    try {
      const ids = mine.map((row) => row.id);
      await org.transaction((tx) => round(tx, ids, now, about, changes));
      announce(hub, org.id, changes);
    } catch (error) {
      // Somebody wrote in the same moment: the rows are still due, and the next round sees what is true then.
      if (!(error instanceof Conflict)) throw error;
    }
  }
  return rows.length;
}

async function round(
  org: Org,
  ids: readonly string[],
  now: number,
  { rules, people, channels }: About,
  changes: Changes,
): Promise<void> {
  const early: { id: string; seq: number; wakeAt: Date | null }[] = [];
  for (const { language, position, ...row } of await takeDue(org, ids, new Date(now))) {
    const channel = channels.get(row.channel_id);
    const session = sessionOf(row);
    const about = {
      settings: rules.settings,
      language: languageFor(channel, language),
      at: now,
      position,
      newId,
    };
    const steps = channel ? due(session, about) : [];
    if (!channel || !steps.length) {
      // A connector that is gone can do nothing more for it; looked at again in a day.
      const next = channel ? deadline(session, rules.settings) : now + 86_400_000;
      early.push({ id: row.id, seq: row.seq, wakeAt: next === null ? null : new Date(Math.max(next, now + 100)) });
      continue;
    }
    row.wake_at = null;
    apply(
      {
        changes,
        at: new Date(now),
        channel,
        identity: { id: row.identity_id, contactId: row.contact_id },
        session: row,
        from: row.seq,
        found: new Map(),
        ...timing(rules),
      },
      tracked(steps, { channel, rules, people, language }),
    );
  }
  await changes.write(org);
  await windAgain(org, early);
}

/** Looks again and again until stopped. Full rounds follow each other at once. */
export function startWaking(hub: Hub): () => Promise<void> {
  const clock = steadyClock(hub.now, () => performance.now());
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  async function turn(): Promise<void> {
    try {
      for (let looked = MOST; looked === MOST && !stopped; ) looked = await wake(hub, clock());
    } catch (error) {
      hub.log.error({ error: (error as Error).message }, 'timers could not be looked at; again in a moment');
    }
    if (!stopped) timer = setTimeout(again, EVERY_MS);
  }
  const again = () => {
    running = turn();
  };
  again();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
