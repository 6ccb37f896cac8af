import type { Bubble, Phone, PhoneMessage, Said } from '../../lib/phone/model.ts';
import { PhoneRefusal } from '../../lib/phone/model.ts';
import type { World } from '../../lib/phone/world.ts';
import type { Faults } from '../../lib/sandbox/faults.ts';
import { keyOf, type Owner, type Wire } from './model.ts';
import { phoneModel } from './phone-model.ts';
import type { WebServer } from './server.ts';

/** Until the customer's phone has a message, and until the customer has read it. Milliseconds. */
const DELIVERED_MS = 400;
const READ_MS = 1_500;
const TYPING_MS = 25_000;
const KINDS = { image: 'image', video: 'video', voice: 'ptt', file: 'document' } as const;

/** WhatsApp as a customer has it in the hand; `path` is where the sandbox is mounted. */
export function webPhone(server: WebServer, world: World, faults: Faults, path: string, now: () => number): Phone {
  const ownerOf = (number: string): Owner => {
    const account = world.accounts().find(({ id }) => id === number);
    if (!account) throw new PhoneRefusal('not_found', 'No such account.');
    return server.owner(account.name);
  };
  const customerOf = (id: string) => {
    const customer = server.customerOf(id);
    if (!customer) throw new PhoneRefusal('not_found', 'No such person.');
    return customer;
  };
  /** Messages by what their bubbles are called: half a key is not enough. */
  const wires = new Map<string, Wire>();
  const url = (file: string) => `${path}/phone/files/${file}`;
  const show = (owner: string, wire: Wire, who: PhoneMessage['who'], more: Partial<PhoneMessage> = {}) => {
    const person = server.customerOf(wire.remote)?.pn;
    if (!person) return;
    wires.set(keyOf(wire), wire);
    if (wires.size > 1000) wires.delete(wires.keys().next().value!);
    const quote = [...wires.values()].find(({ id }) => id === wire.quotedStanzaID);
    const message = { id: keyOf(wire), who, at: wire.t * 1000, bubble: bubbleOf(wire, url), ...more };
    world.put(owner, person, { ...message, quote: quote && keyOf(quote) });
  };

  server.seen.subscribe((seen) => {
    if (seen.type === 'devices') return;
    const person = server.customerOf(
      seen.type === 'sent' || seen.type === 'revoked' ? seen.message.remote : seen.chat,
    )?.pn;
    if (!person || !world.accounts().some(({ id }) => id === seen.owner)) return;
    if (seen.type === 'sent') {
      show(seen.owner, seen.message, 'account');
      const owner = ownerOf(seen.owner);
      const acks: [number, number][] = faults.on('failing')
        ? [[-1, DELIVERED_MS]]
        : [[2, DELIVERED_MS], ...(faults.on('unread') ? [] : ([[3, READ_MS]] as [number, number][]))];
      for (const [ack, after] of acks) setTimeout(() => server.ack(owner, seen.message, ack), after).unref();
    } else if (seen.type === 'revoked')
      world.change(seen.owner, person, keyOf(seen.message), { unsent: true, bubble: { type: 'text', text: '' } });
    else if (seen.type === 'typing') world.setChat(seen.owner, person, { typingUntil: now() + TYPING_MS });
    else {
      const last = world.chat(seen.owner, person).messages.findLast(({ who }) => who === 'person');
      if (last) world.read(seen.owner, person, last.id);
    }
  });

  return {
    model: phoneModel,
    accounts: () => world.accounts(),
    people: () => world.people(),
    addPerson: (name) => world.putPerson({ id: server.customer(name).pn, name }),
    chat: (account, person) => world.chat(account, person),
    upload: ({ name, mime, bytes }) => server.files.add({ name, mime, bytes, at: now() }).id,
    say(account, person, said, quote) {
      const wire = server.say(ownerOf(account), customerOf(person), { ...wireOf(said, server), ...quoteOf(quote) });
      show(account, wire, 'person', { state: 'sent' });
      return keyOf(wire);
    },
    unsend(account, person, id) {
      const wire = wires.get(id);
      if (!wire || wire.fromMe) throw new PhoneRefusal('not_found', 'No message that could be taken back.');
      server.revoke(ownerOf(account), wire);
      world.change(account, person, id, { unsent: true, bubble: { type: 'text', text: '' } });
    },
    act(account, person, action, value = '', id) {
      const owner = ownerOf(account);
      if (action === 'log-out') server.endLogins(owner);
      else if (action === 'colleague') server.write(owner, customerOf(person), value);
      else if (action === 'react' && id && wires.has(id)) {
        server.react(owner, wires.get(id)!, value);
        world.change(account, person, id, { reactions: value ? [{ who: 'person', sign: value }] : [] });
      }
    },
    follow() {},
    recordings: () => [],
    replay() {
      throw new PhoneRefusal('not_found', 'Nothing is recorded: what WhatsApp Web says never comes as a request.');
    },
    subscribe: (listener) => world.feed.subscribe(listener),
  };

  function quoteOf(id: string | undefined): Partial<Wire> {
    const quoted = id ? wires.get(id) : undefined;
    return quoted ? { quotedStanzaID: quoted.id, quotedParticipant: quoted.fromMe ? 'me' : quoted.remote } : {};
  }
}

function wireOf(said: Said, server: WebServer): Partial<Wire> {
  switch (said.type) {
    case 'text':
      return { type: 'chat', body: said.text };
    case 'location':
      return {
        type: 'location',
        lat: said.latitude,
        lng: said.longitude,
        loc: [said.title, said.address].filter(Boolean).join('\n'),
      };
    case 'image':
    case 'video':
    case 'voice':
    case 'file': {
      const file = server.files.get(said.upload);
      if (!file) throw new PhoneRefusal('not_found', 'The upload is no longer here.');
      const { name, mime, bytes, id } = file;
      return {
        type: KINDS[said.type],
        mimetype: mime,
        size: bytes.length,
        filename: said.type === 'file' ? name : undefined,
        duration: said.seconds,
        file: id,
      };
    }
    default:
      throw new PhoneRefusal('not_found', 'WhatsApp has nothing of this kind.');
  }
}

function bubbleOf(wire: Wire, url: (file: string) => string): Bubble {
  const { type, body, caption, lat, lng, loc, file, filename, duration } = wire;
  if (type === 'location' && lat !== undefined && lng !== undefined) {
    const [title, address] = loc?.split('\n') ?? [];
    return { type: 'location', latitude: lat, longitude: lng, title: title || undefined, address };
  }
  if (!file) return { type: 'text', text: body ?? caption ?? '' };
  if (type === 'image' || type === 'sticker') return { type: 'image', url: url(file) };
  if (type === 'video') return { type: 'video', url: url(file) };
  if (type === 'ptt' || type === 'audio') return { type: 'voice', url: url(file), seconds: duration };
  return { type: 'file', url: url(file), name: filename ?? 'file', size: wire.size };
}
