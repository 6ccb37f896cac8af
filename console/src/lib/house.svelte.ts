import type { z } from 'zod';
import type { Alert, Channel, ConnectorInfo as ConnectorInfoShape, Group, Member } from '../../../hub/shapes/house.ts';
import { api, type Page } from './api.ts';

export type ConnectorInfo = z.infer<typeof ConnectorInfoShape>;
type Items<T> = { items: T[] };

/** Colleagues, groups, channels and alerts: read once, kept fresh by news. Lists a role may not read stay empty. */
class House {
  members: Member[] = $state.raw([]);
  groups: Group[] = $state.raw([]);
  channels: Channel[] = $state.raw([]);
  connectors: ConnectorInfo[] = $state.raw([]);
  alerts: z.infer<typeof Alert>[] = $state.raw([]);
  #wanted = new Map<string, Promise<void>>();

  readonly #read: Record<string, () => Promise<void>> = {
    members: async () => void (this.members = (await api.get<Items<Member>>('/members')).items),
    groups: async () => void (this.groups = (await api.get<Items<Group>>('/groups')).items),
    channels: async () => void (this.channels = (await api.get<Items<Channel>>('/channels')).items),
    connectors: async () => void (this.connectors = (await api.get<Items<ConnectorInfo>>('/connectors')).items),
    alerts: async () => void (this.alerts = (await api.get<Page<z.infer<typeof Alert>>>('/alerts')).items),
  };

  /** Reads once; later calls wait for the same answer. Never throws: a refused list is an empty list. */
  want(...areas: ('members' | 'groups' | 'channels' | 'connectors' | 'alerts')[]): Promise<unknown> {
    return Promise.all(
      areas.map((area) => {
        const going = this.#wanted.get(area) ?? this.#read[area]!().catch(() => void this.#wanted.delete(area));
        this.#wanted.set(area, going);
        return going;
      }),
    );
  }
  /** Something changed there: read again what anybody looked at. */
  async again(area: string): Promise<void> {
    if (this.#wanted.has(area)) await this.#read[area]?.().catch(() => {});
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
  }
}
export const house = new House();
