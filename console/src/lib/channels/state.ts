import type { Channel } from './shapes.ts';

export type Tone = 'good' | 'warn' | 'bad' | 'quiet';
/** One thing to know about a channel; `key` goes behind `state.channel.` in the words. */
export interface Sign {
  tone: Tone;
  key: string;
  /** An instant that belongs to it: since when, until when. */
  at?: string;
}

/** An authorisation that ends within this time is told to the admin. */
const SOON = 14 * 86_400_000;

/** How a channel is, the most pressing first. Never empty. */
export function signsOf(channel: Channel, now: number): Sign[] {
  if (!channel.enabled) return [{ tone: 'quiet', key: 'off' }];
  const { code } = channel.health;
  if (code === 'disconnected' || code === 'revoked') return [{ tone: 'bad', key: code }];
  const signs: Sign[] = [];
  const { link, health, expiresAt } = channel;
  if (link) {
    if (link.state === 'failed') signs.push({ tone: 'bad', key: 'link.failed' });
    else if (link.state === 'disconnected') signs.push({ tone: 'warn', key: 'link.disconnected', at: link.at });
    else if (link.state === 'qr' || link.state === 'code') signs.push({ tone: 'warn', key: 'link.scan' });
    else if (link.state !== 'ready') signs.push({ tone: 'quiet', key: 'link.connecting' });
  }
  if (expiresAt) {
    const left = Date.parse(expiresAt) - now;
    if (left <= 0) signs.push({ tone: 'bad', key: 'expired', at: expiresAt });
    else if (left < SOON) signs.push({ tone: 'warn', key: 'expiring', at: expiresAt });
  }
  if (health.state === 'attention')
    signs.push({ tone: 'bad', key: lacksPermission(channel) ? 'permission' : 'attention' });
  if (health.silentSince) signs.push({ tone: 'warn', key: 'silent', at: health.silentSince });
  const rank: Record<Tone, number> = { bad: 0, warn: 1, quiet: 2, good: 3 };
  signs.sort((a, b) => rank[a.tone] - rank[b.tone]);
  if (signs.length) return signs;
  return health.state === 'ok' || link?.state === 'ready'
    ? [{ tone: 'good', key: 'ok' }]
    : [{ tone: 'quiet', key: 'new' }];
}

/** The account's owner did not grant everything we need. */
const lacksPermission = ({ health }: Channel): boolean =>
  [health.code, ...health.points.filter((one) => !one.ok).map((one) => one.code)].some(
    (code) => code !== null && /permission|scope/.test(code),
  );

/** What the overview can be narrowed to. */
export const FILTERS = ['all', 'attention', 'good', 'off'] as const;
export type Filter = (typeof FILTERS)[number];

export function shareOf(channel: Channel, now: number): Exclude<Filter, 'all'> {
  if (!channel.enabled) return 'off';
  const { tone } = signsOf(channel, now)[0]!;
  return tone === 'bad' || tone === 'warn' ? 'attention' : 'good';
}
