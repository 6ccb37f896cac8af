import { expect, it } from 'vitest';
import { steadyClock } from './steady.ts';

function clocks() {
  const time = { wall: 1_000_000, steady: 50 };
  const clock = steadyClock(
    () => time.wall,
    () => time.steady,
  );
  function pass(ms: number) {
    time.wall += ms;
    time.steady += ms;
  }
  return { time, clock, pass };
}

it('is the wall clock while that runs evenly', () => {
  const { time, clock, pass } = clocks();
  for (let i = 0; i < 5; i++) {
    pass(500);
    expect(clock()).toBe(time.wall);
  }
});

it('follows a clock put forward at no more than twice the speed of time', () => {
  const { time, clock, pass } = clocks();
  clock();
  time.wall += 3_600_000;
  pass(500);
  expect(clock()).toBe(1_001_000);
  pass(1_000_000);
  expect(clock()).toBe(3_001_000);
  pass(3_600_000);
  expect(clock()).toBe(time.wall);
});

it('follows a clock put back at once', () => {
  const { time, clock, pass } = clocks();
  clock();
  time.wall -= 3_600_000;
  pass(500);
  expect(clock()).toBe(time.wall);
});
