import type { AppKind } from '../../connectors/app.ts';
import { apps } from '../../connectors/apps.ts';
import type { Connector } from '../../connectors/connector.ts';
import { connectors } from '../../connectors/index.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { addDemoMerchant } from '../pay/demo.ts';
import { platformOfApp, sandboxAccount, sandboxApp, sandboxesOf } from '../sandboxes.ts';
import { addApp } from '../store/apps.ts';
import { addChannel } from '../store/channels.ts';
import type { Org } from '../store/org.ts';
import { takeOver } from './authorise.ts';
import { closeConfig, newKey } from './connect.ts';
import { appTools } from './tools.ts';

/**
 * Connects the demo organisation to a stand-in of every platform that has one: by its credentials where it has such a way
 * in, otherwise by a consent that the stand-in gives without a browser. A platform that fails is left out and told of in
 * the log; the others are there. Call when the hub can be reached under its own address.
 */
export async function connectDemo(hub: Hub, organisationId: string): Promise<void> {
  const org = hub.db.org(organisationId);
  for (const connector of Object.values(connectors)) {
    if (connector.link || connector.name === 'web') continue;
    const byHand = !connector.ways || connector.ways.some((way) => way.kind === 'fields');
    try {
      if (byHand) await byCredentials(hub, org, connector);
      else await byConsent(hub, org, connector);
    } catch (error) {
      hub.log.warn(
        { error: (error as Error).message, connector: connector.name },
        'the demo goes without this platform’s stand-in',
      );
    }
  }
  await addDemoMerchant(hub, org).catch((error: Error) =>
    hub.log.warn({ error: error.message }, 'the demo goes without a merchant'),
  );
  hub.live.publish(organisationId, [{ kind: 'changed', area: 'channels' }]);
}

async function byCredentials(hub: Hub, org: Org, connector: Connector): Promise<void> {
  const id = newId();
  const key = newKey();
  const account = sandboxAccount(hub, connector.name, key) as Record<string, string> | undefined;
  if (!account) return;
  const kept = closeConfig(hub, connector, id, account);
  await addChannel(org, {
    id,
    key,
    connector: connector.name,
    name: `${connector.label.zh}（沙盒 Sandbox）`.slice(0, 100),
    group_id: null,
    style: null,
    sandbox: true,
    account: connector.account?.(account) ?? null,
    upkeep_at: connector.upkeep ? new Date(hub.now()) : null,
    ...kept,
  });
}

async function byConsent(hub: Hub, org: Org, connector: Connector): Promise<void> {
  const kind = Object.values(apps).find((one: AppKind) => one.connectors.includes(connector.name));
  const consent = kind && sandboxesOf(hub).get(platformOfApp(kind))?.sandbox.consent;
  const id = newId();
  const key = newKey();
  const credentials = kind && sandboxApp(hub, kind, key);
  if (!kind || !consent || !credentials) return;
  await addApp(org, {
    id,
    kind: kind.name,
    name: `${kind.label.zh}（沙盒 Sandbox）`.slice(0, 100),
    key,
    sandbox: true,
    ...closeConfig(hub, kind, id, credentials),
  });
  hub.live.publish(org.id, [{ kind: 'changed', area: 'channels' }]);
  const app = (await hub.rulebook.appById(org.id, id))!;
  const redirectUrl = `${hub.publicUrl}/connect`;
  const ask = { state: 'demo', redirectUrl, returnUrl: redirectUrl, connector: connector.name };
  const query = await consent(app.config, '海纳演示 Haina Demo', ask);
  await takeOver(hub, app, await kind.finish(query, app.config, appTools(hub, app), ask), null);
}
