import { randomBytes, randomUUID } from 'node:crypto';
import { BoundedMap } from '../../lib/sandbox/bounded.ts';
import { Feed } from '../../lib/sandbox/feed.ts';
import { Files } from '../../lib/sandbox/files.ts';
import { derived, derivedDigits } from '../../lib/sandbox/ids.ts';
import { type Customer, type Device, keyOf, type Owner, type Wire } from './model.ts';

/** A code to be scanned is shown for so long. Milliseconds. */
export const REF_MS = 20_000;
const MOST = 500;

/** What the phones see. */
export type Seen =
  | { type: 'sent'; owner: string; message: Wire }
  | { type: 'revoked'; owner: string; message: Wire }
  | { type: 'read'; owner: string; chat: string }
  | { type: 'typing'; owner: string; chat: string }
  | { type: 'devices' };

/** The far end of the page that plays WhatsApp Web: owners' phones, customers, and what is between them. In memory. */
export class WebServer {
  readonly seen = new Feed<Seen>();
  readonly files = new Files(200_000_000);
  readonly #seed: string;
  readonly #now: () => number;
  readonly #owners = new Map<string, Owner>();
  readonly #customers = new Map<string, Customer>();
  readonly #devices = new BoundedMap<string, Device>(20);
  readonly #messages = new BoundedMap<string, Wire & { owner: string }>(MOST);
  /** Logins ended by the phone, until the process ends. */
  readonly #ended = new Set<string>();
  #count = 0;
  #generation = new Map<string, number>();

  constructor({ seed, now }: { seed: string; now: () => number }) {
    this.#seed = seed;
    this.#now = now;
  }

  /** The same name is the same phone, also after a restart. */
  owner(name: string): Owner {
    const number = `4915${derivedDigits(9, this.#seed, 'owner', name)}`;
    const known = this.#owners.get(number);
    if (known) return known;
    const owner = {
      number,
      name,
      pn: `${number}@c.us`,
      lid: `${derivedDigits(15, this.#seed, 'owner lid', name)}@lid`,
    };
    this.#owners.set(number, owner);
    return owner;
  }

  customer(name: string, hidden = false): Customer {
    const pn = `4917${derivedDigits(9, this.#seed, 'customer', name)}@c.us`;
    const lid = `${derivedDigits(15, this.#seed, 'customer lid', name)}@lid`;
    const known = this.#customers.get(pn);
    if (known) return known;
    const customer: Customer = { pn, lid, name, hidden };
    for (const id of [pn, lid]) this.#customers.set(id, customer);
    return customer;
  }

  customerOf(id: string): Customer | undefined {
    return this.#customers.get(id);
  }

  /** A page is opened, with the login it kept or without. */
  open(token: string | null): Record<string, unknown> {
    const owner = token ? this.#ownerOf(token) : undefined;
    const device: Device = { id: randomUUID(), ref: newRef(), owner: owner?.number, news: [], openedAt: this.#now() };
    this.#devices.set(device.id, device);
    this.seen.publish({ type: 'devices' });
    if (!owner) {
      this.#renew(device);
      return { device: device.id, ref: device.ref };
    }
    return { device: device.id, me: owner, ...this.#past(owner) };
  }

  /** Pages whose code nobody has scanned yet, newest first. */
  waiting(): Device[] {
    return [...this.#devices.values()].filter((device) => !device.owner).reverse();
  }

  devicesOf(number: string): Device[] {
    return [...this.#devices.values()].filter((device) => device.owner === number);
  }

  /** The owner's phone scans a code as the page shows it; false when that code is over. */
  scan(qr: string, owner: Owner): boolean {
    const device = this.waiting().find(({ ref }) => qr.split(',')[0] === ref);
    if (device) this.link(device, owner);
    return device !== undefined;
  }

  /** The owner types the code that a page shows for this number. */
  enter(code: string, owner: Owner): boolean {
    const device = this.waiting().find((one) => one.code?.code === code && one.code.phone === owner.number);
    if (device) this.link(device, owner);
    return device !== undefined;
  }

  pair(id: string, phone: string): string {
    const device = this.#device(id);
    device.code = {
      code: randomBytes(5)
        .toString('base64url')
        .toUpperCase()
        .replace(/[^A-Z0-9]/g, '2')
        .padEnd(8, '3')
        .slice(0, 8),
      phone,
    };
    return device.code.code;
  }

  refresh(id: string): void {
    const device = this.#device(id);
    if (!device.owner) this.tell(device, { type: 'ref', ref: (device.ref = newRef()) });
  }

  /** A customer writes. Gives the page's key of the message. */
  say(owner: Owner, customer: Customer, what: Partial<Wire>): Wire {
    const remote = customer.hidden ? customer.lid : customer.pn;
    const message: Wire = {
      type: 'chat',
      ...what,
      id: `3A${randomBytes(9).toString('hex').toUpperCase()}`,
      remote,
      fromMe: false,
      t: Math.floor(this.#now() / 1000),
      ack: 1,
      notifyName: customer.name,
    };
    this.#messages.set(keyOf(message), { ...message, owner: owner.number });
    this.#toDevices(owner.number, { type: 'person', person: customer });
    this.#toDevices(owner.number, { type: 'message', message });
    return message;
  }

  /** The owner writes to a customer on the phone itself. */
  write(owner: Owner, customer: Customer, body: string): Wire {
    const remote = customer.hidden ? customer.lid : customer.pn;
    const id = `3A${randomBytes(9).toString('hex').toUpperCase()}`;
    const message: Wire = { id, remote, fromMe: true, type: 'chat', body, t: Math.floor(this.#now() / 1000), ack: 1 };
    this.#messages.set(keyOf(message), { ...message, owner: owner.number });
    this.#toDevices(owner.number, { type: 'message', message });
    this.seen.publish({ type: 'sent', owner: owner.number, message });
    return message;
  }

  /** The customer's phone received (2), or the customer read (3), or it failed (-1). */
  ack(owner: Owner, message: Wire, ack: number): void {
    message.ack = ack;
    this.#toDevices(owner.number, { type: 'ack', message, ack });
  }

  revoke(owner: Owner, message: Wire): void {
    this.#messages.delete(keyOf(message));
    this.#toDevices(owner.number, { type: 'revoke', message });
  }

  edit(owner: Owner, message: Wire, body: string): void {
    this.#toDevices(owner.number, { type: 'edit', message, body });
  }

  react(owner: Owner, message: Wire, emoji: string): void {
    this.#toDevices(owner.number, { type: 'reaction', message, sender: message.remote, emoji, at: this.#now() });
  }

  /** The owner ends all logins on the phone. */
  endLogins(owner: Owner): void {
    this.#ended.add(this.#token(owner));
    this.#generation.set(owner.number, (this.#generation.get(owner.number) ?? 0) + 1);
    for (const device of this.devicesOf(owner.number)) {
      this.tell(device, { type: 'logout' });
      this.#devices.delete(device.id);
    }
    this.seen.publish({ type: 'devices' });
  }

  /** The connection goes through a state, such as `TIMEOUT` or `TOS_BLOCK`. */
  state(owner: Owner, state: string): void {
    this.#toDevices(owner.number, { type: 'state', state });
  }

  logout(token: string): void {
    const owner = this.#ownerOf(token);
    if (!owner) return;
    this.#ended.add(token);
    this.#generation.set(owner.number, (this.#generation.get(owner.number) ?? 0) + 1);
    for (const device of this.devicesOf(owner.number)) this.#devices.delete(device.id);
    this.seen.publish({ type: 'devices' });
  }

  /** News for a device after number `after`; waits a while where there is none, shorter than a fetch of the house does. */
  async events(id: string, after: number, patience = 9_000): Promise<Device['news']> {
    const device = this.#device(id);
    device.news = device.news.filter((news) => news.n > after);
    if (!device.news.length) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patience);
        timer.unref();
        device.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return [...device.news];
  }

  /** A message from the page. Gives the server's time. */
  send(id: string, what: Omit<Wire, 'fromMe' | 't' | 'ack'>): { t: number } {
    const device = this.#device(id);
    if (!device.owner || !this.#customers.has(what.remote)) throw new Error('No such chat.');
    const message: Wire = { ...what, fromMe: true, t: Math.floor(this.#now() / 1000), ack: 1 };
    this.#messages.set(keyOf(message), { ...message, owner: device.owner });
    for (const other of this.devicesOf(device.owner))
      if (other !== device) this.tell(other, { type: 'message', message });
    this.seen.publish({ type: 'sent', owner: device.owner, message });
    return { t: message.t };
  }

  takeBack(id: string, key: string): void {
    const { owner } = this.#device(id);
    const message = this.#messages.get(key);
    this.#messages.delete(key);
    if (owner && message) this.seen.publish({ type: 'revoked', owner, message });
  }

  sawChat(id: string, chat: string, type: 'read' | 'typing'): void {
    const { owner } = this.#device(id);
    if (owner) this.seen.publish({ type, owner, chat });
  }

  tell(device: Device, news: { type: string } & Record<string, unknown>): void {
    device.news.push({ ...news, n: ++this.#count });
    if (device.news.length > MOST) device.news.shift();
    device.wake?.();
  }

  /** Lets all that wait go. */
  close(): void {
    for (const device of this.#devices.values()) device.wake?.();
    this.#devices.clear();
  }

  #device(id: string): Device {
    const device = this.#devices.get(id);
    if (!device) throw new Error('No such device.');
    return device;
  }

  /** The owner's phone has scanned, or typed, what this device shows. */
  link(device: Device, owner: Owner): void {
    device.owner = owner.number;
    this.tell(device, { type: 'linked', token: this.#token(owner), me: owner, ...this.#past(owner) });
    this.seen.publish({ type: 'devices' });
  }

  #toDevices(number: string, news: { type: string } & Record<string, unknown>): void {
    for (const device of this.devicesOf(number)) this.tell(device, news);
  }

  /** Codes are new every twenty seconds, as long as nobody scans. */
  #renew(device: Device): void {
    setTimeout(() => {
      if (device.owner || this.#devices.get(device.id) !== device) return;
      this.refresh(device.id);
      this.#renew(device);
    }, REF_MS).unref();
  }

  #past(owner: Owner) {
    const messages = [...this.#messages.values()].filter((message) => message.owner === owner.number);
    return { people: [...new Set(this.#customers.values())], messages: messages.map(({ owner: _, ...wire }) => wire) };
  }

  /** Good after a restart as well: it is made of what is known. */
  #token(owner: Owner): string {
    const generation = this.#generation.get(owner.number) ?? 0;
    return `${owner.number}.${generation}.${derived(this.#seed, 'login', owner.name, String(generation))}`;
  }

  #ownerOf(token: string): Owner | undefined {
    if (this.#ended.has(token)) return undefined;
    const owner = this.#owners.get(token.split('.')[0] ?? '');
    return owner && this.#token(owner) === token ? owner : undefined;
  }
}

const newRef = () => `2@${randomBytes(40).toString('base64')}`;
