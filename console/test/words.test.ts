import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REFUSALS } from '../../core/refusal.ts';

const src = join(import.meta.dirname, '..', 'src');
type Part = Record<string, string>;
const read = async (part: string, language: string): Promise<Part> =>
  (await import(join(src, 'lib', 'i18n', part, `${language}.ts`))).words;
/** Every folder of words, and the words of the desk, which lie above them. */
const names = [
  '',
  ...readdirSync(join(src, 'lib', 'i18n'), { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? one.name : [],
  ),
];
const parts = await Promise.all(
  names.map(async (name) => [name, await read(name, 'zh-CN'), await read(name, 'en')] as const),
);
const chinese: Part = Object.assign({}, ...parts.map(([, zh]) => zh));
const english: Part = Object.assign({}, ...parts.map(([, , en]) => en));
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.(svelte|ts)$/.test(name) && !name.includes('i18n'),
);
const text = (name: string) => readFileSync(join(src, name), 'utf8');
const places = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

describe('the words of the console', () => {
  it.each(parts)('%s: both languages say the same keys with the same places', (_, zh, en) => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    for (const [key, sentence] of Object.entries(zh)) {
      expect(sentence.trim(), key).not.toBe('');
      expect(places(en[key]!), key).toEqual(places(sentence));
    }
  });
  it('English has no Chinese left in it', () => {
    for (const [key, sentence] of Object.entries(english)) expect(sentence, key).not.toMatch(/[\u3400-\u9fff]/);
  });
  it('every key that is asked for exists, and every key is asked for', () => {
    const all = chinese;
    // A key of two parts would say what was loaded last.
    expect(parts.reduce((sum, [, zh]) => sum + Object.keys(zh).length, 0)).toBe(Object.keys(all).length);
    const whole = sources.map(text).join('\n');
    const literal = [...whole.matchAll(/\b(?:t|maybe)\(\s*'([^']+)'/g)].map(([, key]) => key!);
    expect(literal.filter((key) => !(key in all))).toEqual([]);
    // Keys put together of data keep their literal beginning and end; every other key stands somewhere as it is.
    const patterns = [...whole.matchAll(/`((?:[\w-]+\.)+[^`\s]*\$\{[^`]*)`/g)].map(
      ([, one]) =>
        new RegExp(
          `^${one!
            .replace(/\$\{[^}]*\}?/g, '\u0000')
            .replace(/[.*+?^()|[\]\\]/g, '\\$&')
            .replaceAll('\u0000', '.+')}$`,
        ),
    );
    const unused = Object.keys(all).filter(
      (key) => !whole.includes(`'${key}'`) && !patterns.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });
  it('every refusal of the hub has a sentence', () => {
    expect(Object.keys(REFUSALS).filter((code) => !(`error.${code}` in chinese))).toEqual([]);
  });
});
