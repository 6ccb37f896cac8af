/** Where the wall clock has run ahead, the steady one follows at most at twice the speed of time. */
const CATCH_UP = 2;

/**
 * A clock for deadlines. It is the wall clock, unless that jumps: put forward, it is followed slowly, so that nobody's
 * conversation ends because somebody set the time; put back, it is followed at once, since a deadline then only comes late.
 * `wall` and `steady` give milliseconds; `steady` never jumps.
 */
export function steadyClock(wall: () => number, steady: () => number): () => number {
  let shown = wall();
  let last = steady();
  return () => {
    const now = steady();
    shown = Math.min(wall(), shown + (now - last) * CATCH_UP);
    last = now;
    return shown;
  };
}
