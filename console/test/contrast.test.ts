import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '..', 'src', 'app.css'), 'utf8');
const tokens = (selector: string) =>
  Object.fromEntries(
    [
      ...css
        .slice(css.indexOf(`${selector} {`), css.indexOf('\n}', css.indexOf(`${selector} {`)))
        .matchAll(/--([\w-]+): (#[0-9a-f]{6});/g),
    ].map(([, name, value]) => [name!, value!]),
  );
const light = tokens(':root');
const themes = { light, dark: { ...light, ...tokens('.dark') } };

/** WCAG 2.2 relative luminance and contrast. */
const luminance = (hex: string) => {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
};
const contrast = (a: string, b: string) => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high! + 0.05) / (low! + 0.05);
};

const GROUNDS = ['ground', 'rail', 'panel', 'surface', 'raised', 'sunken', 'hover'];
const PAIRS: [ink: string, ground: string][] = [
  ...GROUNDS.flatMap((ground) => ['ink', 'ink-2', 'ink-3'].map((ink): [string, string] => [ink, ground])),
  ...['surface', 'panel', 'raised', 'accent-soft', 'mine', 'sunken'].map((ground): [string, string] => [
    'accent',
    ground,
  ]),
  ...['ink', 'ink-2'].flatMap((ink) => ['chosen', 'mine'].map((ground): [string, string] => [ink, ground])),
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-strong'],
  ['good', 'good-soft'],
  ['good', 'surface'],
  ['warn', 'warn-soft'],
  ['bad', 'bad-soft'],
  ['bad', 'surface'],
  ['bad', 'raised'],
  ['mark-ink', 'mark'],
  ['surface', 'badge'],
];

describe.each(Object.entries(themes))('%s', (_, theme) => {
  it.each(PAIRS)('%s on %s reads (4.5:1)', (ink, ground) =>
    expect(contrast(theme[ink!]!, theme[ground!]!)).toBeGreaterThanOrEqual(4.5),
  );
});
