import { type Bubble, PhoneRefusal } from '../../lib/phone/model.ts';
import type { PageAccount } from './accounts.ts';
import { newMid } from './fresh.ts';
import type { Platform } from './platform.ts';
import type { Webhooks } from './webhooks.ts';
import { HUMAN_AGENT_MS, STANDARD_MS } from './windows.ts';

/** Text may be changed for this long, in milliseconds. */
const EDIT_MS = 15 * 60_000;
/** The app id of Meta's own inbox. */
const INBOX = 263902037430900;
const ADVERT = {
  ref: 'winter',
  ad_id: '120200000000001',
  source: 'ADS',
  type: 'OPEN_THREAD',
  ads_context_data: { ad_title: 'Winter sale 冬季促销', photo_url: 'https://example.com/ad.jpg', post_id: '1_2' },
};
const SHARED = {
  type: 'fallback',
  title: 'Example Domain',
  payload: { url: 'https://example.com/', title: 'Example Domain' },
};

/** What a person can do beside speaking (`model.actions`). */
export function acts({ world, windows, referrals, host }: Platform, webhooks: Webhooks) {
  return (account: PageAccount, person: string, action: string, value = '', messageId = ''): void => {
    const { pageId } = account;
    switch (action) {
      case 'react':
        world.change(pageId, person, messageId, { reactions: [{ who: 'person', sign: value }] });
        webhooks.did(account, person, 'reaction', { reaction: 'other', emoji: value, action: 'react', mid: messageId });
        return;
      case 'edit': {
        const message = world.find(pageId, person, messageId);
        if (message?.bubble.type !== 'text' || message.unsent || host.now() - message.at > EDIT_MS)
          throw new PhoneRefusal('bad_value', 'Only text of the last 15 minutes can be changed.');
        world.put(pageId, person, { ...message, edited: true, bubble: { type: 'text', text: value } });
        webhooks.did(account, person, 'message_edit', { mid: messageId, text: value, num_edit: 1 });
        return;
      }
      case 'link':
        webhooks.did(account, person, 'referral', { ref: value, source: 'SHORTLINK', type: 'OPEN_THREAD' });
        return;
      case 'advert':
        referrals.set(`${pageId} ${person}`, ADVERT);
        return;
      case 'share': {
        const mid = newMid();
        const bubble: Bubble = { type: 'card', title: SHARED.title, texts: [], buttons: [] };
        world.put(pageId, person, { id: mid, who: 'person', at: host.now(), state: 'sent', bubble });
        webhooks.did(account, person, 'message', { mid, attachments: [SHARED] });
        return;
      }
      case 'echo': {
        const mid = newMid();
        world.put(pageId, person, { id: mid, who: 'account', at: host.now(), bubble: { type: 'text', text: value } });
        webhooks.echo(account, person, { mid, text: value, app_id: INBOX });
        return;
      }
      case 'day':
        windows.wait(pageId, person, STANDARD_MS);
        return;
      case 'week':
        windows.wait(pageId, person, HUMAN_AGENT_MS);
        return;
      default:
        throw new PhoneRefusal('not_found', 'This phone has no such action.');
    }
  };
}
