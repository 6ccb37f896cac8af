import type { WebStyle } from '../../../../hub/shapes/channels.ts';
import { contrast, readable } from '../../shared/color.ts';

/** The surfaces with the least contrast that coloured text stands on; the same as in chat.css. */
const PAPER = { light: '#f6f7f9', dark: '#22252b' };

/** The brand's colour moved towards black or white until it reads as text on `paper`. */
export function inkOn(paper: string, brand: string, least = 4.5): string {
  const target = contrast('#ffffff', paper) > contrast('#000000', paper) ? 255 : 0;
  const parts = [1, 3, 5].map((at) => parseInt(brand.slice(at, at + 2), 16));
  for (let part = 0; ; part += 0.08) {
    const mixed = `#${parts
      .map((value) =>
        Math.round(value + (target - value) * Math.min(1, part))
          .toString(16)
          .padStart(2, '0'),
      )
      .join('')}`;
    if (part >= 1 || contrast(mixed, paper) >= least) return mixed;
  }
}

/** Puts a channel's colours where chat.css looks for them; by CSSOM, which no policy forbids. */
export function paint(style: WebStyle): void {
  const set = (name: string, value: string) => document.documentElement.style.setProperty(name, value);
  set('--brand', style.background);
  set('--on-brand', readable(style.foreground, style.background));
  set('--ink-light', inkOn(PAPER.light, style.background));
  set('--ink-dark', inkOn(PAPER.dark, style.background));
}
