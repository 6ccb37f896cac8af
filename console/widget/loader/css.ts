import type { WebStyle } from '../../../hub/shapes/channels.ts';
import { readable } from '../shared/color.ts';

/** The launcher's width on each size (V-31 to V-33), CSS pixels. */
const SIDES = { small: 48, medium: 56, large: 64 };

/**
 * The sheet of one embed. Numbers and colours are checked once more: they end up in CSS on a stranger's page.
 * Small: a fixed window; medium: the height is set; large: width and height are set (V-31 to V-35).
 */
export function sheet(style: Partial<WebStyle>): string {
  const number = (name: keyof WebStyle, otherwise: number) =>
    Number.isFinite(style[name]) ? (style[name] as number) : otherwise;
  const color = (name: keyof WebStyle, otherwise: string) =>
    /^#[0-9a-f]{6}$/i.test(`${style[name]}`) ? `${style[name]}` : otherwise;
  const back = color('background', '#1f6feb');
  const front = readable(color('foreground', '#ffffff'), back, 3);
  const size = SIDES[style.size!] ? style.size! : 'medium';
  const side = SIDES[size];
  const bottom = number('bottom', 24);
  const right = number('right', 24);
  const width = size === 'large' ? number('width', 400) : size === 'small' ? 360 : 400;
  const height = size === 'small' ? 540 : number('height', 640);
  const part = number('mobileHeight', 100);
  const inset = (edge: string) => `env(safe-area-inset-${edge},0px)`;
  return `:host{all:initial!important}button{all:unset;box-sizing:border-box;position:fixed;z-index:2147483001;right:calc(${right}px + ${inset('right')});bottom:calc(${bottom}px + ${inset('bottom')});width:${side}px;height:${side}px;border-radius:50%;background:${back};color:${front};cursor:pointer;display:grid;place-items:center;box-shadow:0 1px 3px #0003,0 8px 24px #0003;transition:transform .2s;-webkit-tap-highlight-color:transparent}button:hover{transform:translateY(-2px)}button:active{transform:scale(.95)}button:focus-visible{outline:3px solid ${back};outline-offset:3px;box-shadow:0 0 0 3px #fff}svg{width:46%;fill:none;stroke:currentColor;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}b{position:absolute;top:-2px;right:-2px;min-width:20px;padding:0 5px;box-sizing:border-box;border-radius:10px;background:#d92d20;color:#fff;font:600 12px/20px system-ui,sans-serif;text-align:center;box-shadow:0 0 0 2px #fff}b:empty{display:none}iframe{position:fixed;z-index:2147483000;border:0;right:${right}px;bottom:${bottom + side + 16}px;width:min(${width}px,calc(100vw - ${right + 16}px));height:min(${height}px,calc(100vh - ${bottom + side + 32}px));border-radius:16px;background:Canvas;color-scheme:light dark;box-shadow:0 0 0 1px #0001,0 24px 64px #0003;transition:opacity .18s,transform .18s,visibility .18s}iframe[hidden]{display:block;visibility:hidden;opacity:0;transform:translateY(12px)}@media (max-width:520px){iframe{right:0;bottom:0;width:100%;height:${part}vh;height:${part}dvh;border-radius:${part < 100 ? '16px 16px 0 0' : 0}}button[aria-expanded=true]{display:none}}@media (prefers-reduced-motion:reduce){*{transition:none!important}}@media print{*{display:none}}`;
}
