import type { Phone, PhoneMessage } from '../../lib/phone/model.ts';
import { PhoneRefusal } from '../../lib/phone/model.ts';
import type { WechatAccount } from './accounts.ts';
import { type Done, done, tapped } from './acts.ts';
import type { Fields } from './envelope.ts';
import { openIdOf } from './ids.ts';
import { modelOf, official } from './model.ts';
import type { Platform } from './platform.ts';
import type { Pushes } from './pushes.ts';
import { recordedFields, recordingNames } from './recorded.ts';
import { bubbleOfSaid, messageFields } from './said.ts';

/** WeChat as the customer has it in the hand: one phone for official accounts and mini-programs alike. */
export function wechatPhone(platform: Platform, pushes: Pushes): Phone {
  const { world, files, host, nextId, windows } = platform;

  const accountOf = (id: string): WechatAccount => {
    const account = platform.accounts.all().find(({ appId }) => appId === id);
    if (!account) throw new PhoneRefusal('not_found', 'No such account.');
    return account;
  };
  const isFollowing = (account: WechatAccount, person: string) =>
    account.kind === 'mini' || world.chat(account.appId, person).following;
  const mustFollow = (account: WechatAccount, person: string) => {
    if (!isFollowing(account, person)) throw new PhoneRefusal('not_following', 'Not following this account.');
  };

  /** Shows it, pushes it, and keeps showing how far it came. */
  function utter(account: WechatAccount, person: string, message: PhoneMessage | undefined, fields: Fields): void {
    if (message) world.put(account.appId, person, { ...message, state: 'sending' });
    pushes.send(account, person, fields, (taken) => {
      if (message) world.change(account.appId, person, message.id, { state: taken ? 'sent' : 'failed' });
    });
  }

  function perform(account: WechatAccount, person: string, { fields, bubble, message, act, follows }: Done): string {
    const id = nextId();
    if (follows) world.setChat(account.appId, person, { following: true });
    if (act) windows.open(account, person, act);
    const shown = bubble && ({ id, who: 'person', at: host.now(), bubble } as const);
    utter(account, person, shown, message ? { ...fields, MsgId: id } : fields);
    return id;
  }

  return {
    model: official,
    modelOf: (account) => modelOf(accountOf(account).kind),
    // Those somebody listens to stand first.
    accounts: () => world.accounts().sort((a, b) => Number(b.callbackUrl !== '') - Number(a.callbackUrl !== '')),
    people: () => world.people(),
    addPerson: (name) => world.putPerson({ id: openIdOf(host.seed, name), name }),
    chat: (account, person) => world.chat(account, person),
    upload: ({ name, mime, bytes }) => files.add({ name, mime, bytes, at: host.now() }).id,

    say(accountId, person, said) {
      const account = accountOf(accountId);
      mustFollow(account, person);
      if (said.type === 'action')
        return perform(account, person, tapped(said.data, said.text ?? '', account, platform));
      const { sends } = modelOf(account.kind);
      const offered = said.type === 'text' || (said.type === 'sticker' ? sends.stickers : sends[said.type]);
      if (!offered) throw new PhoneRefusal('not_here', 'This chat takes no such message.');
      const bubble = bubbleOfSaid(said, platform);
      return perform(account, person, {
        fields: messageFields(said, account, platform),
        bubble,
        message: true,
        act: 'message',
      });
    },
    unsend() {
      throw new PhoneRefusal('not_here', 'WeChat tells accounts nothing of what is taken back.');
    },
    act(accountId, person, action, value = '') {
      const account = accountOf(accountId);
      const following = isFollowing(account, person);
      if (action !== 'scan') mustFollow(account, person);
      perform(account, person, done(action, value.trim(), account, platform, following));
    },
    follow(accountId, person, following) {
      const account = accountOf(accountId);
      if (account.kind === 'mini' || world.chat(accountId, person).following === following) return;
      world.setChat(accountId, person, { following });
      if (following) windows.open(account, person, 'follow');
      else windows.shut(account, person);
      const Event = following ? 'subscribe' : 'unsubscribe';
      utter(account, person, undefined, { MsgType: 'event', Event, EventKey: '' });
    },
    recordings: recordingNames,
    replay(accountId, person, recording) {
      const account = accountOf(accountId);
      const fields = recordedFields(recording, nextId);
      if (!fields) throw new PhoneRefusal('not_found', 'No such recording.');
      if (fields.MsgType !== 'event') windows.open(account, person, 'message');
      utter(account, person, undefined, fields);
    },
    subscribe: (listener) => world.feed.subscribe(listener),
  };
}
