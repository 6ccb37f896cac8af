import type { ConnectorInfo, Way } from './shapes.ts';

/** Connectors of one platform, to be chosen together. */
export interface Platform {
  name: string;
  connectors: ConnectorInfo[];
}

/** In the order of the connectors. */
export function platformsOf(connectors: readonly ConnectorInfo[]): Platform[] {
  const platforms = new Map<string, Platform>();
  for (const one of connectors) {
    const name = one.platform;
    const known = platforms.get(name);
    if (known) known.connectors.push(one);
    else platforms.set(name, { name, connectors: [one] });
  }
  return [...platforms.values()];
}

/** A way in has a page of its own; this is what its address ends with. */
export const slugOf = (way: Pick<Way, 'kind' | 'app'>): string => (way.kind === 'app' ? (way.app ?? 'app') : way.kind);
export const wayAt = (connector: ConnectorInfo | undefined, slug: string): Way | undefined =>
  connector?.ways.find((way) => slugOf(way) === slug);
