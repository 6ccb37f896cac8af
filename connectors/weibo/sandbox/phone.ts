import type { Bubble, Phone, PhoneMessage, Said } from '../../lib/phone/model.ts';
import { PhoneRefusal } from '../../lib/phone/model.ts';
import { keyOf } from '../key.ts';
import { freshen, recordings } from '../replay.ts';
import type { WeiboAccount } from './accounts.ts';
import { acts } from './acts.ts';
import { model } from './model.ts';
import { personId } from './people.ts';
import type { Platform } from './platform.ts';
import type { Push, Pushes } from './pushes.ts';

/** Weibo as the fan has it in the hand. */
export function weiboPhone(platform: Platform, pushes: Pushes): Phone {
  const { world, windows, files, host } = platform;

  const accountOf = (uid: string): WeiboAccount => {
    const account = platform.accounts.byUid(uid);
    if (!account) throw new PhoneRefusal('not_found', 'No such account.');
    return account;
  };

  /** Shows it, sends it, and keeps showing how far it came. A push has no id of its own: its parts make one. */
  function utter(account: WeiboAccount, person: string, push: Push, bubble: Bubble): string {
    const id = keyOf(push, push.data);
    const message: PhoneMessage = { id, who: 'person', at: host.now(), bubble, state: 'sending' };
    world.put(account.uid, person, message);
    pushes.send(account, push, (taken) => world.change(account.uid, person, id, { state: taken ? 'sent' : 'failed' }));
    return id;
  }

  return {
    model,
    accounts: () => world.accounts(),
    people: () => world.people(),
    addPerson: (name) => world.putPerson({ id: personId(host.seed, name), name }),
    chat: (account, person) => world.chat(account, person),
    upload: ({ name, mime, bytes }) => files.add({ name, mime, bytes, at: host.now() }).id,

    say(uid, person, said) {
      const account = accountOf(uid);
      world.chat(uid, person);
      const { type, text, data } = said.type === 'text' ? typed(said.text) : sent(said, account, platform);
      windows.open(uid, person);
      return utter(account, person, pushes.make(account, person, type, text, data), bubbleOf(said, platform));
    },

    unsend() {
      throw new PhoneRefusal('not_found', 'Private messages of Weibo cannot be taken back.');
    },

    follow(uid, person, following) {
      if (world.chat(uid, person).following === following) return;
      world.setChat(uid, person, { following });
      if (following) windows.open(uid, person);
      else windows.close(uid, person);
      const account = accountOf(uid);
      const [subtype, text] = following ? ['follow', '关注事件消息'] : ['unfollow', '取消关注事件消息'];
      pushes.send(account, pushes.make(account, person, 'event', text, { subtype }));
    },

    act(uid, person, action, value) {
      const account = accountOf(uid);
      world.chat(uid, person);
      const act = acts(action, value, { account: uid, person }, platform);
      const push = pushes.make(account, person, act.type, act.text, act.data);
      if (act.said) utter(account, person, push, { type: 'text', text: act.said });
      else pushes.send(account, push);
    },

    recordings: () => Object.keys(recordings()),
    replay(uid, person, recording) {
      const body = recordings()[recording];
      if (!body) throw new PhoneRefusal('not_found', 'No such recording.');
      windows.open(uid, person);
      pushes.send(accountOf(uid), freshen(body, { from: person, account: uid, now: host.now }));
    },
    subscribe: (listener) => world.feed.subscribe(listener),
  };
}

interface Told {
  type: string;
  text: string;
  data: Record<string, unknown>;
}
const typed = (text: string): Told => ({ type: 'text', text, data: {} });

/** Everything that is not typed, with the words Weibo puts beside it. Keeps an upload as the account's copy. */
function sent(said: Exclude<Said, { type: 'text' }>, account: WeiboAccount, platform: Platform): Told {
  switch (said.type) {
    case 'location': {
      const data = { longitude: String(said.longitude), latitude: String(said.latitude) };
      return { type: 'position', text: '我在这里： http://t.cn/sandbox', data };
    }
    case 'action':
      return { type: 'event', text: '自定义菜单事件消息', data: { subtype: 'click', key: said.data } };
    case 'image':
    case 'voice': {
      const file = platform.files.get(said.upload);
      if (!file) throw new PhoneRefusal('not_found', 'The upload is no longer here.');
      const [vfid, tovfid] = [platform.nextId(), platform.nextId()];
      platform.contents.set(vfid, { file: file.id, account: '' });
      platform.contents.set(tovfid, { file: file.id, account: account.uid });
      const text = said.type === 'image' ? '发了一张图片' : '发了一段语音';
      return { type: said.type, text, data: { vfid, tovfid } };
    }
    default:
      throw new PhoneRefusal('not_possible', 'Weibo’s private messages have no such kind.');
  }
}

function bubbleOf(said: Said, platform: Platform): Bubble {
  if (!('upload' in said)) return said;
  const file = platform.files.get(said.upload);
  const url = `${new URL(platform.host.url).pathname}/phone/files/${said.upload}`;
  switch (said.type) {
    case 'image':
      return { type: 'image', url };
    case 'voice':
      return { type: 'voice', url, seconds: said.seconds };
    default:
      return { type: 'file', url, name: file?.name ?? 'file', size: file?.bytes.length };
  }
}
