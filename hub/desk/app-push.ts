import type { AppChange, AppReceived } from '../../connectors/app.ts';
import type { RawRequest, Reply } from '../../connectors/connector.ts';
import { BadRequest, BadSignature } from '../../connectors/errors.ts';
import type { Inbound } from '../../core/inbound.ts';
import type { Hub } from '../hub.ts';
import { channelNeedsAttention } from '../store/channels.ts';
import { arrive } from './arrive.ts';
import { takeGrant } from './authorise.ts';
import { parkAtApp } from './park.ts';
import { appPulse } from './pulse.ts';
import type { OpenApp } from './rulebook.ts';
import { appTools, forgetAll } from './tools.ts';

/**
 * Takes in what a platform pushed to an app that serves many accounts: what changes the app itself is done first, then
 * each event goes to the channel of its account. Events of accounts that nobody connected are counted and dropped.
 * Throws as `arrive`, and BadSignature.
 */
export function appPushes(hub: Hub) {
  const note = appPulse(hub);
  return async (app: OpenApp, request: RawRequest, away: (error: unknown) => boolean): Promise<Reply | undefined> => {
    const begun = hub.now();
    if (!app.kind.receive) throw new BadSignature('This app has no address of its own.');
    let received: AppReceived;
    try {
      received = app.kind.receive(request, app.config, app.accounts);
    } catch (error) {
      if (error instanceof BadSignature || error instanceof BadRequest) throw error;
      await parkAtApp(hub, app, error);
      return undefined;
    }
    note(app);
    for (const change of received.changes ?? []) await applyChange(hub, app, change);
    const reply = await toChannels(hub, app, request, received, begun, away);
    if (received.after) {
      const { after } = received;
      // The answer leaves first; the platform waits for it.
      setImmediate(() => {
        after(appTools(hub, app)).catch((error: Error) =>
          hub.log.warn({ error: error.message, appId: app.id }, 'what follows a push to an app failed'),
        );
      });
    }
    return reply ?? received.reply;
  };
}

async function toChannels(
  hub: Hub,
  app: OpenApp,
  request: RawRequest,
  received: AppReceived,
  begun: number,
  away: (error: unknown) => boolean,
): Promise<Reply | undefined> {
  const byAccount = Map.groupBy(received.events, (event: Inbound) => event.account ?? '');
  let reply: Reply | undefined;
  for (const [account, events] of byAccount) {
    const id = app.accounts.channelOf(account);
    const channel = id ? await hub.rulebook.channelById(app.organisationId, id) : null;
    const outcome = channel?.enabled ? 'stored' : 'unknown_account';
    for (const event of events) hub.metrics.inbound.inc({ connector: app.kind.name, kind: event.kind, outcome });
    if (!channel?.enabled) continue;
    reply = await arrive(
      hub,
      channel,
      request,
      { ...received, events },
      begun,
      (error) => error instanceof BadRequest || away(error),
    );
  }
  return reply;
}

async function applyChange(hub: Hub, app: OpenApp, change: AppChange): Promise<void> {
  switch (change.do) {
    case 'keep': {
      const { vault } = appTools(hub, app);
      const before = Number((await vault.get(`${change.key}:at`)) ?? 0);
      if (before > change.at) return;
      await vault.put(change.key, change.value);
      await vault.put(`${change.key}:at`, String(change.at));
      return;
    }
    case 'authorise':
      takeGrant(hub, app, change.grant);
      return;
    case 'revoke': {
      const id = app.accounts.channelOf(change.account);
      if (!id) return;
      await forgetAll(hub, { organisationId: app.organisationId, id });
      const point = {
        code: 'revoked',
        ok: false,
        what: change.why,
        mend: { zh: '请重新扫码授权。', en: 'Authorise again by scanning.' },
      };
      await channelNeedsAttention(hub, app.organisationId, id, 'revoked', change.why.en, [point]);
      return;
    }
    default:
      change satisfies never;
  }
}
