/**
 * News: something is different now. Between hubs only ids travel; the hub that made the change also has the rows at
 * hand (`rows`), so its own screens need no query. Published after the commit, never before.
 */
export type News =
  | { kind: 'session'; id: string; /** First and last event number that is new. */ from: number; to: number; rows?: unknown }
  | { kind: 'member'; id: string }
  | { kind: 'contact'; id: string }
  | { kind: 'alert'; id: string }
  | { kind: 'queue'; groupId: string }
  | { kind: 'typing'; sessionId: string; by: 'visitor' | 'agent'; name: string | null; text: string | null }
  | { kind: 'changed'; area: 'channels' | 'groups' | 'members' | 'auto-replies' | 'words' | 'settings' | 'alerts' };

export interface Live {
  /** Tells this hub's subscribers at once and the other hubs soon after. Never throws: news is not worth a request. */
  publish(organisationId: string, news: News[]): void;
  /** Hears the news of every organisation, this hub's own and others'. Returns how to stop. */
  subscribe(listener: (organisationId: string, news: News[]) => void): () => void;
  close(): Promise<void>;
}
