import { expect, test } from 'vitest';
import { uuidv7Maker } from './id.ts';

const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const noise = (bytes: Uint8Array) => void crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>);

test('version 7, the right variant whatever chance gives, the time in front', () => {
  for (const byte of [0, 0xff])
    expect(
      uuidv7Maker(
        () => 1,
        (bytes) => bytes.fill(byte),
      )(),
    ).toMatch(FORM);
  const id = uuidv7Maker(() => 0x0123456789ab, noise)();
  expect(id).toMatch(FORM);
  expect(id.slice(0, 13)).toBe('01234567-89ab');
});

test('ids sort as they were made: within a millisecond, past its 4,096, and when the clock steps back', () => {
  let now = 1_700_000_000_000;
  const make = uuidv7Maker(() => now, noise);
  const ids = Array.from({ length: 10_000 }, () => make());
  now -= 5000;
  ids.push(...Array.from({ length: 10_000 }, () => make()));
  now += 60_000;
  ids.push(make());
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
  expect(ids.at(-1)!.slice(0, 13).replace('-', '')).toBe(now.toString(16).padStart(12, '0'));
  for (const id of ids) expect(id).toMatch(FORM);
});
