import { PhoneRefusal } from '../../lib/phone/model.ts';
import type { Account } from './apps.ts';
import type { Platform } from './platform.ts';
import type { Webhooks } from './webhooks.ts';

/** A consent to being written to lasts so long, in milliseconds. */
const CONSENT_MS = 30 * 86_400_000;
/** Where people come from: what `im_enter_direct_msg` says of it. */
const SCENES: Record<string, object> = {
  profile: { scene_type: 1 },
  video: { scene_type: 2, objectId: '7180000000000000003' },
  ad: {
    scene_type: 3,
    ad_info: JSON.stringify({
      adv_id: 1700000000000001,
      adv_name: '示例广告主',
      ad_id: 1700000000000002,
      ad_name: '夏季',
    }),
  },
  'mini-app': { scene_type: 5, query: 'from=menu', path: 'pages/shop/index', 'data-im-extra': 'order=20261121' },
};

type Act = (account: Account, person: string, action: string, value?: string, messageId?: string) => void;

/** What can be done on the phone beside speaking; some of it by the business, in its own app. */
export function acts(platform: Platform, webhooks: Webhooks): Act {
  const { world, ids, rights, host, tokens, dismiss } = platform;

  const doings: Record<string, (account: Account, person: string, value: string, messageId: string) => void> = {
    enter(account, person, value) {
      const at = host.now();
      const id = ids.message(account.openId, person, at, 'entered');
      const scene = SCENES[value || 'profile'];
      if (!scene) throw new PhoneRefusal('not_found', 'No such place to come from.');
      const content = { ...webhooks.talk(account, person, id, at), ...scene };
      webhooks.send(account, 'im_enter_direct_msg', { from: person, to: account.openId }, content);
    },
    form(account, person, value) {
      const rows = [
        { label: '姓名', value: value || '客人' },
        { label: '电话', value: '138****5678' },
      ];
      const card = {
        message_type: 'retain_consult_card',
        card_id: '7180000000000000001',
        card_status: 2,
        card_data: rows,
      };
      const bubble = {
        type: 'card' as const,
        title: '留资卡片',
        texts: rows.map((row) => `${row.label} ${row.value}`),
        buttons: [],
      };
      said(account, person, card, bubble);
    },
    'share-video'(account, person) {
      said(
        account,
        person,
        { message_type: 'video', item_id: '@7180000000000000004' },
        { type: 'card', title: '分享的视频 Shared video', texts: [], buttons: [] },
      );
    },
    colleague(account, person, value) {
      const at = host.now();
      const id = ids.message(account.openId, person, at, 'ours');
      const text = value || '您好';
      world.put(account.openId, person, { id, who: 'account', at, bubble: { type: 'text', text } });
      const content = {
        ...webhooks.talk(account, person, id, at),
        index: String(at * 1000),
        message_type: 'text',
        source: '',
        text,
      };
      webhooks.send(account, 'im_send_msg', { from: account.openId, to: person }, content);
    },
    read(account, person) {
      const content = {
        conversation_short_id: ids.conversation(account.openId, person),
        index: String(host.now() * 1000),
        read_open_id: person,
      };
      webhooks.send(account, 'im_message_read', { from: person, to: account.openId }, content);
    },
    consent(account, person, value) {
      const now = Math.floor(host.now() / 1000);
      const granted = value !== 'withdraw';
      rights.consented(account.openId, person, granted ? host.now() + CONSENT_MS : 0);
      const content = {
        auth_status: granted ? 1 : 2,
        operation_type: granted ? 1 : 2,
        create_time: now,
        update_time: now,
        expire_time: granted ? now + CONSENT_MS / 1000 : now,
      };
      webhooks.send(account, 'im_authorize', { from: person, to: account.openId }, content);
    },
    'recall-ours'(account, person, _, messageId) {
      const message = world.find(account.openId, person, messageId);
      if (message?.who !== 'account' || message.unsent)
        throw new PhoneRefusal('not_found', 'No message of the business.');
      world.put(account.openId, person, { ...message, unsent: true, bubble: { type: 'text', text: '' } });
      webhooks.send(account, 'im_recall_msg', { from: account.openId, to: person }, { server_message_id: messageId });
    },
    unauthorize(account) {
      tokens.withdraw(account.app.name, account.name);
      dismiss(account);
      webhooks.send(
        account,
        'unauthorize',
        { from: account.openId, to: '' },
        { scopes: ['user_info', 'im.direct_message'] },
      );
    },
  };

  function said(
    account: Account,
    person: string,
    own: object,
    bubble: Parameters<typeof world.put>[2]['bubble'],
  ): void {
    const at = host.now();
    const id = ids.message(account.openId, person, at, 'said');
    world.put(account.openId, person, { id, who: 'person', at, bubble, state: 'sending' });
    rights.said(account.openId, person);
    const content = { ...webhooks.talk(account, person, id, at), index: String(at * 1000), source: '', ...own };
    webhooks.send(account, 'im_receive_msg', { from: person, to: account.openId }, content, (taken) =>
      world.change(account.openId, person, id, { state: taken ? 'sent' : 'failed' }),
    );
  }

  return (account, person, action, value = '', messageId = '') => {
    const doing = Object.hasOwn(doings, action) ? doings[action] : undefined;
    if (!doing) throw new PhoneRefusal('not_found', 'No such action.');
    doing(account, person, value, messageId);
  };
}
