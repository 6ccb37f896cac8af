import { type Change, spelt } from '../../core/settings/changes.ts';
import { FINDINGS, type FindingCode } from '../../core/settings/findings/codes.ts';
import { say } from '../start/say.mjs';
import type { Plan } from './plan.ts';
import type { Said } from './resolve.ts';
import type { Read } from './yaml.ts';

/** Longest value in a line of a plan, in UTF-16 units. */
const MOST = 160;

/** A value on one line. */
export function brief(value: unknown): string {
  if (value === undefined) return '∅';
  const text = typeof value === 'string' ? value : JSON.stringify(withoutIds(value));
  const line = text === '' ? '""' : text.replaceAll('\n', '⏎');
  return line.length > MOST ? `${line.slice(0, MOST - 1)}…` : line;
}
const withoutIds = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(withoutIds)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([key]) => key !== 'id')
            .map(([key, part]) => [key, withoutIds(part)]),
        )
      : value;

function line({ kind, path, before, after }: Change): string {
  const place = spelt(path);
  if (kind === 'added') return `  + ${place}: ${brief(after)}`;
  if (kind === 'removed') return `  - ${place}: ${brief(before)}`;
  if (kind === 'moved') return `  ↕ ${place}: ${(before as string[]).join(', ')} → ${(after as string[]).join(', ')}`;
  return `  ~ ${place}: ${brief(before)} → ${brief(after)}`;
}

/** A plan as text: each part with what changes in it. */
export function planText({ changes }: Plan): string {
  if (!changes.length) return say('Nothing to change.', '没有需要修改的内容。');
  const parts = Map.groupBy(changes, ({ part }) => part);
  return [
    ...[...parts].map(([part, list]) => [part, ...list.map(({ change }) => line(change))].join('\n')),
    say(`${changes.length} change(s).`, `共 ${changes.length} 处修改。`),
  ].join('\n');
}

/** Sentences for what only the file or the hub can find wrong. */
const OWN: Record<string, () => string> = {
  unknown: () => say('there is no such thing', '不存在'),
  ambiguous: () => say('several have this name: write the id', '有多个同名项，请写 ID'),
  unknown_key: () => say('unknown key', '无法识别的键'),
  in_use: () => say('it is still in use', '仍在使用中'),
};

/** `file:line:column: what is wrong`. */
export function wrongText(file: string, read: Read, { path, key, code, message, params }: Said): string {
  const { line: at, column } = read.at(path, key);
  const told = OWN[code]?.() ?? message ?? FINDINGS[code as FindingCode]?.replace(/; params.*$/, '') ?? code;
  const more = Object.entries(params ?? {})
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
  return `${file}:${at}:${column}: ${path.join('.')}: ${told} [${code}]${more ? ` (${more})` : ''}`;
}
