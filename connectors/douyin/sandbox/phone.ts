import type { Bubble, Phone, PhoneMessage, Said } from '../../lib/phone/model.ts';
import { PhoneRefusal } from '../../lib/phone/model.ts';
import { freshen, recordings } from '../replay.ts';
import { acts } from './acts.ts';
import type { Account } from './apps.ts';
import { personId } from './ids.ts';
import { model } from './model.ts';
import type { Platform } from './platform.ts';
import type { Webhooks } from './webhooks.ts';

/** Douyin as the customer has it in the hand. */
export function douyinPhone(platform: Platform, webhooks: Webhooks): Phone {
  const { world, files, host, ids, rights, apps, contents } = platform;

  const accountOf = (id: string): Account => {
    const account = apps.byOpenId(id);
    if (!account) throw new PhoneRefusal('not_found', 'No such account.');
    return account;
  };
  const act = acts(platform, webhooks);

  return {
    model,
    accounts: () => world.accounts(),
    people: () => world.people(),
    addPerson(name) {
      const person = world.putPerson({ id: personId(host.seed, name), name });
      for (const { id } of world.accounts()) world.setChat(id, person.id, { following: true });
      return person;
    },
    chat: (account, person) => world.chat(account, person),
    upload: ({ name, mime, bytes }) => files.add({ name, mime, bytes, at: host.now() }).id,

    say(accountId, person, said) {
      const account = accountOf(accountId);
      const at = host.now();
      const id = ids.message(accountId, person, at, 'said');
      const content = {
        ...webhooks.talk(account, person, id, at),
        index: String(at * 1000),
        source: '',
        ...messageOf(said, platform),
      };
      const message: PhoneMessage = { id, who: 'person', at, bubble: bubbleOf(said, platform), state: 'sending' };
      world.put(accountId, person, message);
      if ('upload' in said) contents.set(id, said.upload);
      rights.said(accountId, person);
      webhooks.send(account, 'im_receive_msg', { from: person, to: accountId }, content, (taken) => {
        if (world.find(accountId, person, id)?.state === 'sending')
          world.change(accountId, person, id, { state: taken ? 'sent' : 'failed' });
      });
      return id;
    },

    unsend(accountId, person, messageId) {
      const message = world.find(accountId, person, messageId);
      if (message?.who !== 'person' || message.unsent)
        throw new PhoneRefusal('not_found', 'No message that could be taken back.');
      world.put(accountId, person, { ...message, unsent: true, bubble: { type: 'text', text: '' } });
      contents.delete(messageId);
      webhooks.send(
        accountOf(accountId),
        'im_recall_msg',
        { from: person, to: accountId },
        { server_message_id: messageId },
      );
    },

    act: (account, person, action, value, messageId) => act(accountOf(account), person, action, value, messageId),

    follow(accountId, person, following) {
      world.setChat(accountId, person, { following });
    },

    recordings: () => Object.keys(recordings()),
    replay(accountId, person, recording) {
      const body = recordings()[recording];
      if (!body) throw new PhoneRefusal('not_found', 'No such recording.');
      const account = accountOf(accountId);
      const { clientKey } = account.app;
      const conversation = ids.conversation(accountId, person);
      webhooks.post(
        account.app,
        freshen(body, { clientKey, account: accountId, from: person, conversation, now: host.now }),
      );
    },
    subscribe: (listener) => world.feed.subscribe(listener),
  };
}

/** The part of a message's content that is its own. */
function messageOf(said: Said, { files, host }: Platform): Record<string, unknown> {
  if (said.type === 'text') return { message_type: 'text', text: said.text };
  if (said.type !== 'image' && said.type !== 'video')
    throw new PhoneRefusal('cannot_send', 'Douyin carries no such message.');
  const file = files.get(said.upload);
  if (!file) throw new PhoneRefusal('not_found', 'The upload is no longer here.');
  if (file.mime !== 'image/gif')
    return { message_type: said.type === 'image' ? 'user_local_image' : 'user_local_video' };
  const url = `${host.url}/phone/files/${file.id}`;
  return { message_type: 'emoji', resource_url: url, resource_type: 'gif', resource_width: 240, resource_height: 240 };
}

function bubbleOf(said: Said, platform: Platform): Bubble {
  if (!('upload' in said)) return said;
  const url = `${new URL(platform.host.url).pathname}/phone/files/${said.upload}`;
  return said.type === 'video' ? { type: 'video', url } : { type: 'image', url };
}
