import { Misconfigured, Refused, Retry } from '../../connectors/errors.ts';
import { connectors } from '../../connectors/index.ts';
import type { Hub } from '../hub.ts';
import {
  channelNeedsAttention,
  channelWithAccount,
  mergeConfig,
  oneChannel,
  patchChannel,
  setHealth,
  takeUpkeep,
} from '../store/channels.ts';
import { openSecrets } from './connect.ts';
import { toolsFor } from './tools.ts';

/** Another hub may try when this one died over it. Milliseconds. */
const PAUSE_MS = 10 * 60_000;
/** After a platform that did not answer, and after one that refused. Milliseconds. */
const SOON_MS = 5 * 60_000;
const LATER_MS = 60 * 60_000;

/** Looks after the accounts whose time has come: renews what ends, sees what the platform changed. Called by `tick`. */
export async function upkeepDue(hub: Hub): Promise<void> {
  for (const { organisationId, id } of await takeUpkeep(hub.db, new Date(hub.now()), PAUSE_MS, 20))
    await lookAfter(hub, organisationId, id);
}

/**
 * Looks after one account now. What is found becomes its state: the first point that is wrong, or all well again where
 * the trouble was of this kind. Never throws.
 */
export async function lookAfter(hub: Hub, organisationId: string, id: string): Promise<void> {
  const org = hub.db.org(organisationId);
  const now = () => new Date(hub.now());
  const channel = await hub.rulebook.channelById(organisationId, id);
  const upkeep = channel?.connector.upkeep;
  if (!channel || !upkeep) return await patchChannel(org, id, { upkeep_at: null });
  try {
    const found = await upkeep(channel.config, toolsFor(hub, channel));
    await patchChannel(org, id, {
      upkeep_at: found.next === null ? null : new Date(Math.max(found.next, hub.now() + 1000)),
      ...(found.expiresAt !== undefined && { expires_at: found.expiresAt === null ? null : new Date(found.expiresAt) }),
    });
    const learnt = found.config && (await mergeConfig(org, id, found.config));
    if (learnt) await learnAccount(hub, organisationId, id);
    let changed = learnt ?? false;
    if (found.points) {
      const { points } = found;
      const bad = points.find((point) => !point.ok);
      if (bad) await channelNeedsAttention(hub, organisationId, id, bad.code ?? 'check', bad.what.en, points);
      // Whoever never heard from the platform is new, not well.
      else changed = (await setHealth(org, id, { health: 'ok', points }, { unless: 'new' })) || changed;
    }
    if (changed) hub.live.publish(organisationId, [{ kind: 'changed', area: 'channels' }]);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (error instanceof Misconfigured || error instanceof Refused)
      await channelNeedsAttention(hub, organisationId, id, error.code, text);
    else if (!(error instanceof Retry)) hub.log.error({ error: text, channelId: id }, 'an account’s upkeep failed');
    const pause = error instanceof Retry ? (error.afterMs ?? SOON_MS) : LATER_MS;
    await patchChannel(org, id, { upkeep_at: new Date(now().getTime() + pause) });
  }
}

/** The form may not have told the platform's id of the account; now it is known. One that another channel has stays unknown. */
async function learnAccount(hub: Hub, organisationId: string, id: string): Promise<void> {
  const org = hub.db.org(organisationId);
  const row = await oneChannel(org, id);
  const connector = row && Object.hasOwn(connectors, row.connector) ? connectors[row.connector] : undefined;
  const account = row && connector?.account?.({ ...row.config, ...openSecrets(hub, row) });
  if (!account || account === row.account) return;
  if (await channelWithAccount(org, row.connector, account)) return;
  await patchChannel(org, id, { account });
}
