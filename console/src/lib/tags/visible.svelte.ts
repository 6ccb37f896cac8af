/** How many rows beyond the screen are kept, so that scrolling shows no gap. */
const MORE = 12;

/** Which rows of a long list of equal height are on the screen. Give `follow` to the list's element as an attachment. */
export class Visible {
  from = $state(0);
  to = $state(60);
  /** Pixels of one row. */
  readonly height: () => number;

  constructor(height: () => number) {
    this.height = height;
  }

  follow = (list: HTMLElement): (() => void) => {
    const scroller = scrollerOf(list);
    const look = () => {
      const top = list.getBoundingClientRect().top;
      const { top: edge, height: tall } = scroller.getBoundingClientRect();
      const from = Math.max(0, Math.floor((edge - top) / this.height()) - MORE);
      const to = Math.max(from, Math.ceil((edge + tall - top) / this.height()) + MORE);
      // A step at a time, not a row at a time.
      if (Math.abs(from - this.from) > MORE / 2 || Math.abs(to - this.to) > MORE / 2 || from === 0) {
        this.from = from;
        this.to = to;
      }
    };
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(list);
    sizes.observe(scroller);
    scroller.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      scroller.removeEventListener('scroll', look);
    };
  };
}

/** What scrolls this element. */
export function scrollerOf(element: HTMLElement): HTMLElement {
  for (let one = element.parentElement; one; one = one.parentElement)
    if (/auto|scroll/.test(getComputedStyle(one).overflowY)) return one;
  return document.documentElement;
}
