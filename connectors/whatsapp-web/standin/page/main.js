// @ts-nocheck It plays modules without types, for a library that reaches into them without types.
import { cmd, conn, entered, login, newRef, socket } from './account.js';
import { Chat, Msg, meet, take } from './chats.js';
import { MsgKey, widOf } from './model.js';
import { modules } from './modules.js';
import { ask, listen } from './wire.js';

window.require = (name) => {
  if (!Object.hasOwn(modules, name)) throw new Error(`Requiring unknown module "${name}"`);
  return modules[name];
};

/** What had come before this page was opened stands in its chats, without having "arrived". */
function settle({ people, messages }) {
  people.forEach(meet);
  for (const wire of messages) take(wire, false);
}

const keyOf = ({ fromMe, remote, id }) => `${fromMe}_${remote}_${id}`;

/** What the server tells this device. */
const news = {
  ref: ({ ref }) => newRef(ref),
  state: ({ state }) => socket.set(state),
  async linked({ token, me, ...rest }) {
    login.set(token);
    // The browser writes what is stored some time later; the phone, too, takes a moment.
    socket.set('PAIRING');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await entered(me, rest, settle);
  },
  person: ({ person }) => meet(person),
  message: ({ message }) => void take(message, true),
  ack({ message, ack }) {
    const found = Msg.get(keyOf(message));
    if (found) Msg.set(found, { ack });
  },
  revoke({ message }) {
    const found = Msg.get(keyOf(message));
    if (found) Msg.set(found, { type: 'revoked', body: undefined, caption: undefined });
  },
  edit({ message, body }) {
    const found = Msg.get(keyOf(message));
    if (found) Msg.set(found, { [found.directPath ? 'caption' : 'body']: body });
  },
  read({ chat }) {
    const found = Chat.get(chat);
    if (found) Chat.set(found, { unreadCount: 0 });
  },
  async reaction({ message, sender, emoji, at }) {
    const parent = new MsgKey(message);
    await modules.WAWebAddonReactionTableMode.reactionTableMode.bulkUpsert([
      {
        id: { ...parent },
        reactionParentKey: { ...parent, remote: String(parent.remote) },
        reactionTimestamp: at,
        from: widOf(sender),
        reactionText: emoji,
        ack: 2,
      },
    ]);
  },
  async logout() {
    login.drop();
    cmd.emit('logout');
    await new Promise((resolve) => setTimeout(resolve, 100));
    location.assign('/?post_logout=1');
  },
};

const opened = await ask('open', { token: login.get() });
conn.device = opened.device;
// The library waits for this name before it looks any further.
window.Debug = { VERSION: '2.3000.1099999999' };
void listen(opened.device, (event) => news[event.type]?.(event));
if (opened.me) {
  await new Promise((resolve) => setTimeout(resolve, 200));
  await entered(opened.me, opened, settle);
} else {
  login.drop();
  conn.ref = opened.ref;
  socket.set('UNPAIRED');
}
