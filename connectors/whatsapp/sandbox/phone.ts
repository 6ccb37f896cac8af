import { type Phone, type PhoneMessage, PhoneRefusal } from '../../lib/phone/model.ts';
import { freshen, newWamid, recordings } from '../replay.ts';
import type { WhatsAppAccount } from './accounts.ts';
import { acts } from './acts.ts';
import { model } from './model.ts';
import { personId } from './people.ts';
import type { Platform } from './platform.ts';
import { shown, type Wire, wireOf } from './said.ts';
import type { Webhooks } from './webhooks.ts';

/** Says a message for a person and shows how far it came; gives its id. */
export type Utter = (
  account: WhatsAppAccount,
  person: string,
  wire: Wire,
  message: Omit<PhoneMessage, 'id' | 'who' | 'at'>,
) => string;

/** WhatsApp as the customer has it in the hand. */
export function whatsappPhone(platform: Platform, webhooks: Webhooks): Phone {
  const { world, files, host, referrals } = platform;
  const accountOf = (id: string): WhatsAppAccount => {
    const account = platform.accounts.byPhoneNumberId(id);
    if (!account) throw new PhoneRefusal('not_found', 'No such account.');
    return account;
  };

  const utter: Utter = (account, person, { type, own, answers }, message) => {
    const id = newWamid();
    const { phoneNumberId, number } = account;
    world.put(phoneNumberId, person, { id, who: 'person', at: host.now(), state: 'sending', ...message });
    const quoted = answers ?? message.quote;
    const place = `${phoneNumberId} ${person}`;
    const referral = referrals.get(place);
    referrals.delete(place);
    const beside = {
      ...(quoted && { context: { from: number, id: quoted } }),
      ...(referral && { referral }),
    };
    webhooks.message(account, person, id, type, { ...own, ...beside }, (taken) => {
      if (world.find(phoneNumberId, person, id)?.state !== 'read')
        world.change(phoneNumberId, person, id, { state: taken ? 'sent' : 'failed' });
    });
    return id;
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
      const quoted = quote && world.find(accountId, person, quote) ? quote : undefined;
      return utter(account, person, wireOf(said, accountId, person, platform), {
        bubble: shown(said, platform),
        quote: quoted,
      });
    },
    unsend(accountId, person, messageId) {
      const message = world.find(accountId, person, messageId);
      if (message?.who !== 'person' || message.unsent)
        throw new PhoneRefusal('not_found', 'No message that could be taken back.');
      world.put(accountId, person, { ...message, unsent: true, bubble: { type: 'text', text: '' } });
      webhooks.message(accountOf(accountId), person, newWamid(), 'revoke', {
        revoke: { original_message_id: messageId },
      });
    },
    follow() {
      throw new PhoneRefusal('not_found', 'Nobody follows anybody on WhatsApp.');
    },
    act: (accountId, person, action, value, messageId) =>
      acts(platform, webhooks, utter)(accountOf(accountId), person, action, value, messageId),

    recordings: () => Object.keys(recordings()),
    replay(accountId, person, recording) {
      const body = recordings()[recording];
      if (!body) throw new PhoneRefusal('not_found', 'No such recording.');
      const account = accountOf(accountId);
      platform.windows.heard(accountId, person);
      webhooks.body(account, freshen(body, { from: person, account: accountId, waba: account.wabaId }, host.now));
    },
    subscribe: (listener) => world.feed.subscribe(listener),
  };
}
