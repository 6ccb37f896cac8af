import type { CheckPoint } from '../../connectors/connector.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Hub } from '../hub.ts';
import { callbackUrl } from '../sandboxes.ts';
import { setHealth } from '../store/channels.ts';
import type { Org } from '../store/org.ts';
import { toolsFor } from './tools.ts';

/**
 * Tries an account, and sets it up as far as its platform allows. What it finds becomes the channel's state: the first
 * point that is wrong, or all well. Throws `not_found`; `cannot_carry` where the connector has nothing to try.
 */
export async function check(hub: Hub, org: Org, id: string): Promise<CheckPoint[]> {
  const channel = await hub.rulebook.channelById(org.id, id);
  if (!channel) throw new Refusal('not_found');
  const { connector } = channel;
  if (!connector.check) throw new Refusal('cannot_carry', 'This connector has nothing to check.');
  const points = await connector.check(
    channel.config,
    toolsFor(hub, channel),
    callbackUrl(hub, connector.name, channel.key),
  );
  const bad = points.find((point) => !point.ok);
  const changed = bad
    ? await setHealth(org, id, { health: 'attention', code: bad.code ?? 'check', text: bad.what.en, points })
    : await setHealth(org, id, { health: 'ok', points });
  if (changed) hub.live.publish(org.id, [{ kind: 'changed', area: 'channels' }]);
  return points;
}
