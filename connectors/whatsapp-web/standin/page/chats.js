// @ts-nocheck It plays modules without types, for a library that reaches into them without types.
import { conn, me } from './account.js';
import { Collection, Model, MsgKey, widOf } from './model.js';
import { ask } from './wire.js';

export const Msg = new (class extends Collection {
  modelClass = Model;
  async getMessagesById(ids) {
    return { messages: ids.map((id) => this.get(id)).filter(Boolean) };
  }
})();
export const Chat = new (class extends Collection {
  async find(id) {
    return this.get(id);
  }
})();
export const Contact = new (class extends Collection {
  async find(id) {
    const wid = widOf(id);
    return this.get(wid) ?? this.add(new Model({ id: wid, pushname: people.get(String(wid))?.name }));
  }
})();

/** What the server told of persons: number, hidden id, name. By either id. */
export const people = new Map();
export function meet(person) {
  for (const id of [person.pn, person.lid]) people.set(id, person);
}

export function chatOf(id) {
  const known = Chat.get(id);
  if (known) return known;
  const wid = widOf(id);
  const chat = new Model({ id: wid, unreadCount: 0, formattedTitle: people.get(String(wid))?.name ?? wid.user });
  chat.msgs = { getModelsArray: () => Msg.getModelsArray().filter((one) => String(one.id.remote) === String(wid)) };
  chat.mute = { expiration: 0 };
  return Chat.add(chat);
}

/** A message as the server has it becomes one of the page's. `isNew`: it came just now. */
export function modelOf(wire, isNew) {
  const { id, remote, fromMe, file, ...rest } = wire;
  const key = new MsgKey({ remote, id, fromMe });
  const own = widOf(remote).isLid() ? me.lid : me.pn;
  const message = new Model({
    ...rest,
    id: key,
    from: fromMe ? own : key.remote,
    to: fromMe ? key.remote : own,
    isNewMsg: isNew,
    ...(file && {
      directPath: `/file/${file}`,
      filehash: file,
      encFilehash: file,
      mediaKey: 'key',
      mediaObject: undefined,
    }),
    ...(wire.quotedStanzaID && { quotedMsg: { type: 'chat' } }),
  });
  return equipped(message);
}

/** What the library expects of a message beside its attributes. */
export function equipped(message) {
  const define = (name, value) => Object.defineProperty(message, name, { value, enumerable: false, writable: true });
  define('unsafe', () => message);
  define('canReply', () => true);
  define('mediaData', { mediaStage: message.type === 'revoked' ? 'ERROR' : 'RESOLVED' });
  define('downloadMedia', async () => {});
  define('msgContextInfo', () => ({
    quotedMsg: { type: message.type },
    quotedStanzaID: message.id.id,
    quotedParticipant: message.id.fromMe ? me.pn : message.id.remote,
  }));
  return message;
}

export function take(wire, isNew) {
  const chat = chatOf(wire.remote);
  const message = Msg.add(modelOf(wire, isNew));
  if (!wire.fromMe) Chat.set(chat, { unreadCount: chat.unreadCount + 1 });
  return message;
}

/** Shows our message at once and hands it to the server; the second promise is the server's word. */
export function addAndSend(chat, message) {
  const { caption, body, type, mimetype, size, filename, loc, lat, lng, quotedStanzaID, quotedParticipant, ptt } =
    message;
  const model = Msg.add(equipped(new Model(message)));
  const sending = ask('send', {
    device: conn.device,
    message: {
      id: message.id.id,
      remote: String(chat.id),
      type,
      body: typeof body === 'string' ? body : undefined,
      caption,
      mimetype,
      size,
      filename,
      loc,
      lat,
      lng,
      ptt,
      quotedStanzaID,
      quotedParticipant: quotedParticipant && String(quotedParticipant),
      file: message.directPath?.split('/').at(-1),
    },
  }).then(({ t }) => {
    Msg.set(model, { ack: 1 });
    return { messageSendResult: 'OK', t };
  });
  return [Promise.resolve(model), sending];
}
