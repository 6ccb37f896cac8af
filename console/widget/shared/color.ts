/** Relative luminance of `#rrggbb` (WCAG 2.2): 0 black to 1 white. */
export function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two `#rrggbb`: 1 to 21. */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a) + 0.05, luminance(b) + 0.05];
  return x > y ? x / y : y / x;
}

/** `wish` where one can read it on `back`, else the better one of black and white: an admin's colours never make a text vanish. */
export function readable(wish: string, back: string, least = 4.5): string {
  if (contrast(wish, back) >= least) return wish;
  return contrast('#ffffff', back) >= contrast('#000000', back) ? '#ffffff' : '#000000';
}
