import type { Text } from '../../../connector.ts';
import type { ConsentRequest } from '../consent.ts';
import { qrSvg } from '../qr.ts';
import { words } from './words.ts';

type Lang = 'zh' | 'en';
/** `lang` undefined: nobody said; the page asks the browser. */
export interface Shown {
  id: string;
  request: ConsentRequest;
  /** Path the sandbox is mounted at, without a slash at the end. */
  base: string;
  lang?: Lang;
}

/** The computer's page: a QR code of `address`, the phone's page, which follows by itself (`desktop.js`). */
export function desktopPage(shown: Shown, address: string): Response {
  const { id, request, base } = shown;
  const say = speaker(shown.lang);
  return html(
    shown,
    'desktop',
    `<main class="card" data-consent="${escaped(`${base}/consent/${id}`)}">
  ${head(say, request)}
  <div class="code">
    ${qrSvg(address, '').replace('aria-label=""', say.attributes(words.qr, 'aria-label'))}
    <div class="veil" hidden><button type="button" id="again" ${say.attributes(words.again)}>${say.of(words.again)}</button></div>
  </div>
  <p class="lead">${say(words.scan)}</p>
  <p class="status" id="status" role="status">${say(words.waiting)}</p>
  <p class="soft">${say(words.phoneHint)}</p>
  <p class="links"><a href="${escaped(`${base}/consent/${id}`)}" target="_blank" rel="opener">${say(words.noPhone)}</a>
  <button type="button" class="plain" id="copy" data-copy="${escaped(address)}" ${say.attributes(words.copy)}>${say.of(words.copy)}</button></p>
</main>
${templates(say, ['waiting', 'scanned', 'agreed', 'refused', 'expired', 'offline', 'copied'])}`,
    "frame-ancestors 'none'",
  );
}

/** The phone's page: which account, which permissions, yes or no (`phone.js`). */
export function phonePage(shown: Shown, over?: 'done' | 'turnedDown' | 'late'): Response {
  const { id, request, base } = shown;
  const say = speaker(shown.lang);
  const accounts = request.accounts.map(
    (
      { id, name, kind },
      i,
    ) => `<label class="choice"><input type="radio" name="account" value="${escaped(id)}"${i === 0 ? ' checked' : ''}>
      <span class="face" aria-hidden="true">${escaped([...name][0] ?? '')}</span><span><b>${escaped(name)}</b>${kind ? `<small>${escaped(kind)}</small>` : ''}</span></label>`,
  );
  const permissions = request.permissions.map(
    ({
      id,
      label,
      required,
    }) => `<label class="choice"><input type="checkbox" name="permissions" value="${escaped(id)}" checked${required ? ' disabled' : ''}>
      <span><b>${say(label)}</b>${required ? `<small>${say(words.required)}</small>` : ''}</span></label>`,
  );
  const body = over
    ? ''
    : `<form id="consent" data-consent="${escaped(`${base}/consent/${id}`)}">
  ${accounts.length ? `<fieldset><legend>${say(words.account)}</legend>${accounts.join('')}</fieldset>` : `<p>${say(words.noAccounts)}</p>`}
  ${permissions.length ? `<fieldset><legend><b>${escaped(request.app)}</b> ${say(words.asks)}</legend>${permissions.join('')}</fieldset>` : ''}
  <p class="error" role="alert" id="error"></p>
  <div class="buttons"><button type="submit" class="primary"${accounts.length ? '' : ' disabled'} ${say.attributes(words.agree)}>${say.of(words.agree)}</button>
  <button type="button" id="refuse" ${say.attributes(words.refuse)}>${say.of(words.refuse)}</button></div>
</form>`;
  const end = (what: 'done' | 'turnedDown' | 'late') =>
    `<div class="end ${what}" id="${what}" tabindex="-1"${over === what ? '' : ' hidden'}><span class="sign" aria-hidden="true">${what === 'done' ? '✓' : '–'}</span>
  <h2>${say(words[what])}</h2><p class="soft">${say(words[`${what}Hint`])}</p></div>`;
  return html(
    shown,
    'phone',
    `<main class="card phone">${head(say, request)}${body}<div role="status">${end('done')}${end('turnedDown')}${end('late')}</div></main>
${templates(say, ['failed'])}`,
    "frame-ancestors 'self'",
  );
}

/** `?lang=` first, then what the browser prefers; undefined when nothing is known of who asks. */
export function langOf(asked: Request | undefined): Lang | undefined {
  if (!asked) return undefined;
  const said = new URL(asked.url).searchParams.get('lang') ?? asked.headers.get('accept-language');
  return said ? (said.trim().toLowerCase().startsWith('zh') ? 'zh' : 'en') : undefined;
}

const POLICY =
  "default-src 'none'; img-src 'self' data:; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

function html({ base, lang, request }: Shown, script: string, body: string, frames: string): Response {
  const say = speaker(lang);
  const file = (name: string) => escaped(`${base}/consent/page/${name}`);
  const text = `<!doctype html>
<html lang="${lang === 'en' ? 'en' : 'zh-CN'}"${lang ? '' : ' data-ask'}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title ${say.attributes(request.title)}>${say.of(request.title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${file('theme.css')}">
<link rel="stylesheet" href="${file('consent.css')}">
<script type="module" src="${file(`${script}.js`)}"></script>
</head>
<body>
${body}
<footer><span class="badge">${say(words.sandbox)}</span> <button type="button" class="plain" id="language" lang="${lang === 'en' ? 'zh-CN' : 'en'}">${lang === 'en' ? '中文' : 'English'}</button></footer>
</body>
</html>
`;
  return new Response(text, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `${POLICY}; ${frames}`,
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      vary: 'accept-language',
    },
  });
}

const head = (say: ReturnType<typeof speaker>, { title, app }: ConsentRequest) =>
  `<header><h1>${say(title)}</h1><p class="app">${escaped(app)}</p></header>`;

/** Words the scripts show later, in both languages. */
const templates = (say: ReturnType<typeof speaker>, keys: (keyof typeof words)[]) =>
  keys.map((key) => `<template id="word-${key}">${say(words[key])}</template>`).join('');

/** Texts carry both languages, so that the page changes over without asking again. */
function speaker(lang: Lang = 'zh') {
  const of = (text: Text) => escaped(text[lang]);
  const attributes = (text: Text, into?: string) =>
    `data-zh="${escaped(text.zh)}" data-en="${escaped(text.en)}"${into ? ` data-into="${into}" ${into}="${of(text)}"` : ''}`;
  return Object.assign((text: Text) => `<span ${attributes(text)}>${of(text)}</span>`, { of, attributes });
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
