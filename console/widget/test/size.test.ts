import { readdirSync, readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { built } from './built.ts';

const build = new URL('../build/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, build));
const gzip = (names: string[]) => names.reduce((sum, name) => sum + gzipSync(read(name), { level: 9 }).length, 0);

describe('what a visitor has to load', () => {
  beforeAll(built, 60_000);
  const assets = () => readdirSync(new URL('chat-assets/', build)).map((name) => `chat-assets/${name}`);

  it('is at most 3 kB before a click', () => {
    expect(gzip(['widget.js'])).toBeLessThanOrEqual(3000);
  });
  /** What the page itself names; the forms are asked for when they are wanted. */
  const named = () => assets().filter((name) => read('chat.html').includes(name));
  const later = () => assets().filter((name) => !named().includes(name));
  it('is at most 31 kB when the chat is open: page, scripts and sheet', () => {
    expect(gzip(['chat.html', ...named()])).toBeLessThanOrEqual(31_000);
  });
  it('is at most 5 kB more to rate or to leave a message', () => {
    expect(later()).toHaveLength(1);
    expect(gzip(later())).toBeLessThanOrEqual(5000);
  });
  it('is one classic script for the loader, that leaves only window.Haina behind', () => {
    const text = read('widget.js').toString();
    expect(() => new Script(text)).not.toThrow();
    expect(text).toMatch(/^\(function\(\)\{[\s\S]*\}\)\(\);?\s*$/);
  });
  it('is asked for at once by the page, nothing inline, nothing from elsewhere', () => {
    const html = read('chat.html').toString();
    expect(
      named()
        .map((name) => name.split('.').at(-1))
        .sort(),
    ).toEqual(['css', 'js', 'js']);
    expect(html).not.toMatch(/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/);
    for (const [, url] of html.matchAll(/(?:src|href)="([^"]+)"/g)) expect(url).toMatch(/^\/chat-assets\/|^data:,$/);
  });
  it('writes nobody’s words as HTML and evaluates nothing', () => {
    // Preact's own support for the property is the one place it may stand.
    const ours = readdirSync(new URL('../chat/', import.meta.url), { recursive: true, encoding: 'utf8' }).filter(
      (name) => /\.tsx?$/.test(name),
    );
    for (const name of ours)
      expect(readFileSync(new URL(`../chat/${name}`, import.meta.url), 'utf8')).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function/,
      );
  });
});
