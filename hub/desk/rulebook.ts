import type { Connector } from '../../connectors/connector.ts';
import { connectors } from '../../connectors/index.ts';
import type { AutoReplyRule, Rules, Scan } from '../../core/rules.ts';
import { buildIndex, find, type Hit, handoffOf, hitsOf, type Word, wordOf } from '../../core/words/index.ts';
import { kept } from '../kept.ts';
import type { Live } from '../live.ts';
import type { Secrets } from '../secrets.ts';
import { Reception, Routing } from '../shapes/house.ts';
import type { Database } from '../store/database.ts';
import { type ChannelRow, channelById, channelByKey, ruleSources } from '../store/rulebook.ts';

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
  config: Record<string, string>;
  style: Record<string, unknown> | null;
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
      return row ? this.#open(row) : null;
    });
  }

  channelById(organisationId: string, id: string): Promise<OpenChannel | null> {
    return kept(this.#channels, `${organisationId}:${id}`, MOST, async () => {
      const row = await channelById(this.#db.org(organisationId), id);
      return row ? this.#open(row) : null;
    });
  }

  #open(row: ChannelRow): OpenChannel | null {
    const connector = (connectors as Record<string, Connector>)[row.connector];
    if (!connector) return null;
    const secrets = row.secrets ? (JSON.parse(this.#secrets.open(row.secrets, row.id)) as Record<string, string>) : {};
    return {
      id: row.id,
      organisationId: row.organisation_id,
      key: row.key,
      name: row.name,
      enabled: row.enabled,
      sandbox: row.sandbox,
      groupId: row.group_id,
      connector,
      config: { ...row.config, ...secrets },
      style: row.style,
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
