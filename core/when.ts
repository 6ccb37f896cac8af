import type { When } from './settings/index.ts';

/** Whom a condition is asked about. */
export interface About {
  /** The channel's kind. */
  connector: string;
  channelId: string;
  /** The contact's tags. */
  tags: readonly string[];
  /** What the link or page passed (API-04). */
  entry: Readonly<Record<string, string>>;
}

/** The part of a condition that does not hold. */
export type WhenCode = 'connector' | 'channel' | 'tag-any' | 'tag-all' | 'tag-none' | 'entry';

/**
 * Does a rule speak of this customer (RT-01…RT-04, RT-11)? `true`, or the first part that does not hold. An empty part
 * always holds, so an empty condition is about everybody; `none` holds for customers without any tag.
 */
export function holds(when: When, about: About): true | WhenCode {
  const { connectors, channelIds, tags, entry } = when;
  if (connectors.length && !connectors.includes(about.connector)) return 'connector';
  if (channelIds.length && !channelIds.includes(about.channelId)) return 'channel';
  if (tags.any.length && !tags.any.some((id) => about.tags.includes(id))) return 'tag-any';
  if (!tags.all.every((id) => about.tags.includes(id))) return 'tag-all';
  if (tags.none.some((id) => about.tags.includes(id))) return 'tag-none';
  return entry.every((one) => passes(one, about.entry)) ? true : 'entry';
}

/** What a reason tells besides its code, for the sentence in the console. */
export function missing(when: When, code: WhenCode, about: About): Record<string, string> {
  if (code === 'connector') return { connector: about.connector };
  if (code === 'channel') return { channelId: about.channelId };
  if (code === 'tag-none') return { tagId: when.tags.none.find((id) => about.tags.includes(id))! };
  if (code === 'tag-all') return { tagId: when.tags.all.find((id) => !about.tags.includes(id))! };
  if (code === 'tag-any') return {};
  const { name } = when.entry.find((one) => !passes(one, about.entry))!;
  return { name, value: passed(about.entry, name) ?? '' };
}

/** A parameter of the link, and nothing that every object has. */
const passed = (entry: About['entry'], name: string): string | undefined =>
  Object.hasOwn(entry, name) ? entry[name] : undefined;

function passes({ name, values }: When['entry'][number], entry: About['entry']): boolean {
  const value = passed(entry, name);
  return value !== undefined && values.includes(value);
}
