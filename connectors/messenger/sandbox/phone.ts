import { type Bubble, type Phone, PhoneRefusal, type Said } from '../../lib/phone/model.ts';
import { recordings } from '../replay.ts';
import type { PageAccount } from './accounts.ts';
import { acts } from './acts.ts';
import { freshen, newMid } from './fresh.ts';
import { model } from './model.ts';
import { personId } from './people.ts';
import type { Platform } from './platform.ts';
import { stickerFile } from './stickers.ts';
import type { Webhooks } from './webhooks.ts';

type Json = Record<string, unknown>;
/** An address of a file lives a day. */
const LINK_MS = 24 * 3600 * 1000;
const TYPES = { image: 'image', video: 'video', voice: 'audio', file: 'file' } as const;

/** Messenger as the customer has it in the hand. */
export function messengerPhone(platform: Platform, webhooks: Webhooks): Phone {
  const { world, files, host, referrals, replies } = platform;
  const accountOf = (id: string): PageAccount => {
    const account = platform.accounts.byPage(id);
    if (!account) throw new PhoneRefusal('not_found', 'No such page.');
    return account;
  };

  return {
    model,
    accounts: () => world.accounts(),
    people: () => world.people(),
    addPerson(name) {
      const person = world.putPerson({ id: personId(host.seed, name), name });
      for (const { id } of world.accounts()) platform.windows.never(id, person.id);
      return person;
    },
    chat: (account, person) => Object.assign(world.chat(account, person), { following: true }),
    upload: ({ name, mime, bytes }) => files.add({ name, mime, bytes, at: host.now() }).id,

    say(accountId, person, said, quote) {
      const account = accountOf(accountId);
      const mid = newMid();
      const quoted = quote && world.find(accountId, person, quote) ? quote : undefined;
      world.put(accountId, person, {
        id: mid,
        who: 'person',
        at: host.now(),
        state: 'sending',
        bubble: shown(said, platform),
        quote: quoted,
      });
      const place = `${accountId} ${person}`;
      const title = said.type === 'action' ? replies.get(`${place} ${said.data}`) : undefined;
      const { kind, own } = wireOf(said, title, platform);
      const referral = referrals.get(place);
      referrals.delete(place);
      const beside = { ...(quoted && { reply_to: { mid: quoted } }), ...(referral && { referral }) };
      webhooks.did(account, person, kind, { mid, ...own, ...beside }, (taken) => {
        if (world.find(accountId, person, mid)?.state !== 'read')
          world.change(accountId, person, mid, { state: taken ? 'sent' : 'failed' });
      });
      return mid;
    },
    unsend(accountId, person, messageId) {
      const message = world.find(accountId, person, messageId);
      if (message?.who !== 'person' || message.unsent)
        throw new PhoneRefusal('not_found', 'No message that could be taken back.');
      world.put(accountId, person, { ...message, unsent: true, bubble: { type: 'text', text: '' } });
      webhooks.did(accountOf(accountId), person, 'message', { mid: messageId, is_deleted: true });
    },
    follow() {
      throw new PhoneRefusal('not_found', 'Nobody follows anybody in Messenger.');
    },
    act: (accountId, person, action, value, messageId) =>
      acts(platform, webhooks)(accountOf(accountId), person, action, value, messageId),

    recordings: () => Object.keys(recordings()),
    replay(accountId, person, recording) {
      const body = recordings()[recording];
      if (!body) throw new PhoneRefusal('not_found', 'No such recording.');
      platform.windows.acted(accountId, person);
      webhooks.body(accountOf(accountId), freshen(body, { from: person, account: accountId }, host.now));
    },
    subscribe: (listener) => world.feed.subscribe(listener),
  };
}

/** What a person said, as the Messenger Platform tells it: a message, or the tap on a button that is no quick reply. */
function wireOf(said: Said, title: string | undefined, platform: Platform): { kind: string; own: Json } {
  const { files, links, host, faults } = platform;
  const message = (own: Json) => ({ kind: 'message', own });
  switch (said.type) {
    case 'text':
      return message({ text: said.text });
    case 'sticker': {
      stickerFile(said.id);
      const payload = { url: `${host.url}/cdn/stickers/${said.id}`, sticker_id: Number(said.id) };
      return message({ attachments: [{ type: 'sticker', payload }] });
    }
    case 'location': {
      const { latitude: lat, longitude: long, title: name } = said;
      return message({ attachments: [{ type: 'location', title: name, payload: { coordinates: { lat, long } } }] });
    }
    case 'action':
      if (title !== undefined) return message({ text: title, quick_reply: { payload: said.data } });
      return { kind: 'postback', own: { title: said.text ?? said.data, payload: said.data } };
    default: {
      const file = files.get(said.upload);
      if (!file) throw new PhoneRefusal('not_found', 'The upload is no longer here.');
      const token = links.make(file.id, faults.on('mediaUrlsEnd') ? 0 : LINK_MS);
      const payload = { url: `${host.url}/cdn/${token}/${encodeURIComponent(file.name)}` };
      return message({ attachments: [{ type: TYPES[said.type], payload }] });
    }
  }
}

/** How the person's own phone shows it. */
function shown(said: Said, { files, host }: Platform): Bubble {
  if (!('upload' in said)) return said;
  const url = `${new URL(host.url).pathname}/phone/files/${said.upload}`;
  const file = files.get(said.upload);
  if (said.type === 'voice') return { type: 'voice', url, seconds: said.seconds };
  if (said.type === 'file') return { type: 'file', url, name: file?.name ?? 'file', size: file?.bytes.length };
  return { type: said.type, url };
}
