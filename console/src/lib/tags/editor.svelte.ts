import { tick } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import { t } from '../i18n/index.svelte.ts';
import { newId } from '../id.ts';
import { toast } from '../say.ts';
import { openedFor, shownSpots } from './choose.ts';
import { type Drop, dropped, type Step, target } from './moves.ts';
import { added, find, free, type Limit, mayAdd, mayPlace, pathTo, placed, removed, spots, type Tag } from './tree.ts';

/** The tree of session tags while it is edited: what is open, what is chosen, and every change with what is said of it. */
export class TreeEditor {
  readonly #get: () => Tag[];
  readonly #set: (tags: Tag[]) => void;
  readonly #element: (id: string) => string;
  /** The chosen tag. */
  at: string | null = $state(null);
  readonly open = new SvelteSet<string>();
  wish = $state('');
  /** For those who hear the screen. */
  said = $state('');
  /** As plain values: a thousand are looked through at every key, and what is watched is slow to read. */
  readonly tags: readonly Tag[] = $derived.by(() => $state.snapshot(this.#get()) as Tag[]);
  readonly rows = $derived.by(() => shownSpots(this.tags, this.wish, (tag) => this.open.has(tag.id)));
  readonly chosen = $derived.by(() => (this.at ? spots(this.tags).find((one) => one.tag.id === this.at) : undefined));
  /** Searching shows a part: what stands beside what is not seen, so nothing is moved. */
  readonly still = $derived(this.wish.trim() !== '');

  /** `get` and `set` are the document's tags; `element` gives the DOM id of a tag's row. */
  constructor(get: () => Tag[], set: (tags: Tag[]) => void, element: (id: string) => string) {
    this.#get = get;
    this.#set = set;
    this.#element = element;
    for (const id of openedFor(get(), [], 60)) this.open.add(id);
  }

  async focus(id: string | null): Promise<void> {
    this.at = id;
    if (!id) return;
    for (const above of pathTo(this.tags, id)?.slice(0, -1) ?? []) this.open.add(above.id);
    await tick();
    document.getElementById(this.#element(id))?.focus();
  }
  fold(id: string, open = !this.open.has(id)): void {
    if (open) this.open.add(id);
    else this.open.delete(id);
  }
  foldAll(open: boolean): void {
    this.open.clear();
    if (open) for (const { tag } of spots(this.tags)) if (tag.children.length) this.open.add(tag.id);
    const at = this.at;
    if (!open && at) this.at = pathTo(this.tags, at)?.[0]?.id ?? null;
  }

  /** A new tag at the end of that parent, chosen. False where a limit stands against it, which is said. */
  add(parentId: string | null): boolean {
    const limit = mayAdd(this.tags, parentId);
    if (limit) return this.#refuse(limit);
    const parent = parentId ? find(this.tags, parentId) : undefined;
    const tag: Tag = {
      id: newId(),
      name: free(this.tags, parentId, t('tagTree.new')),
      colour: parent?.colour ?? '#64748b',
      children: [],
    };
    this.wish = '';
    this.#set(added(this.tags, parentId, tag));
    if (parentId) this.open.add(parentId);
    this.at = tag.id;
    return true;
  }
  /** Takes the tag and what is under it away; the one beside it is chosen. */
  async remove(id: string): Promise<void> {
    const path = pathTo(this.tags, id);
    if (!path) return;
    const beside = path.at(-2)?.children ?? this.tags;
    const index = beside.findIndex((one) => one.id === id);
    const next = beside[index + 1] ?? beside[index - 1] ?? path.at(-2);
    const { name } = path.at(-1)!;
    this.#set(removed(this.tags, id));
    this.said = t('tagTree.removed', { name });
    await this.focus(next?.id ?? null);
  }
  /** Writes into the document itself, so that typing moves nothing. */
  change(id: string, to: Partial<Pick<Tag, 'name' | 'colour'>>): void {
    let list = this.#get();
    for (const { id: next } of pathTo(this.tags, id) ?? []) {
      const tag = list.find((one) => one.id === next);
      if (!tag) return;
      if (next === id) Object.assign(tag, to);
      list = tag.children;
    }
  }
  step(id: string, step: Step): Promise<boolean> {
    const to = this.still ? null : target(this.tags, id, step);
    return to ? this.move(id, to.parentId, to.index) : Promise.resolve(false);
  }
  drop(id: string, overId: string, drop: Drop): Promise<boolean> {
    const to = dropped(this.tags, id, overId, drop);
    return to ? this.move(id, to.parentId, to.index) : Promise.resolve(false);
  }
  /** Says where the tag stands now, or why it stays where it is. */
  async move(id: string, parentId: string | null, index?: number): Promise<boolean> {
    const limit = mayPlace(this.tags, id, parentId);
    if (limit) return this.#refuse(limit);
    this.#set(placed(this.tags, id, parentId, index) as Tag[]);
    // What is moved in the page loses the focus.
    await this.focus(id);
    const { tag, parent, index: place, siblings } = this.chosen!;
    this.said = t(parent ? 'tagTree.moved' : 'tagTree.moved.first', {
      name: tag.name,
      parent: parent?.name ?? '',
      n: place + 1,
      all: siblings,
    });
    return true;
  }
  #refuse(limit: Limit): false {
    toast.error(t(`tagTree.limit.${limit}`));
    return false;
  }
}
