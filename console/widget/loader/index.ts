import type { Served } from '../shared/bridge.ts';
import { type About, type Embed, embed } from './embed.ts';

/**
 * /widget.js, put into any page by
 *
 *   <script src="https://HOST/widget.js?key=KEY" data-key="KEY" async charset="utf-8"></script>
 *
 * With `?key=` the hub prepends `window.__haina={key,style}`, so that the button has its colours and place without
 * another request; without it the button has the house's colours. Calls may come before the script is there:
 *
 *   window.Haina = window.Haina || function () { (Haina.q = Haina.q || []).push(arguments) };
 *   Haina('open');  Haina('close', { key });  Haina('boot', { key, language: 'ja', style: { right: 40 } });
 *   Haina('boot', { user: JWT, visit: { source: '2', company: 'Acme', 'field.level': 'gold' } });
 *
 * `user` is who your server says the visitor is; `visit` what a chat link may tell. `key` chooses among several embeds; without it the first is meant. `boot` sets the language of an embed, or adds one.
 *
 * A page with a Content-Security-Policy needs `script-src https://HOST` and `frame-src https://HOST`; nothing else: no
 * inline script, no inline style, no eval, no innerHTML, no connection from the page itself.
 */
type Call = ArrayLike<unknown>;
type Haina = { (...call: unknown[]): void; q?: Call[]; embeds?: Embed[] };
declare global {
  interface Window {
    Haina?: Haina;
    __haina?: Served;
  }
}

const script = (document.currentScript || document.querySelector('script[src*="/widget.js"]')) as HTMLScriptElement;
const served = window.__haina || {};
delete window.__haina;
const address = new URL(script.src);
const key = script.dataset.key || served.key || address.searchParams.get('key');

/** The first loader on a page answers for all of them; a site's own stub only queues. */
const haina: Haina = window.Haina?.embeds
  ? window.Haina
  : Object.assign(answer, { embeds: [], q: window.Haina?.q || [] });
window.Haina = haina;
const embeds = haina.embeds!;

function answer(command?: unknown, detail?: unknown) {
  if (!document.body) return void haina.q!.push([command, detail]);
  const given = (detail || {}) as Served & About;
  const meant = given.key ? embeds.find(({ key }) => key === given.key) : embeds[0];
  if (command === 'boot' && !meant) add(given.key, given.style, given);
  else if (command === 'boot') meant!.tell(given);
  else if (command === 'open' || command === 'close') meant?.show(command === 'open');
}

function add(key?: string | null, style: Served['style'] = {}, about?: About) {
  if (key && !embeds.some((known) => known.key === key)) embeds.push(embed(address.origin, key, style, about));
}

function start() {
  add(key, served.style);
  for (const call of haina.q!.splice(0)) haina(...Array.from(call));
}
if (document.body) start();
else document.addEventListener('DOMContentLoaded', start);
