import type { Folder } from './shapes.ts';

/** The tree of channels (CH-01, CH-02) as values: groups in their order, then what is in no group. */
export interface Leaf {
  id: string;
  folderId: string | null;
  order: number;
  createdAt: string;
}
export interface Branch<L extends Leaf> {
  /** null: the channels of no group; always there, always last. */
  folder: Folder | null;
  channels: L[];
}

export function treeOf<L extends Leaf>(folders: readonly Folder[], channels: readonly L[]): Branch<L>[] {
  const known = new Set(folders.map((one) => one.id));
  const inside = (id: string | null) =>
    channels
      .filter((one) => (one.folderId && known.has(one.folderId) ? one.folderId : null) === id)
      .sort((a, b) => a.order - b.order || (a.createdAt < b.createdAt ? -1 : 1));
  return [
    ...[...folders]
      .sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1))
      .map((folder) => ({ folder, channels: inside(folder.id) })),
    { folder: null, channels: inside(null) },
  ];
}

/** One step up (-1) or down (1). A channel at the edge of its group enters the next one. */
export function stepped<L extends Leaf>(tree: Branch<L>[], id: string, by: -1 | 1): Branch<L>[] {
  const at = tree.findIndex((branch) => branch.folder?.id === id);
  if (at >= 0) {
    const to = at + by;
    if (to < 0 || !tree[to]?.folder) return tree;
    const next = [...tree];
    [next[at], next[to]] = [next[to]!, next[at]!];
    return next;
  }
  const from = tree.findIndex((branch) => branch.channels.some((one) => one.id === id));
  if (from < 0) return tree;
  const index = tree[from]!.channels.findIndex((one) => one.id === id) + by;
  if (index >= 0 && index < tree[from]!.channels.length) return placed(tree, id, tree[from]!.folder?.id ?? null, index);
  const to = tree[from + by];
  return to ? placed(tree, id, to.folder?.id ?? null, by < 0 ? to.channels.length : 0) : tree;
}

/** The channel at this place of a group; `index` counts without the channel itself. */
export function placed<L extends Leaf>(
  tree: Branch<L>[],
  id: string,
  folderId: string | null,
  index: number,
): Branch<L>[] {
  const leaf = tree.flatMap((branch) => branch.channels).find((one) => one.id === id);
  if (!leaf) return tree;
  return tree.map((branch) => {
    const channels = branch.channels.filter((one) => one.id !== id);
    if ((branch.folder?.id ?? null) === folderId) channels.splice(index, 0, leaf);
    return { ...branch, channels };
  });
}

/** The group before or after another group. */
export function folderPlaced<L extends Leaf>(tree: Branch<L>[], id: string, index: number): Branch<L>[] {
  const moving = tree.find((branch) => branch.folder?.id === id);
  if (!moving) return tree;
  const rest = tree.filter((branch) => branch !== moving);
  rest.splice(Math.min(index, rest.length - 1), 0, moving);
  return rest;
}

/** What the hub, which knows these, has to be told so that it shows this tree. */
export function changesOf<L extends Leaf>(
  tree: Branch<L>[],
  channels: readonly L[],
  folders: readonly Folder[],
): { channels: { id: string; folderId: string | null; order: number }[]; folders: string[] | null } {
  const known = new Map(channels.map((one) => [one.id, one]));
  const moved = tree.flatMap((branch) =>
    branch.channels
      .map(({ id }, order) => ({ id, folderId: branch.folder?.id ?? null, order }))
      .filter(({ id, folderId, order }) => {
        const one = known.get(id);
        return one && (one.folderId !== folderId || one.order !== order);
      }),
  );
  const ids = (branches: Branch<Leaf>[]) => branches.flatMap((branch) => branch.folder?.id ?? []);
  const now = ids(tree);
  return { channels: moved, folders: now.join() === ids(treeOf(folders, [])).join() ? null : now };
}
