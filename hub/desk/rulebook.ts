import type { Accounts, AppKind } from '../../connectors/app.ts';
import { apps } from '../../connectors/apps.ts';
import type { Connector } from '../../connectors/connector.ts';
import { connectors } from '../../connectors/index.ts';
import type { Can } from '../../core/can.ts';
import type { AutoReplyRule, Rules, Scan } from '../../core/rules.ts';
import { buildIndex, find, type Hit, handoffOf, hitsOf, type Word, wordOf } from '../../core/words/index.ts';
import { kept } from '../kept.ts';
import type { Live } from '../live.ts';
import type { Secrets } from '../secrets.ts';
import { Reception, Routing } from '../shapes/house.ts';
import { type AppRow, accountsOfApp, appById, appByKey } from '../store/apps.ts';
import type { Database } from '../store/database.ts';
import { type ChannelRow, channelById, channelByKey, channelOfAccount, ruleSources } from '../store/rulebook.ts';

/** A channel ready for work: its connector found, its secrets opened. Stays inside the hub. */
export interface OpenChannel {
  id: string;
  organisationId: string;
  key: string;
  name: string;
  enabled: boolean;
  sandbox: boolean;
  groupId: string | null;
  connector: Connector;
  /** What the connector is handed: the account's own values, and the app's under `app`. */
  config: ChannelConfig;
  style: Record<string, unknown> | null;
  /** The platform's id of the account. */
  account: string | null;
  app: OpenApp | null;
  /** False when its owner took it back or an admin disconnected it: nothing is sent. */
  connected: boolean;
}
export type ChannelConfig = Record<string, string> | (Record<string, string> & { app: Record<string, string> });

/** What this account can carry. */
export const canOf = ({ connector, config }: Pick<OpenChannel, 'connector' | 'config'>): Can =>
  connector.canFor?.(config) ?? connector.can;

/** An app ready for work, with the accounts connected through it: channel ids by the platform's account id. */
export interface OpenApp {
  id: string;
  organisationId: string;
  key: string;
  name: string;
  sandbox: boolean;
  kind: AppKind;
  config: Record<string, string>;
  accounts: Connected;
}

/** The accounts of an app, by the platform's id of each. */
export class Connected implements Accounts {
  readonly #rows: ReadonlyMap<string, { id: string; config: Record<string, string> }>;
  constructor(rows: readonly { id: string; account: string; config: Record<string, string> }[]) {
    this.#rows = new Map(rows.map(({ account, id, config }) => [account, { id, config }]));
  }
  has(account: string): boolean {
    return this.#rows.has(account);
  }
  config(account: string): Record<string, string> | undefined {
    return this.#rows.get(account)?.config;
  }
  channelOf(account: string): string | undefined {
    return this.#rows.get(account)?.id;
  }
}

/** Rules with what only the hub needs to know of them. */
export interface CompiledRules extends Rules {
  reception: Rules['reception'] & { showAgentName: boolean; dispatcher: string };
}

/**
 * Rules, words and channels of every organisation, compiled once per change and kept in memory; news of a change throws
 * them out. At most `MOST` organisations stay: the rest are read again when they speak.
 */
const MOST = 1000;

export class Rulebook {
  readonly #db: Database;
  readonly #secrets: Secrets;
  readonly #rules = new Map<string, Promise<CompiledRules>>();
  readonly #channels = new Map<string, Promise<OpenChannel | null>>();
  readonly #apps = new Map<string, Promise<OpenApp | null>>();
  readonly #siblings = new Map<string, Promise<string | null>>();
  readonly #stop: () => void;

  constructor(db: Database, secrets: Secrets, live: Live) {
    this.#db = db;
    this.#secrets = secrets;
    this.#stop = live.subscribe((organisationId, news) => {
      for (const item of news) {
        if (item.kind !== 'changed') continue;
        if (item.area === 'auto-replies' || item.area === 'words' || item.area === 'settings' || item.area === 'groups')
          this.#rules.delete(organisationId);
        if (item.area === 'channels') {
          this.#channels.clear();
          this.#apps.clear();
          this.#siblings.clear();
          this.#rules.delete(organisationId);
        }
      }
    });
  }

  close(): void {
    this.#stop();
  }

  rules(organisationId: string): Promise<CompiledRules> {
    return kept(this.#rules, organisationId, MOST, () => this.#compile(organisationId));
  }

  /** By the key in its addresses; null for one that is not, or no longer, there. */
  channelByKey(key: string): Promise<OpenChannel | null> {
    return kept(this.#channels, key, MOST, async () => {
      const row = await channelByKey(this.#db.everywhere, key);
      return row ? await this.#open(row) : null;
    });
  }

  channelById(organisationId: string, id: string): Promise<OpenChannel | null> {
    return kept(this.#channels, `${organisationId}:${id}`, MOST, async () => {
      const row = await channelById(this.#db.org(organisationId), id);
      return row ? await this.#open(row) : null;
    });
  }

  /** By the key in its addresses. */
  appByKey(key: string): Promise<OpenApp | null> {
    return kept(this.#apps, key, MOST, async () => {
      const row = await appByKey(this.#db.everywhere, key);
      return row ? await this.#openApp(row) : null;
    });
  }

  appById(organisationId: string, id: string): Promise<OpenApp | null> {
    return kept(this.#apps, `${organisationId}:${id}`, MOST, async () => {
      const row = await appById(this.#db.org(organisationId), id);
      return row ? await this.#openApp(row) : null;
    });
  }

  /** The channel of an account beside this one: a platform may push several accounts to one address. */
  async sibling(channel: OpenChannel, account: string): Promise<OpenChannel | null> {
    const id = await kept(this.#siblings, `${channel.organisationId}:${channel.connector.name}:${account}`, MOST, () =>
      channelOfAccount(this.#db.org(channel.organisationId), channel.connector.name, account),
    );
    return id ? await this.channelById(channel.organisationId, id) : null;
  }

  async #openApp(row: AppRow): Promise<OpenApp | null> {
    const kind = Object.hasOwn(apps, row.kind) ? apps[row.kind] : undefined;
    if (!kind) return null;
    const accounts = await accountsOfApp(this.#db.org(row.organisation_id), row.id);
    return {
      id: row.id,
      organisationId: row.organisation_id,
      key: row.key,
      name: row.name,
      sandbox: row.sandbox,
      kind,
      config: { ...row.config, ...this.#secretsOf(row) },
      accounts: new Connected(accounts),
    };
  }

  #secretsOf(row: { id: string; secrets: Buffer | null }): Record<string, string> {
    return row.secrets ? (JSON.parse(this.#secrets.open(row.secrets, row.id)) as Record<string, string>) : {};
  }

  async #open(row: ChannelRow): Promise<OpenChannel | null> {
    const connector = (connectors as Record<string, Connector>)[row.connector];
    if (!connector) return null;
    const app = row.app_id ? await this.appById(row.organisation_id, row.app_id) : null;
    // An account without the app it came through can neither hear nor speak.
    if (row.app_id && !app) return null;
    return {
      id: row.id,
      organisationId: row.organisation_id,
      key: row.key,
      name: row.name,
      enabled: row.enabled,
      sandbox: row.sandbox,
      groupId: row.group_id,
      connector,
      config: { ...row.config, ...this.#secretsOf(row), ...(app && { app: app.config }) } as ChannelConfig,
      style: row.style,
      account: row.account,
      app,
      connected: row.health_code !== 'revoked' && row.health_code !== 'disconnected',
    };
  }

  async #compile(organisationId: string): Promise<CompiledRules> {
    const org = this.#db.org(organisationId);
    const { replies, words, settings } = await ruleSources(org);
    const document = (area: string) => settings.find((row) => row.area === area)?.document ?? {};
    const reception = Reception.parse(document('reception'));
    const routing = Routing.parse(document('routing'));
    const channelGroups = new Map(
      (await org.select('channels').select(['id', 'group_id']).execute()).map((row) => [row.id, row.group_id]),
    );
    const compiled: AutoReplyRule[] = replies.map((row) => ({
      id: row.id,
      type: row.type,
      channelIds: row.channel_ids,
      replies: row.replies,
      mode: row.mode,
    }));
    return {
      reception,
      replies: compiled,
      scan: scanner(
        words.map((row) => ({
          ...row,
          word: wordOf(row.kind, row.id, row.text, row.match === 'equals' ? 'equals' : undefined),
        })),
        replies.flatMap((row) =>
          row.keywords.map((keyword) => wordOf('auto-reply', `rule:${row.id}`, keyword.text, keyword.match)),
        ),
      ),
      groupFor: (channelId) =>
        channelGroups.get(channelId) ??
        routing.rules.find((rule) => rule.channelId === channelId)?.groupId ??
        routing.fallbackGroupId,
    };
  }
}

function scanner(
  words: { id: string; group_id: string | null; text: string; word: Word }[],
  keywords: Word[],
): (text: string) => Scan {
  const index = buildIndex([...words.map((row) => row.word), ...keywords]);
  const texts = new Map(words.map((row) => [row.id, row.text]));
  const groups = new Map(words.filter((row) => row.group_id).map((row) => [row.id, row.group_id]));
  const told = (hits: Hit[], kind: 'forbidden' | 'sensitive' | 'reminder') =>
    hitsOf(hits, kind).map((hit) => ({
      kind,
      word: texts.get(hit.id as string) ?? '',
      start: hit.start,
      end: hit.end,
    }));
  return (text) => {
    const hits = find(index, text, { limit: 1000 });
    if (!hits.length) return NOTHING;
    const handoff = handoffOf(hits);
    const keywordHit = handoff === 'keyword-to-human' ? hitsOf(hits, 'keyword-to-human')[0] : undefined;
    return {
      human: handoff === 'forced-human',
      keywordHuman: keywordHit ? { groupId: groups.get(keywordHit.id as string) ?? null } : null,
      replyIds: new Set(hitsOf(hits, 'auto-reply').map((hit) => (hit.id as string).slice('rule:'.length))),
      forbidden: told(hits, 'forbidden'),
      sensitive: told(hits, 'sensitive'),
      reminder: told(hits, 'reminder'),
    };
  };
}

const NOTHING: Scan = {
  human: false,
  keywordHuman: null,
  replyIds: new Set(),
  forbidden: [],
  sensitive: [],
  reminder: [],
};
