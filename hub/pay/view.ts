import { money } from '../../connectors/lib/plain.ts';
import type { Hub } from '../hub.ts';
import { OPEN, type OrderRow } from '../store/payments.ts';
import type { OpenMerchant } from './merchant.ts';
import { pageWords } from './words.ts';

export type Lang = 'zh' | 'en';
export type Shown = 'open' | 'paid' | 'closed' | 'expired' | 'refunded' | 'failed';

/** What a payer may know of an order. */
export function shownState(hub: Pick<Hub, 'now'>, order: OrderRow): Shown {
  if (order.state === 'paid' || order.state === 'refunding') return 'paid';
  if (order.state === 'refunded' || order.state === 'failed') return order.state;
  const over = order.expires_at.getTime() <= hub.now();
  if (OPEN.includes(order.state) && !over) return 'open';
  return over && order.ended_at === null ? 'expired' : 'closed';
}

/** `?lang=` first, then what the browser prefers. */
export function langOf(said: string | undefined, accepted: string | undefined): Lang {
  return (said ?? accepted ?? 'zh').trim().toLowerCase().startsWith('en') ? 'en' : 'zh';
}

/** `¥12.50`; other currencies by their code. */
export const sum = (order: Pick<OrderRow, 'amount' | 'currency'>): string =>
  order.currency === 'CNY' ? `¥${money(order).replace(' CNY', '')}` : money(order);

const escaped = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/**
 * The payer's page. Its script shows the code or calls the app's bridge, and follows the order; without a script it still
 * says what is to be paid. `inside`: opened in the app itself. `failed`: the app did not say who pays.
 */
export function cashierPage(
  hub: Pick<Hub, 'now'>,
  order: OrderRow,
  merchant: Pick<OpenMerchant, 'name' | 'sandbox'>,
  { lang, inside, failed, canPayInside }: { lang: Lang; inside: boolean; failed: boolean; canPayInside: boolean },
): string {
  const words = pageWords[lang];
  const state = shownState(hub, order);
  const facts = { token: order.token, state, inside: inside && canPayInside && !failed, words };
  const other = lang === 'zh' ? 'en' : 'zh';
  const keep = inside && merchant.sandbox ? '&as=wechat' : '';
  return `<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escaped(`${words.title} · ${merchant.name}`)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/pay/page/cashier.css">
${facts.inside && merchant.sandbox ? '<script type="module" src="/sandbox/pay/page/bridge.js"></script>\n' : ''}<script type="module" src="/pay/page/cashier.js"></script>
</head>
<body>
<main>
<p class="to">${escaped(merchant.name)}</p>
<p class="sum" id="sum">${escaped(sum(order))}</p>
<p class="what">${escaped(order.description)}</p>
<div id="way" class="way"></div>
<p id="status" class="status" role="status">${escaped(failed ? words.nobody : words[state])}</p>
<p id="again" class="again"${failed ? '' : ' hidden'}><a class="button" href="/pay/${order.token}?lang=${lang}${keep}">${escaped(words.again)}</a></p>
${
  merchant.sandbox
    ? `<p class="sandbox"><span class="badge">${escaped(words.sandbox)}</span> <a href="/sandbox/pay" target="_blank">${escaped(words.phone)}</a>${
        inside ? '' : ` · <a href="/pay/${order.token}?as=wechat&lang=${lang}">${escaped(words.inside)}</a>`
      }</p>`
    : ''
}
</main>
<footer>${escaped(words.by)} · <a lang="${other === 'zh' ? 'zh-CN' : 'en'}" href="?lang=${other}${keep}">${other === 'zh' ? '中文' : 'English'}</a></footer>
<script type="application/json" id="facts">${JSON.stringify(facts).replaceAll('<', '\\u003c')}</script>
</body>
</html>
`;
}
