import { newId } from '../id.ts';

/** Which entry of a list that is put in order is being put together in a dialog, and what becomes of it. */
export class Editing<T extends All, All extends { id: string } = T> {
  /** The one the dialog shows: new, or as it stands in the list. */
  entry: T | null = $state.raw(null);
  readonly #list: () => All[];

  constructor(list: () => All[]) {
    this.#list = list;
  }
  /** Takes its old place in the list, or the last. */
  done = (entry: T) => {
    const list = this.#list();
    const at = list.findIndex((one) => one.id === entry.id);
    if (at >= 0) list[at] = entry;
    else list.push(entry);
    this.entry = null;
  };
  close = () => {
    this.entry = null;
  };
  /** A twin below it, open at once. */
  copy(entry: T, index: number) {
    const twin = { ...(structuredClone($state.snapshot(entry)) as T), id: newId() };
    this.#list().splice(index + 1, 0, twin);
    this.entry = twin;
  }
}
