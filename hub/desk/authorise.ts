import { randomBytes } from 'node:crypto';
import type { Authorised } from '../../connectors/app.ts';
import type { CheckPoint } from '../../connectors/connector.ts';
import { Refused } from '../../connectors/errors.ts';
import { connectors } from '../../connectors/index.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { raiseAlert } from '../store/alerts.ts';
import { audit } from '../store/audit.ts';
import {
  addChannel,
  channelWithAccount,
  lockChannel,
  lockConnecting,
  patchChannel,
  setHealth,
} from '../store/channels.ts';
import { kept, putKept, takeLease } from '../store/keep.ts';
import type { Org } from '../store/org.ts';
import { newKey } from './connect.ts';
import { inWords } from './in-words.ts';
import type { OpenApp } from './rulebook.ts';
import { appTools, putVault } from './tools.ts';
import { lookAfter } from './upkeep.ts';

/** A consent that nobody finished is forgotten after this. Milliseconds. */
const OPEN_MS = 15 * 60_000;
const PAUSES_MS = [1_000, 5_000, 20_000];

/** One consent under way, bound to the admin who began it. */
export interface Pending {
  organisationId: string;
  memberId: string;
  appId: string;
  connector?: string;
  /** Re-authorises this channel; no other account will do. */
  channelId?: string;
  status: 'waiting' | 'done' | 'failed';
  channelIds: string[];
  code?: string;
  text?: string;
  points: CheckPoint[];
}

const nameOf = (state: string) => `authorise:${state}`;
const askOf = ({ publicUrl }: Pick<Hub, 'publicUrl'>, state: string) => ({
  state,
  redirectUrl: `${publicUrl}/connect/${state}`,
  returnUrl: `${publicUrl}/connect`,
});

/** Begins a consent: gives the platform's page, to be opened by a click of the admin's. Throws what the platform refuses. */
export async function beginConsent(
  hub: Hub,
  app: OpenApp,
  memberId: string,
  wish: { connector?: string; channelId?: string },
): Promise<{ state: string; url: string; phoneUrl: string | null; until: number }> {
  const state = randomBytes(24).toString('base64url');
  const ask = { ...askOf(hub, state), ...(wish.connector && { connector: wish.connector }) };
  const consent = await inWords(() => app.kind.start(app.config, appTools(hub, app), ask));
  const pending: Pending = {
    organisationId: app.organisationId,
    memberId,
    appId: app.id,
    ...wish,
    status: 'waiting',
    channelIds: [],
    points: [],
  };
  await writePending(hub, state, pending);
  return {
    state,
    url: consent.url,
    phoneUrl: consent.phoneUrl ?? null,
    until: Math.min(consent.until, hub.now() + OPEN_MS),
  };
}

export async function readPending(hub: Hub, state: string): Promise<Pending | null> {
  const row = await kept(hub.db, nameOf(state), new Date(hub.now()));
  return row ? (JSON.parse(hub.secrets.open(row.value, nameOf(state))) as Pending) : null;
}

async function writePending(hub: Hub, state: string, pending: Pending): Promise<void> {
  const sealed = hub.secrets.seal(JSON.stringify(pending), nameOf(state));
  await putKept(hub.db, nameOf(state), sealed, new Date(hub.now() + OPEN_MS));
}

/** The admin came back from the platform. Each consent is finished once; what came of it is kept for the page that waits. */
export async function finishConsent(
  hub: Hub,
  state: string,
  pending: Pending,
  query: Record<string, string>,
): Promise<Pending> {
  const owner = randomBytes(16);
  const now = hub.now();
  // A browser may ask twice; the code it brings works once.
  if (!(await takeLease(hub.db, nameOf(state), owner, new Date(now), new Date(now + 60_000))))
    return await awaited(hub, state, pending);
  const app = await hub.rulebook.appById(pending.organisationId, pending.appId);
  let outcome: Pending;
  try {
    if (!app) throw new Refusal('not_found');
    const ask = { ...askOf(hub, state), connector: pending.connector };
    const authorised = await inWords(() => app.kind.finish(query, app.config, appTools(hub, app), ask));
    const channelIds = await takeOver(hub, app, authorised, pending.memberId, pending.channelId);
    outcome = { ...pending, status: 'done', channelIds, points: authorised.flatMap((one) => one.points ?? []) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    outcome = { ...pending, status: 'failed', code: error.code, text: error.message };
  }
  await writePending(hub, state, outcome);
  return outcome;
}

/** What the other request made of it. */
async function awaited(hub: Hub, state: string, pending: Pending): Promise<Pending> {
  for (let tries = 0; tries < 50; tries++) {
    const now = (await readPending(hub, state)) ?? pending;
    if (now.status !== 'waiting') return now;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { ...pending, status: 'failed', code: 'platform_away' };
}

/** A consent told by a push: accounts are made of it in the background, a few times, and the admin is told when it fails. */
export function takeGrant(hub: Hub, app: OpenApp, grant: Record<string, string>): void {
  const { granted } = app.kind;
  if (!granted) return;
  const work = async () => {
    for (let tries = 0; ; tries++) {
      try {
        await takeOver(hub, app, await granted(grant, app.config, appTools(hub, app)), null);
        return;
      } catch (error) {
        // The browser was faster: the code is used, the account is ours.
        if (error instanceof Refused || error instanceof Refusal) return;
        if (tries === PAUSES_MS.length) throw error;
        await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[tries]).unref());
      }
    }
  };
  work().catch(async (error: Error) => {
    hub.log.warn({ error: error.message, appId: app.id }, 'an authorisation told by a push could not be taken');
    await raiseAlert(hub, hub.db.org(app.organisationId), {
      kind: 'channel',
      text: `${app.name}: ${error.message}`.slice(0, 500),
    });
  });
}

/**
 * Makes channels of accounts somebody has put into our hands, or renews those that are channels already. An account is
 * connected once in the whole house. Throws `already_connected`, `wrong_account`. Gives the channels' ids.
 */
export async function takeOver(
  hub: Hub,
  app: OpenApp,
  authorised: readonly Authorised[],
  memberId: string | null,
  channelId?: string,
): Promise<string[]> {
  const org = hub.db.org(app.organisationId);
  const ids: string[] = [];
  for (const one of authorised) {
    const id = await org.transaction((tx) => put(hub, tx, app, one, memberId, channelId));
    ids.push(id);
    for (const [key, value] of Object.entries(one.vault ?? {}))
      await putVault(hub, { organisationId: app.organisationId, id }, key, value);
  }
  hub.live.publish(app.organisationId, [{ kind: 'changed', area: 'channels' }]);
  for (const [index, one] of authorised.entries()) {
    const id = ids[index]!;
    const bad = one.points?.find((point) => !point.ok);
    const points = one.points ?? [];
    await setHealth(org, id, { health: 'ok', points });
    await lookAfter(hub, app.organisationId, id);
    // What the consent itself showed (a permission unticked) stands until the account is looked after again.
    if (bad) await setHealth(org, id, { health: 'attention', code: bad.code ?? 'check', text: bad.what.en, points });
  }
  hub.live.publish(app.organisationId, [{ kind: 'changed', area: 'channels' }]);
  return ids;
}

async function put(
  hub: Hub,
  org: Org,
  app: OpenApp,
  one: Authorised,
  memberId: string | null,
  channelId?: string,
): Promise<string> {
  const connector = Object.hasOwn(connectors, one.connector) ? connectors[one.connector]! : undefined;
  if (!connector) throw new Refusal('invalid_input', `There is no connector ${one.connector}.`);
  await lockConnecting(org, connector.name);
  const taken = await channelWithAccount(org, connector.name, one.account);
  if (taken && (!taken.mine || (taken.app_id === null && taken.id !== channelId)))
    throw new Refusal('already_connected');
  const { app: _, ...config } = connector.config.parse({ ...one.config, app: app.config }) as Record<string, string>;
  const common = {
    app_id: app.id,
    account: one.account,
    avatar: one.avatar ?? null,
    expires_at: one.expiresAt ? new Date(one.expiresAt) : null,
    upkeep_at: connector.upkeep ? new Date(hub.now()) : null,
  };
  const old = taken?.id ?? channelId;
  if (old) {
    const row = await lockChannel(org, old);
    if (!row) throw new Refusal('not_found');
    if (row.account && row.account !== one.account) throw new Refusal('wrong_account');
    if (channelId && taken && taken.id !== channelId) throw new Refusal('wrong_account');
    await patchChannel(org, old, { ...common, config: { ...row.config, ...config } });
    await audit(org, memberId, 'channel.authorised', old, undefined, { account: one.account });
    return old;
  }
  const id = newId();
  await addChannel(org, {
    id,
    connector: connector.name,
    name: one.name.slice(0, 100) || connector.label.zh,
    key: newKey(),
    group_id: null,
    style: null,
    sandbox: app.sandbox,
    secrets: null,
    config,
    ...common,
  });
  await audit(org, memberId, 'channel.created', id, undefined, {
    connector: connector.name,
    account: one.account,
    app: app.id,
  });
  return id;
}
