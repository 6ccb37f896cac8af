import { PhoneRefusal } from '../../lib/phone/model.ts';
import { newWamid } from '../replay.ts';
import type { WhatsAppAccount } from './accounts.ts';
import type { Utter } from './phone.ts';
import type { Platform } from './platform.ts';
import type { Webhooks } from './webhooks.ts';

/** Text may be changed for this long, in milliseconds. */
const EDIT_MS = 15 * 60_000;

const CONTACT = {
  name: { formatted_name: 'Guest C 丙', first_name: 'Guest' },
  phones: [{ phone: '+49 1555 0000003', type: 'CELL' }],
  org: { company: 'Example' },
};
const ORDER = {
  catalog_id: '800000000000001',
  text: '请尽快发货 / soon, please',
  product_items: [{ product_retailer_id: 'SKU-42', quantity: 2, item_price: 10.5, currency: 'EUR' }],
};
const ADVERT = {
  source_type: 'ad',
  source_id: '120200000000001',
  source_url: 'https://fb.me/demo',
  headline: 'Winter sale 冬季促销',
  body: 'Up to 40%',
  media_type: 'image',
  image_url: 'https://example.com/ad.jpg',
  ctwa_clid: 'ARdemoClickId',
};

/** What a person can do beside speaking (`model.actions`). */
export function acts(platform: Platform, webhooks: Webhooks, utter: Utter) {
  const { world, windows, referrals, host } = platform;
  return (account: WhatsAppAccount, person: string, action: string, value = '', messageId = ''): void => {
    const id = account.phoneNumberId;
    const card = (type: string, own: Record<string, unknown>, title: string) =>
      void utter(account, person, { type, own }, { bubble: { type: 'card', title, texts: [], buttons: [] } });
    switch (action) {
      case 'react':
        world.change(id, person, messageId, { reactions: [{ who: 'person', sign: value }] });
        webhooks.message(account, person, newWamid(), 'reaction', {
          reaction: { message_id: messageId, emoji: value },
        });
        return;
      case 'edit': {
        const message = world.find(id, person, messageId);
        if (message?.bubble.type !== 'text' || message.unsent || host.now() - message.at > EDIT_MS)
          throw new PhoneRefusal('bad_value', 'Only text of the last 15 minutes can be changed.');
        world.put(id, person, { ...message, edited: true, bubble: { type: 'text', text: value } });
        const edit = { original_message_id: messageId, message: { type: 'text', text: { body: value } } };
        webhooks.message(account, person, newWamid(), 'edit', { edit });
        return;
      }
      case 'contact':
        card('contacts', { contacts: [CONTACT] }, CONTACT.name.formatted_name);
        return;
      case 'order':
        card('order', { order: ORDER }, 'SKU-42 × 2');
        return;
      case 'form': {
        const response_json = JSON.stringify({ flow_token: 'unused', name: world.person(person)?.name, guests: 2 });
        const interactive = { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json } };
        card('interactive', { interactive }, '表单 / Form');
        return;
      }
      case 'advert':
        referrals.set(`${id} ${person}`, ADVERT);
        return;
      case 'welcome':
        webhooks.message(account, person, newWamid(), 'request_welcome', {});
        return;
      case 'call':
        webhooks.call(account, person, `wacid.${newWamid().slice(6)}`);
        return;
      case 'echo': {
        const echo = newWamid();
        world.put(id, person, { id: echo, who: 'account', at: host.now(), bubble: { type: 'text', text: value } });
        webhooks.echo(account, person, echo, value);
        return;
      }
      case 'close-window':
        windows.close(id, person);
        return;
      default:
        throw new PhoneRefusal('not_found', 'This phone has no such action.');
    }
  };
}
