import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, stringify } from 'yaml';

/** Something wrong with a file, and where: line and column from 1. */
export interface Wrong {
  line: number;
  column: number;
  text: string;
}

export interface Read {
  value: Record<string, unknown>;
  /** Where a path stands; of what is not written down, where it would have to be. `key`: where its key stands. */
  at(path: readonly (string | number)[], key?: boolean): { line: number; column: number };
}

/** Reads a YAML file (1.2: `on` is a word). Gives every fault of its form with its line instead, where there is one. */
export function readYaml(text: string): { read: Read } | { wrong: Wrong[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (document.errors.length)
    return { wrong: document.errors.map((error) => ({ ...place(error.pos[0]), text: error.message })) };
  if (!isMap(document.contents)) return { wrong: [{ line: 1, column: 1, text: 'not a map of settings areas' }] };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return { wrong: [{ line: 1, column: 1, text: (error as Error).message }] };
  }
  const seen = (node: unknown): Node | undefined => (isAlias(node) ? node.resolve(document) : node) as Node | undefined;
  return {
    read: {
      value: value as Record<string, unknown>,
      at(path, key = false) {
        let node = seen(document.contents);
        let offset = node?.range?.[0] ?? 0;
        for (const [depth, step] of path.entries()) {
          if (isMap(node)) {
            const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
            if (!pair) break;
            const last = depth === path.length - 1;
            const inner = seen(pair.value);
            const from = last && !key && isScalar(inner) ? inner : (pair.key as Node);
            offset = from.range?.[0] ?? offset;
            node = inner;
          } else if (isSeq(node)) {
            const inner = seen(node.items[Number(step)]);
            if (!inner) break;
            offset = inner.range?.[0] ?? offset;
            node = inner;
          } else break;
        }
        return place(offset);
      },
    },
  };
}

/** As people would write it: long texts as blocks, lines not folded. */
export const writeYaml = (value: unknown): string => stringify(value, { lineWidth: 0 });
