// @ts-nocheck It plays modules without types, for a library that reaches into them without types.
import { Emitter, widOf } from './model.js';
import { ask } from './wire.js';

const LOGIN = 'standin-login';

/** State of the connection. News that the page has settled waits for somebody to hear it. */
class Socket extends Emitter {
  state = 'OPENING';
  hasSynced = false;

  set(state) {
    if (state === this.state) return;
    this.state = state;
    this.emit('change:state', this, state);
  }

  on(names, listener) {
    super.on(names, listener);
    if (names === 'change:hasSynced' && this.hasSynced) setTimeout(() => this.emit('change:hasSynced'), 300);
    return this;
  }

  synced() {
    this.hasSynced = true;
    this.emit('change:hasSynced');
  }

  async logout() {
    await ask('logout', { token: localStorage.getItem(LOGIN) });
    localStorage.removeItem(LOGIN);
  }
  takeover() {}
  reconnect() {}
}

class Conn extends Emitter {
  ref = '';
  platform = 'android';
  pushname = '';
  serialize() {
    return { ref: this.ref, platform: this.platform, pushname: this.pushname };
  }
}

export const socket = new Socket();
export const conn = new Conn();
export const cmd = new Emitter();
/** Our own ids, once linked. */
export const me = { pn: undefined, lid: undefined };

export const login = {
  get: () => localStorage.getItem(LOGIN),
  set: (token) => localStorage.setItem(LOGIN, token),
  drop: () => localStorage.removeItem(LOGIN),
};

/** A phone has scanned this device's code, or its login was still good. */
export async function entered(own, chats, settle) {
  me.pn = widOf(own.pn);
  me.lid = widOf(own.lid);
  conn.pushname = own.name;
  settle(chats);
  socket.set('CONNECTED');
  cmd.emit('offline_progress_update_from_bridge');
  socket.synced();
}

export function newRef(ref) {
  conn.ref = ref;
  conn.emit('change:ref', conn, ref);
}
