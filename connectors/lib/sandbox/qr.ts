import { encode } from 'uqr';

/**
 * A QR code as inline SVG, dark on light whatever the page's colours (cameras want it so), with the quiet zone the
 * standard asks for (four modules). `label` is read out instead of it; both must come escaped where they came from outside.
 */
export function qrSvg(text: string, label: string): string {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const runs: string[] = [];
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < size; x++) {
      const from = x;
      while (x < size && row[x]) x++;
      if (x > from) runs.push(`M${from} ${y}h${x - from}v1H${from}z`);
    }
  }
  return `<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" d="${runs.join('')}"/></svg>`;
}
