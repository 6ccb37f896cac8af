import type { Accounts, AppKind } from '../../connectors/app.ts';
import { apps } from '../../connectors/apps.ts';
import type { Connector } from '../../connectors/connector.ts';
import { connectors } from '../../connectors/index.ts';
import type { Can } from '../../core/can.ts';
import { type TagGroups, tagGroups } from '../../core/contact-tags.ts';
import { compileRoutes } from '../../core/route/index.ts';
import type { AutoReplyRule, Rules } from '../../core/rules.ts';
import type { Area, SessionTag } from '../../core/settings/index.ts';
import type { GroupTexts } from '../../core/situation.ts';
import { wordOf } from '../../core/words/index.ts';
import { kept } from '../kept.ts';
import type { Live } from '../live.ts';
import type { Secrets } from '../secrets.ts';
import { deciding, readAll } from '../settings/areas.ts';
import { type AppRow, accountsOfApp, appById, appByKey } from '../store/apps.ts';
import type { Database } from '../store/database.ts';
import {
  type ChannelRow,
  channelById,
  channelByKey,
  channelOfAccount,
  type GroupTextsRow,
  ruleSources,
} from '../store/rulebook.ts';
import { scanner } from './scanner.ts';

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
  /** Versions of the documents in `settings`, for traces. */
  versions: Partial<Record<Area, number>>;
  groups: ReadonlyMap<string, GroupTexts>;
  /** Every session tag of the tree, and every contact tag with its group, by id. */
  sessionTags: ReadonlyMap<string, SessionTag>;
  contactTags: TagGroups;
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
    const { replies, words, documents, groups } = await ruleSources(this.#db.org(organisationId));
    const settings = deciding(readAll(documents));
    const compiled: AutoReplyRule[] = replies.map((row) => ({
      id: row.id,
      type: row.type,
      channelIds: row.channel_ids,
      replies: row.replies,
      mode: row.mode,
    }));
    return {
      settings,
      routes: compileRoutes(settings),
      versions: Object.fromEntries(documents.map((row) => [row.area, row.version])),
      groups: new Map(groups.map((row) => [row.id, textsOf(row)])),
      sessionTags: new Map([...everyTag(settings['session-tags'].tags)].map((tag) => [tag.id, tag])),
      contactTags: tagGroups(settings['contact-tags']),
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
    };
  }
}

function* everyTag(tags: readonly SessionTag[]): Generator<SessionTag> {
  for (const tag of tags) {
    yield tag;
    yield* everyTag(tag.children);
  }
}

const textsOf = (row: GroupTextsRow): GroupTexts => ({
  id: row.id,
  name: row.name,
  planId: row.plan_id,
  greeting: { on: row.greeting_on, text: row.greeting },
  offHours: { on: row.off_on, text: row.off_text },
});
