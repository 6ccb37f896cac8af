/** What survives a reload, where the browser lets us; memory where it does not (no cookies, private frames, full disk). */
export interface Keep {
  get(name: string): string | null;
  set(name: string, value: string | null): void;
  names(): string[];
  /** Another tab changed something. */
  watch(heard: (name: string, value: string | null) => void): void;
}

/** A store of its own for one channel. */
export function keepFor(key: string, storage: () => Storage = () => window.localStorage): Keep {
  const prefix = `haina:${key}:`;
  const memory = new Map<string, string | null>();
  let disk: Storage | undefined;
  try {
    disk = storage();
    disk.setItem(`${prefix}?`, '1');
    disk.removeItem(`${prefix}?`);
  } catch {
    disk = undefined;
  }
  return {
    get(name) {
      const held = memory.get(name);
      if (held !== undefined) return held;
      try {
        return disk?.getItem(prefix + name) ?? null;
      } catch {
        return null;
      }
    },
    set(name, value) {
      try {
        if (!disk) throw 0;
        if (value === null) disk.removeItem(prefix + name);
        else disk.setItem(prefix + name, value);
        memory.delete(name);
      } catch {
        memory.set(name, value);
      }
    },
    names() {
      const found = new Set<string>();
      for (let at = 0; disk && at < disk.length; at++) {
        const name = disk.key(at) ?? '';
        if (name.startsWith(prefix)) found.add(name.slice(prefix.length));
      }
      for (const [name, value] of memory) value === null ? found.delete(name) : found.add(name);
      return [...found];
    },
    watch(heard) {
      if (!disk) return;
      window.addEventListener('storage', (event) => {
        if (event.storageArea === disk && event.key?.startsWith(prefix))
          heard(event.key.slice(prefix.length), event.newValue);
      });
    },
  };
}
