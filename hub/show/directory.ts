import { kept } from '../kept.ts';
import type { Live } from '../live.ts';
import { customerById } from '../store/contacts.ts';
import type { Database } from '../store/database.ts';

export interface Person {
  id: string;
  name: string;
  /** As stored: a colleague's goes out through avatarUrl. */
  avatar: string | null;
}
/** A customer with all that his name is put together from (`customer.ts`). */
export interface Customer extends Person {
  /** What the channel calls him beside a real name; null: `name` is that. */
  nickname: string | null;
  region: string | null;
  network: string | null;
  language: string | null;
}
export interface Colleague extends Person {
  role: 'owner' | 'admin' | 'supervisor' | 'agent';
  groupIds: string[];
  status: 'online' | 'busy' | 'invisible' | 'away';
  /** Said when he takes a session. */
  greeting: string;
}

const MOST_CONTACTS = 20_000;
const NOBODY: Customer = {
  id: '',
  name: '',
  nickname: null,
  avatar: null,
  region: null,
  network: null,
  language: null,
};

/** Names that every bubble and row needs, kept in memory and thrown out by news. */
export class Directory {
  readonly #db: Database;
  readonly #members = new Map<string, Promise<Map<string, Colleague>>>();
  readonly #contacts = new Map<string, Promise<Customer>>();
  readonly #stop: () => void;

  constructor(db: Database, live: Live) {
    this.#db = db;
    this.#stop = live.subscribe((organisationId, news) => {
      for (const item of news) {
        if (item.kind === 'contact') this.#contacts.delete(item.id);
        if (item.kind === 'changed' && (item.area === 'members' || item.area === 'groups'))
          this.#members.delete(organisationId);
        if (item.kind === 'member' && !item.load) this.#members.delete(organisationId);
      }
    });
  }

  close(): void {
    this.#stop();
  }

  members(organisationId: string): Promise<Map<string, Colleague>> {
    return kept(this.#members, organisationId, 1000, async () => {
      const org = this.#db.org(organisationId);
      const [members, groups] = await Promise.all([
        org.select('members').select(['id', 'name', 'avatar', 'role', 'status', 'greeting']).execute(),
        org.select('group_members').select(['member_id', 'group_id']).execute(),
      ]);
      const people = new Map<string, Colleague>(members.map((row) => [row.id, { ...row, groupIds: [] }]));
      for (const { member_id, group_id } of groups) people.get(member_id)?.groupIds.push(group_id);
      return people;
    });
  }

  contact(organisationId: string, id: string): Promise<Customer> {
    return kept(
      this.#contacts,
      id,
      MOST_CONTACTS,
      async () => (await customerById(this.#db.org(organisationId), id)) ?? { ...NOBODY, id },
    );
  }

  /** What is known already needs no query. */
  know(
    contact: Pick<Customer, 'id' | 'name' | 'nickname' | 'avatar'>,
    from: Partial<Pick<Customer, 'region' | 'network' | 'language'>> = {},
  ): void {
    if (this.#contacts.has(contact.id)) return;
    const { id, name, nickname, avatar } = contact;
    const { region = null, network = null, language = null } = from;
    this.#contacts.set(id, Promise.resolve({ id, name, nickname, avatar, region, network, language }));
  }
}
