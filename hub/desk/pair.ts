import { match } from '../../core/match.ts';
import { Matching } from '../../core/settings/index.ts';
import type { Hub } from '../hub.ts';
import { Changes, Conflict } from '../store/changes.ts';
import type { Org } from '../store/org.ts';
import { channelsWaiting, lockAgents, markAssigned, waitingSessions } from '../store/sessions.ts';
import { announce } from './announce.ts';
import { apply } from './apply/index.ts';
import { timing } from './deadline.ts';
import type { CompiledRules, OpenChannel } from './rulebook.ts';

/** Sessions looked at in one go; what is left comes in the next. */
const MOST = 500;

/** Wakes matching for an organisation. While one round runs, any number of wakes become one more round. */
export interface Pairing {
  wake(organisationId: string): void;
  idle(): Promise<void>;
}

export function pairing(hub: Hub): Pairing {
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  async function run(organisationId: string): Promise<void> {
    do {
      again.delete(organisationId);
      await pair(hub, hub.db.org(organisationId)).catch((error: Error) =>
        hub.log.error({ error: error.message, organisationId }, 'matching failed; tick tries again'),
      );
    } while (again.has(organisationId));
    running.delete(organisationId);
  }
  return {
    wake(organisationId) {
      if (running.has(organisationId)) again.add(organisationId);
      else running.set(organisationId, run(organisationId));
    },
    async idle() {
      await Promise.all(running.values());
    },
  };
}

/** Queue first, then match: one path for a new waiter, a freed agent and the clock. Race-free across hubs. */
export async function pair(hub: Hub, org: Org): Promise<number> {
  // Before the transaction, which must not wait for a second connection. A session of a newer channel comes in the next round.
  const channels = new Map<string, OpenChannel>();
  for (const id of await channelsWaiting(org)) {
    const channel = await hub.rulebook.channelById(org.id, id);
    if (channel) channels.set(id, channel);
  }
  if (!channels.size) return 0;
  const rules = await hub.rulebook.rules(org.id);
  for (let tries = 1; ; tries++) {
    const changes = new Changes();
    try {
      const pairs = await org.transaction((tx) => once(hub, tx, channels, rules, changes));
      announce(hub, org.id, changes);
      return pairs;
    } catch (error) {
      if (!(error instanceof Conflict) || tries === 10) throw error;
    }
  }
}

async function once(
  hub: Hub,
  org: Org,
  channels: ReadonlyMap<string, OpenChannel>,
  rules: CompiledRules,
  changes: Changes,
): Promise<number> {
  const now = new Date(hub.now());
  const agents = await lockAgents(org, { now });
  const free = agents.filter((agent) => agent.serving < agent.cap);
  if (!free.length) return 0;
  const waiting = await waitingSessions(
    org,
    { groupIds: [...new Set(free.flatMap((agent) => agent.groupIds))], channelIds: [...channels.keys()] },
    MOST,
  );
  if (!waiting.length) return 0;
  const pairs = match(
    waiting.map((row) => ({
      sessionId: row.id,
      groupId: row.group_id,
      since: row.waiting_since!.getTime(),
      priority: row.priority,
      wanted: row.wanted_id ? { agentId: row.wanted_id, until: row.wanted_until?.getTime() ?? 0 } : null,
      regularAgentId: null,
    })),
    free.map((agent) => ({
      id: agent.id,
      groups: Object.fromEntries(agent.groupIds.map((id) => [id, 0])),
      overflow: [],
      status: 'online' as const,
      connected: true,
      serving: agent.serving,
      cap: agent.cap,
      level: 5,
      lastAssigned: agent.last_assigned_at?.getTime() ?? 0,
    })),
    { matching: Matching.parse({}), at: now.getTime(), open: () => true },
  );
  for (const { sessionId, agentId } of pairs) {
    const session = waiting.find((row) => row.id === sessionId)!;
    const identity = { id: session.identity_id, contactId: session.contact_id };
    apply(
      {
        changes,
        at: now,
        channel: channels.get(session.channel_id)!,
        identity,
        session,
        from: session.seq,
        found: new Map(),
        ...timing(rules),
      },
      [{ do: 'serve', agentId, how: 'matched' }],
    );
  }
  await changes.write(org);
  await markAssigned(org, [...new Set(pairs.map((pair) => pair.agentId))], now);
  return pairs.length;
}
