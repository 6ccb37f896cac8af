/*
 * node core/bench/words.ts
 *
 * Words over 200-character mixed Chinese and English messages. Ours reads the message as it was typed (traditional forms,
 * full width, capitals, spaces, zero-width characters) and maps hits back to it; modern-ahocorasick, its double-array
 * backend, a plain two-character index and a loop of includes() are handed messages that are normalised already.
 * All in one process, in turns, medians of the rounds.
 */
import { spawnSync } from 'node:child_process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import AhoCorasick from 'modern-ahocorasick';
import FastAhoCorasick from 'modern-ahocorasick/fast';
import { buildIndex, find, normalise, type Word, type WordIndex } from '../words/index.ts';

const ROUNDS = 7;
const SLICE_MS = 250; // one candidate's turn in a round
setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

interface Candidate {
  name: string;
  build(): (message: number) => number; // the matcher: hits in message n
  rates: number[];
  build_ms: number[];
  mb: number;
}

let seed = 20261121;
function random(below: number): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
}
const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T;

// Common characters come up more often than rare ones, in words and in messages, as they do in life.
const han = Array.from({ length: 3500 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 5779) % 20900)));
const hanChar = () => han[Math.floor(han.length * (random(1000) / 1000) ** 1.4)] as string;
const syllables =
  'ba be bi con de di en er fo ga in ing ka ko la le ly ma men na ni on per pre ra re ri sa ship st ta ter tion to un ve vi'.split(
    ' ',
  );
const latin = (length: number) => Array.from({ length }, () => pick(syllables)).join('');
const chinese = (length: number) => Array.from({ length }, hanChar).join('');

function makeWords(count: number): string[] {
  const words = new Set<string>();
  while (words.size < count) {
    const word = random(4) === 0 ? latin(3 + random(3)) : chinese(2 + random(4));
    words.add(normalise(word).text);
  }
  return [...words];
}

/** 200 characters: Chinese runs, English words, the odd disguise and a few words of the list. */
function makeMessage(words: readonly string[]): string {
  let text = '';
  while (text.length < 200) {
    const turn = random(20);
    if (turn < 9) text += chinese(4 + random(8));
    else if (turn < 16) text += ` ${latin(1 + random(4))} `;
    else if (turn < 17) text += pick(['，', '。', '!', '？ ', '😀', 'ＯＫ', '\u200b', '繁體', 'Hello']);
    else if (turn < 18) text += pick(words);
  }
  return text.slice(0, 200).toWellFormed();
}

/** The floor of shared measurements: a Map from two characters to the words that begin so. */
function twoCharacters(words: readonly string[]): (text: string) => number {
  const byStart = new Map<string, string[]>();
  for (const word of words) {
    const start = word.slice(0, 2);
    const list = byStart.get(start);
    if (list) list.push(word);
    else byStart.set(start, [word]);
  }
  return (text) => {
    let hits = 0;
    for (let k = 0; k + 1 < text.length; k++) {
      const list = byStart.get(text.slice(k, k + 2));
      if (list) for (const word of list) if (text.startsWith(word, k)) hits++;
    }
    return hits;
  };
}

function candidates(words: string[], messages: string[], plain: string[]): Candidate[] {
  const entries: Word[] = words.map((text, id) => ({ id, text }));
  const row = (name: string, build: Candidate['build']): Candidate => ({ name, build, rates: [], build_ms: [], mb: 0 });
  return [
    row('haina, with normalisation and positions', () => {
      const index: WordIndex = buildIndex(entries);
      return (n) => find(index, messages[n] as string).length;
    }),
    row('modern-ahocorasick', () => {
      const matcher = new AhoCorasick(words);
      return (n) => matcher.search(plain[n] as string).length;
    }),
    row('modern-ahocorasick/fast', () => {
      const matcher = new FastAhoCorasick(words);
      return (n) => matcher.search(plain[n] as string).length;
    }),
    row('two-character Map', () => {
      const matcher = twoCharacters(words);
      return (n) => matcher(plain[n] as string);
    }),
    row('loop of includes()', () => (n) => {
      let hits = 0;
      for (const word of words) if ((plain[n] as string).includes(word)) hits++;
      return hits;
    }),
  ];
}

function used(): number {
  gc();
  gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

/** What a hub pays for its first index after a start: nothing compiled, no table filled. */
function coldBuild(count: number): number[] {
  return Array.from({ length: 5 }, () => {
    const child = spawnSync(process.execPath, [import.meta.filename, '--cold', String(count)], { encoding: 'utf8' });
    return Number(child.stdout);
  });
}

function compare(count: number): void {
  const words = makeWords(count);
  const messages = Array.from({ length: 1000 }, () => makeMessage(words));
  const plain = messages.map((message) => normalise(message).text);
  const rows = candidates(words, messages, plain);
  const matchers = rows.map((row) => {
    const before = used();
    const from = performance.now();
    const matcher = row.build();
    row.build_ms.push(performance.now() - from); // the first, cold build of this size
    row.mb = used() - before;
    return matcher;
  });
  for (let round = 0; round < ROUNDS; round++) {
    rows.forEach((row, n) => {
      const matcher = matchers[n] as (message: number) => number;
      const from = performance.now();
      let done = 0;
      while (performance.now() - from < SLICE_MS) for (let k = 0; k < 10; k++) matcher(done++ % messages.length);
      row.rates.push((done / (performance.now() - from)) * 1000);
      if (round > 0 && round < 5 && row.name.startsWith('haina')) {
        gc();
        const again = performance.now();
        row.build();
        row.build_ms.push(performance.now() - again);
      }
    });
  }
  const hits = (n: number) =>
    messages.reduce((sum, _, message) => sum + (matchers[n]?.(message) ?? 0), 0) / messages.length;
  const [ours] = rows as [Candidate];
  console.log(`\n${count.toLocaleString('en')} words, 200-character messages, ${ROUNDS} rounds`);
  console.log('messages/s   ours ÷ it  worst round  first build ms  memory MB  hits/message');
  rows.forEach((row, n) => {
    const ratios = row.rates.map((rate, round) => (ours.rates[round] as number) / rate);
    console.log(
      [
        Math.round(median(row.rates)).toLocaleString('en').padStart(10),
        median(ratios).toFixed(2).padStart(10),
        Math.min(...ratios)
          .toFixed(2)
          .padStart(12),
        (row.build_ms[0] as number).toFixed(1).padStart(15),
        row.mb.toFixed(1).padStart(10),
        hits(n).toFixed(2).padStart(13),
        `  ${row.name}`,
      ].join(' '),
    );
  });
  console.log(
    `our build, warm: ${ours.build_ms
      .slice(1)
      .map((ms) => ms.toFixed(1))
      .join(', ')} ms`,
  );
  console.log(
    `our build in fresh processes: ${coldBuild(count)
      .map((ms) => ms.toFixed(1))
      .join(', ')} ms`,
  );
}

if (process.argv[2] === '--cold') {
  // Words of the same shapes, made without the engine, so that it starts cold.
  const entries = Array.from({ length: Number(process.argv[3]) }, (_, id) => {
    const text = Buffer.from(id % 4 ? chinese(2 + (id % 4)) : latin(3 + (id % 3))).toString();
    return { id, text };
  });
  const from = performance.now();
  buildIndex(entries);
  console.log(performance.now() - from);
} else for (const count of [10_000, 100_000]) compare(count);
