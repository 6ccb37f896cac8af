import { BoundedMap } from '../sandbox/bounded.ts';
import { Feed } from '../sandbox/feed.ts';
import type { Account, Chat, Person, PhoneMessage, PhoneNews } from './model.ts';
import { PhoneRefusal } from './model.ts';

const MAX_PEOPLE = 50;
const MAX_CHATS = 200;
const MAX_MESSAGES = 300;

/** What the phones of one sandbox show: people, accounts and what was said between them. In memory and bounded. */
export class World {
  readonly feed = new Feed<PhoneNews>();
  readonly #accounts = new Map<string, Account>();
  readonly #people = new BoundedMap<string, Person>(MAX_PEOPLE);
  readonly #chats = new BoundedMap<string, Chat>(MAX_CHATS);

  accounts(): Account[] {
    return [...this.#accounts.values()];
  }

  putAccount(account: Account): void {
    this.#accounts.set(account.id, account);
    this.feed.publish({ type: 'accounts', accounts: this.accounts() });
  }

  people(): Person[] {
    return [...this.#people.values()];
  }

  person(id: string): Person | undefined {
    return this.#people.get(id);
  }

  putPerson(person: Person): Person {
    const known = this.#people.get(person.id);
    if (known) return known;
    this.#people.set(person.id, person);
    this.feed.publish({ type: 'people', people: this.people() });
    return person;
  }

  /** The chat of these two; throws PhoneRefusal `not_found` when one of them is not there. */
  chat(account: string, person: string): Chat {
    if (!this.#accounts.has(account) || !this.#people.has(person))
      throw new PhoneRefusal('not_found', 'No such account or person.');
    const key = `${account} ${person}`;
    const known = this.#chats.get(key);
    if (known) return known;
    const chat: Chat = { following: false, messages: [] };
    this.#chats.set(key, chat);
    return chat;
  }

  /** Adds a message, or puts it in place of the one with its id. */
  put(account: string, person: string, message: PhoneMessage): PhoneMessage {
    const { messages } = this.chat(account, person);
    const at = messages.findIndex(({ id }) => id === message.id);
    if (at >= 0) messages[at] = message;
    else messages.push(message);
    if (messages.length > MAX_MESSAGES) messages.shift();
    this.feed.publish({ type: 'message', account, person, message });
    return message;
  }

  /** Changes a message that may have been forgotten meanwhile; then nothing happens. */
  change(account: string, person: string, id: string, change: Partial<PhoneMessage>): void {
    const old = this.find(account, person, id);
    if (old) this.put(account, person, { ...old, ...change });
  }

  find(account: string, person: string, id: string): PhoneMessage | undefined {
    return this.chat(account, person).messages.find((message) => message.id === id);
  }

  setChat(account: string, person: string, change: { following?: boolean; typingUntil?: number }): void {
    const chat = Object.assign(this.chat(account, person), change);
    const { following, typingUntil } = chat;
    this.feed.publish({ type: 'chat', account, person, following, typingUntil });
  }

  /** Marks what the person said up to this message as read. */
  read(account: string, person: string, upTo: string): void {
    const { messages } = this.chat(account, person);
    const last = messages.findIndex(({ id }) => id === upTo);
    for (const message of messages.slice(0, last + 1)) {
      if (message.who === 'person' && message.state !== 'read')
        this.put(account, person, { ...message, state: 'read' });
    }
  }
}
