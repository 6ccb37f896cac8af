import { signature } from '../../connectors/line/replay.ts';
import { signVisitor } from '../../connectors/web/token.ts';
import { AREAS, type Area } from '../../core/settings/index.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import type { Org } from '../store/org.ts';
import { putSettings, settingsOf } from '../store/settings.ts';

/** Rows that tests begin with. Each function makes one thing and gives back what the test needs of it. */

export async function organisation(hub: Hub, name = 'Org'): Promise<Org> {
  const id = newId();
  await hub.db.everywhere.insertInto('organisations').values({ id, name }).execute();
  return hub.db.org(id);
}

export async function member(
  hub: Hub,
  org: Org,
  more: {
    role?: 'owner' | 'admin' | 'supervisor' | 'agent';
    cap?: number;
    present?: boolean;
    groupIds?: string[];
    name?: string;
  } = {},
): Promise<string> {
  const id = newId();
  await org
    .insert('members', {
      id,
      user_id: id,
      name: more.name ?? `agent ${id.slice(-4)}`,
      avatar: null,
      role: more.role ?? 'agent',
      cap: more.cap ?? 10,
      preferences: '{}',
      disabled_at: null,
      last_assigned_at: null,
      present_until: more.present === false ? null : new Date(hub.now() + 3_600_000),
    })
    .execute();
  for (const group_id of more.groupIds ?? []) await org.insert('group_members', { group_id, member_id: id }).execute();
  hub.live.publish(org.id, [{ kind: 'changed', area: 'members' }]);
  return id;
}

export async function group(org: Org, name = 'Group'): Promise<string> {
  const id = newId();
  await org.insert('skill_groups', { id, name }).execute();
  return id;
}

export const LINE_CONFIG = {
  channelId: '1234567890',
  channelSecret: '0123456789abcdef0123456789abcdef',
  accessToken: 'token-of-a-test-that-is-long-enough',
};

export async function lineChannel(
  hub: Hub,
  org: Org,
  groupId: string | null = null,
): Promise<{ id: string; key: string }> {
  const id = newId();
  const key = `line-${id.slice(-12)}`;
  const { channelId, ...secret } = LINE_CONFIG;
  await org
    .insert('channels', {
      id,
      key,
      connector: 'line',
      name: 'LINE',
      group_id: groupId,
      config: JSON.stringify({ channelId }),
      secrets: hub.secrets.seal(JSON.stringify(secret), id),
      style: null,
      health_code: null,
      health_text: null,
      last_inbound_at: null,
      deleted_at: null,
    })
    .execute();
  hub.live.publish(org.id, [{ kind: 'changed', area: 'channels' }]);
  return { id, key };
}

export async function webChannel(
  hub: Hub,
  org: Org,
  groupId: string | null = null,
): Promise<{ id: string; key: string; visitor: () => { id: string; token: string } }> {
  const id = newId();
  const key = `web-${id.slice(-12)}`;
  const secret = `secret-of-${id}`;
  await org
    .insert('channels', {
      id,
      key,
      connector: 'web',
      name: 'Web',
      group_id: groupId,
      config: '{}',
      secrets: hub.secrets.seal(JSON.stringify({ secret }), id),
      style: '{}',
      health_code: null,
      health_text: null,
      last_inbound_at: null,
      deleted_at: null,
    })
    .execute();
  hub.live.publish(org.id, [{ kind: 'changed', area: 'channels' }]);
  return {
    id,
    key,
    visitor: () => {
      const visitorId = newId();
      return { id: visitorId, token: signVisitor(secret, visitorId) };
    },
  };
}

export async function keywordRule(
  hub: Hub,
  org: Org,
  keyword: string,
  text: string,
  more: { type?: 'welcome' | 'keyword'; mode?: 'all' | 'random'; texts?: string[]; match?: 'contains' | 'equals' } = {},
): Promise<string> {
  const id = newId();
  await org
    .insert('auto_replies', {
      id,
      name: keyword,
      type: more.type ?? 'keyword',
      mode: more.mode ?? 'all',
      keywords: JSON.stringify(more.type === 'welcome' ? [] : [{ text: keyword, match: more.match ?? 'contains' }]),
      replies: JSON.stringify((more.texts ?? [text]).map((one) => ({ type: 'text', text: one }))),
    })
    .execute();
  hub.live.publish(org.id, [{ kind: 'changed', area: 'auto-replies' }]);
  return id;
}

export async function word(
  hub: Hub,
  org: Org,
  kind: 'forced-human' | 'keyword-to-human' | 'forbidden' | 'sensitive' | 'reminder',
  text: string,
  match: 'contains' | 'equals' = 'contains',
): Promise<void> {
  await org.insert('words', { id: newId(), kind, text, match, group_id: null }).execute();
  hub.live.publish(org.id, [{ kind: 'changed', area: 'words' }]);
}

/** A LINE text message as LINE would post it, signed. */
export function lineText(
  text: string,
  more: { from?: string; messageId?: string; eventId?: string; now?: number } = {},
): { body: Uint8Array<ArrayBuffer>; headers: Record<string, string> } {
  const now = more.now ?? Date.now();
  const number = more.messageId ?? String(BigInt(now) * 100_000n + BigInt(Math.floor(Math.random() * 100_000)));
  return lineEvents([
    {
      type: 'message',
      mode: 'active',
      timestamp: now,
      source: { type: 'user', userId: more.from ?? `U${'a'.repeat(32)}` },
      webhookEventId: more.eventId ?? `01${number.padStart(24, '0').slice(-24)}`,
      deliveryContext: { isRedelivery: false },
      replyToken: `r${number}`.padEnd(32, '0').slice(0, 32),
      message: { id: number, type: 'text', text, quoteToken: `q${number}` },
    },
  ]);
}

export function lineEvents(events: object[]): { body: Uint8Array<ArrayBuffer>; headers: Record<string, string> } {
  const body = new TextEncoder().encode(JSON.stringify({ destination: `U${'0'.repeat(32)}`, events }));
  return {
    body,
    headers: { 'content-type': 'application/json', 'x-line-signature': signature(body, LINE_CONFIG.channelSecret) },
  };
}

/** Puts a settings document as an admin would, over whatever is there. */
export async function setting(hub: Hub, org: Org, area: Area, document: object): Promise<void> {
  const { version } = await settingsOf(org, area);
  await putSettings(org, area, version, AREAS[area].parse(document), new Date(hub.now()), null);
  hub.live.publish(org.id, [{ kind: 'changed', area: 'settings' }]);
}
