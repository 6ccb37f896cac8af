import type { Bubble, Phone, PhoneMessage, Said } from '../../lib/phone/model.ts';
import { PhoneRefusal } from '../../lib/phone/model.ts';
import { freshen, recordings } from '../replay.ts';
import type { LineAccount } from './accounts.ts';
import { model } from './model.ts';
import { personId } from './people.ts';
import type { Platform } from './platform.ts';
import type { Webhooks } from './webhooks.ts';

/** A film takes LINE a moment to prepare, in milliseconds; sounds and pictures are there at once. */
const PREPARING_MS = 1_500;
const LINE_TYPES = { image: 'image', video: 'video', voice: 'audio', file: 'file' } as const;

/** LINE as the customer has it in the hand. */
export function linePhone(platform: Platform, webhooks: Webhooks): Phone {
  const { world, handles, files, host, nextId, faults } = platform;

  const accountOf = (id: string): LineAccount => {
    const account = platform.accounts.byUserId(id);
    if (!account) throw new PhoneRefusal('not_found', 'No such account.');
    return account;
  };
  const friends = (account: string, person: string) => {
    if (!world.chat(account, person).following) throw new PhoneRefusal('not_following', 'They are no friends.');
  };

  /** Shows it, sends it, and keeps showing how far it came. */
  function utter(accountId: string, person: string, message: PhoneMessage, event: Record<string, unknown>): string {
    world.put(accountId, person, { ...message, state: 'sending' });
    webhooks.send(accountOf(accountId), [event], (taken) => {
      const shown = world.find(accountId, person, message.id);
      if (shown?.state === 'read') return;
      world.change(accountId, person, message.id, {
        state: taken ? (faults.on('autoRead') ? 'read' : 'sent') : 'failed',
      });
    });
    return message.id;
  }

  return {
    model,
    accounts: () => world.accounts(),
    people: () => world.people(),
    addPerson: (name) => world.putPerson({ id: personId(host.seed, name), name }),
    chat: (account, person) => world.chat(account, person),
    upload: ({ name, mime, bytes }) => files.add({ name, mime, bytes, at: host.now() }).id,

    say(account, person, said, quote) {
      friends(account, person);
      const base = { who: 'person', at: host.now(), bubble: bubbleOf(said, platform) } as const;
      if (said.type === 'action') {
        // A tap is no message and has no id but its event's.
        const event = webhooks.event(accountOf(account), person, 'postback', { postback: { data: said.data } }, true);
        return utter(account, person, { ...base, id: String(event.webhookEventId) }, event);
      }
      const id = nextId();
      const place = { account, person, messageId: id };
      const message: Record<string, unknown> = {
        id,
        ...lineMessage(said, id, platform),
        markAsReadToken: handles.read(place),
      };
      if (said.type !== 'file' && said.type !== 'voice' && said.type !== 'location')
        message.quoteToken = handles.quote(place);
      const quoted = quote && world.find(account, person, quote);
      if (quoted && (said.type === 'text' || said.type === 'sticker')) message.quotedMessageId = quoted.id;
      const event = webhooks.event(accountOf(account), person, 'message', { message }, true);
      return utter(account, person, { ...base, id, quote: quoted ? quoted.id : undefined }, event);
    },

    unsend(accountId, person, messageId) {
      friends(accountId, person);
      const message = world.find(accountId, person, messageId);
      if (message?.who !== 'person' || message.unsent || message.bubble.type === 'action') {
        throw new PhoneRefusal('not_found', 'No message that could be taken back.');
      }
      world.put(accountId, person, { ...message, unsent: true, bubble: { type: 'text', text: '' } });
      platform.contents.delete(messageId);
      const account = accountOf(accountId);
      webhooks.send(account, [webhooks.event(account, person, 'unsend', { unsend: { messageId } }, false)]);
    },

    follow(accountId, person, following) {
      const chat = world.chat(accountId, person);
      if (chat.following === following) return;
      const account = accountOf(accountId);
      // Somebody who has written before comes back; LINE says so.
      const isUnblocked = chat.messages.length > 0;
      world.setChat(accountId, person, { following });
      webhooks.send(account, [
        following
          ? webhooks.event(account, person, 'follow', { follow: { isUnblocked } }, true)
          : webhooks.event(account, person, 'unfollow', {}, false),
      ]);
    },

    recordings: () => Object.keys(recordings()),
    replay(accountId, person, recording) {
      const body = recordings()[recording];
      if (!body) throw new PhoneRefusal('not_found', 'No such recording.');
      const events = freshen(body, person, host.now);
      for (const event of events) {
        if (typeof event.replyToken === 'string') handles.reply({ account: accountId, person }, event.replyToken);
      }
      webhooks.send(accountOf(accountId), events);
    },
    subscribe: (listener) => world.feed.subscribe(listener),
  };
}

/** The message as LINE's webhook has it. Keeps an upload as the content of that message. */
function lineMessage(said: Exclude<Said, { type: 'action' }>, id: string, platform: Platform): Record<string, unknown> {
  switch (said.type) {
    case 'text':
      return { type: 'text', text: said.text };
    case 'location': {
      const { latitude, longitude, title, address } = said;
      return { type: 'location', latitude, longitude, title, address };
    }
    case 'sticker': {
      const [packageId, stickerId] = said.id.split('/');
      return { type: 'sticker', packageId, stickerId, stickerResourceType: 'STATIC', keywords: [] };
    }
    default: {
      const file = platform.files.get(said.upload);
      if (!file) throw new PhoneRefusal('not_found', 'The upload is no longer here.');
      const readyAt = platform.host.now() + (said.type === 'video' ? PREPARING_MS : 0);
      platform.contents.set(id, { file: file.id, readyAt });
      const type = LINE_TYPES[said.type];
      if (type === 'file') return { type, fileName: file.name, fileSize: file.bytes.length };
      const duration = type === 'image' || said.seconds === undefined ? undefined : Math.round(said.seconds * 1000);
      return { type, contentProvider: { type: 'line' }, duration };
    }
  }
}

function bubbleOf(said: Said, platform: Platform): Bubble {
  if (!('upload' in said)) return said;
  const file = platform.files.get(said.upload);
  const url = `${new URL(platform.host.url).pathname}/phone/files/${said.upload}`;
  switch (said.type) {
    case 'image':
      return { type: 'image', url };
    case 'video':
      return { type: 'video', url };
    case 'voice':
      return { type: 'voice', url, seconds: said.seconds };
    case 'file':
      return { type: 'file', url, name: file?.name ?? 'file', size: file?.bytes.length };
  }
}
