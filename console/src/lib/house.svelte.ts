import type { z } from 'zod';
import type { Alert, Group, Member } from '../../../hub/shapes/house.ts';
import { api, type Page } from './api.ts';
import type { App, AppInfo, Channel, ConnectorInfo, Folder } from './channels/shapes.ts';

type Items<T> = { items: T[] };
type Area = 'members' | 'groups' | 'channels' | 'connectors' | 'alerts' | 'folders' | 'apps';
/** Areas that change together: what is told of one is true of the others. */
const WITH: Partial<Record<string, Area[]>> = { channels: ['channels', 'folders', 'apps'] };

/** Colleagues, groups, channels and alerts: read once, kept fresh by news. Lists a role may not read stay empty. */
class House {
  members: Member[] = $state.raw([]);
  groups: Group[] = $state.raw([]);
  channels: Channel[] = $state.raw([]);
  connectors: ConnectorInfo[] = $state.raw([]);
  /** Kinds of apps that can be registered, and those that are. */
  kinds: AppInfo[] = $state.raw([]);
  apps: App[] = $state.raw([]);
  /** Groups of channels (CH-02). */
  folders: Folder[] = $state.raw([]);
  alerts: z.infer<typeof Alert>[] = $state.raw([]);
  #wanted = new Map<string, Promise<void>>();

  readonly #read: Record<Area, () => Promise<void>> = {
    members: async () => void (this.members = (await api.get<Items<Member>>('/members')).items),
    groups: async () => void (this.groups = (await api.get<Items<Group>>('/groups')).items),
    channels: async () => void (this.channels = (await api.get<Items<Channel>>('/channels')).items),
    connectors: async () => {
      const { items, apps } = await api.get<Items<ConnectorInfo> & { apps: AppInfo[] }>('/connectors');
      this.connectors = items;
      this.kinds = apps;
    },
    folders: async () => void (this.folders = (await api.get<Items<Folder>>('/channel-groups')).items),
    apps: async () => void (this.apps = (await api.get<Items<App>>('/apps')).items),
    alerts: async () => void (this.alerts = (await api.get<Page<z.infer<typeof Alert>>>('/alerts')).items),
  };

  /** Reads once; later calls wait for the same answer. Never throws: a refused list is an empty list. */
  want(...areas: Area[]): Promise<unknown> {
    return Promise.all(
      areas.map((area) => {
        const going = this.#wanted.get(area) ?? this.#read[area]().catch(() => void this.#wanted.delete(area));
        this.#wanted.set(area, going);
        return going;
      }),
    );
  }
  /** Reads now, whatever was read before. */
  fresh(area: Area): Promise<unknown> {
    this.#wanted.delete(area);
    return this.want(area);
  }
  /** Something changed there: read again what anybody looked at. */
  async again(area: string): Promise<void> {
    const areas = WITH[area] ?? [area as Area];
    await Promise.all(
      areas.filter((one) => this.#wanted.has(one)).map((one) => this.#read[one]?.().catch(() => undefined)),
    );
  }
  /** A channel as the hub just gave it. */
  keep(channel: Channel): Channel {
    this.channels = this.channels.some((one) => one.id === channel.id)
      ? this.channels.map((one) => (one.id === channel.id ? channel : one))
      : [...this.channels, channel];
    return channel;
  }
  hear(member: Member): void {
    this.members = this.members.some((one) => one.id === member.id)
      ? this.members.map((one) => (one.id === member.id ? member : one))
      : [...this.members, member];
  }
  get unseen(): number {
    return this.alerts.filter((alert) => !alert.seen).length;
  }
  forget(): void {
    this.#wanted.clear();
    this.members = this.groups = this.channels = this.connectors = this.alerts = [] as never[];
    this.kinds = this.apps = this.folders = [] as never[];
  }
}
export const house = new House();
