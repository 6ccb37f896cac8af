// @ts-nocheck It plays modules without types, for a library that reaches into them without types.
/** Listeners by name; several names in one text, as the page's own models take them. */
export class Emitter {
  #heard = new Map();

  on(names, listener) {
    for (const name of names.split(' ')) this.#heard.set(name, [...(this.#heard.get(name) ?? []), listener]);
    return this;
  }

  once(name, listener) {
    const one = (...args) => {
      this.off(name, one);
      listener(...args);
    };
    return this.on(name, one);
  }

  off(name, listener) {
    this.#heard.set(
      name,
      (this.#heard.get(name) ?? []).filter((one) => one !== listener),
    );
  }

  has(name) {
    return (this.#heard.get(name) ?? []).length > 0;
  }

  emit(name, ...args) {
    for (const listener of [...(this.#heard.get(name) ?? [])]) listener(...args);
  }
}

/** Whose an id is. */
export class Wid {
  constructor(text) {
    const at = text.lastIndexOf('@');
    this.user = text.slice(0, at);
    this.server = text.slice(at + 1);
    this._serialized = text;
  }
  isLid() {
    return this.server === 'lid';
  }
  isGroup() {
    return this.server === 'g.us';
  }
  isStatus() {
    return this._serialized === 'status@broadcast';
  }
  toJid() {
    return this._serialized;
  }
  toString() {
    return this._serialized;
  }
}

export const widOf = (id) => (id instanceof Wid ? id : new Wid(String(id?._serialized ?? id)));

/** The key of a message: which side, which chat, which number. */
export class MsgKey {
  static async newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(9));
    return `3EB0${[...bytes]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
      .toUpperCase()}`;
  }

  constructor({ to, remote, id, selfDir, fromMe }) {
    this.fromMe = fromMe ?? selfDir === 'out';
    this.remote = widOf(remote ?? to);
    this.id = id;
    this._serialized = `${this.fromMe}_${this.remote}_${id}`;
  }
  toString() {
    return this._serialized;
  }
}

/** What can be written down of a value: the way out of the page takes nothing else. */
function written(value) {
  if (value instanceof Wid || value instanceof MsgKey) return { ...value };
  if (Array.isArray(value)) return value.map(written);
  if (value === null || typeof value !== 'object') return typeof value === 'function' ? undefined : value;
  const plain = Object.getPrototypeOf(value) === Object.prototype;
  return plain ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, written(item)])) : undefined;
}

export class Model extends Emitter {
  constructor(attributes) {
    super();
    Object.assign(this, attributes);
  }

  serialize() {
    return Object.fromEntries(
      Object.entries(this)
        .map(([key, value]) => [key, written(value)])
        .filter(([, value]) => value !== undefined),
    );
  }
}

/** A collection tells of its models' changes as `change:<attribute>`. */
export class Collection extends Emitter {
  models = new Map();

  get(id) {
    return this.models.get(String(id));
  }

  getModelsArray() {
    return [...this.models.values()];
  }

  add(model) {
    this.models.set(String(model.id), model);
    this.emit('add', model);
    return model;
  }

  set(model, changes) {
    for (const [name, value] of Object.entries(changes)) {
      const before = model[name];
      if (before === value) continue;
      model[name] = value;
      model.emit(`change:${name}`, model, value, before);
      this.emit(`change:${name}`, model, value, before);
    }
    this.emit('change', model);
  }
}
