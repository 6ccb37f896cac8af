/** Phones side by side. Which are shown is in the address, so that it survives a reload. */
const words = {
  zh: {
    title: '沙箱',
    intro: '这里扮演各个平台的顾客。在任一手机里说话，收件箱里就会收到；客服的回复会回到手机上。',
    inbox: '打开收件箱',
    channels: '渠道设置',
    which: '显示哪些手机',
    phones: '手机',
    none: '没有选择手机。请在上方选择。',
    alone: '单独打开',
    language: 'English',
    other: 'en',
  },
  en: {
    title: 'Sandbox',
    intro:
      'This plays the customers of every platform. What you say on a phone arrives in the inbox; what agents answer comes back to the phone.',
    inbox: 'Open the inbox',
    channels: 'Channel settings',
    which: 'Phones shown',
    phones: 'Phones',
    none: 'No phone is chosen. Choose one above.',
    alone: 'Open alone',
    language: '中文',
    other: 'zh',
  },
};
const asked = new URLSearchParams(location.search);
const lang = (asked.get('lang') ?? navigator.language).toLowerCase().startsWith('zh') ? 'zh' : 'en';
/** @param {keyof typeof words.en} key */
const t = (key) => words[lang][key];
/** @param {string} id @returns {any} */
const $ = (id) => document.getElementById(id);

document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
document.title = t('title');
for (const element of /** @type {Iterable<any>} */ (document.querySelectorAll('[data-t]')))
  element.textContent = t(element.dataset.t);
for (const element of /** @type {Iterable<any>} */ (document.querySelectorAll('[data-t-label]')))
  element.setAttribute('aria-label', t(element.dataset.tLabel));

/** @typedef {{ name: string, label: { zh: string, en: string }, mark: { ground: string, path: string } | null }} Known */
/** @type {Known[]} */
const known = (await (await fetch('/sandbox/phones')).json()).items;
const named = asked.get('show')?.split(',');
const shown = new Set(known.map(({ name }) => name).filter((name) => !named || named.includes(name)));
/** @type {Map<string, HTMLIFrameElement>} */
const frames = new Map();

/** @param {Known} phone */
function drawn({ mark, label }) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute(
    'd',
    mark?.path ?? 'M5 1.5h6a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1zM7 12.5h2',
  );
  svg.append(path);
  const ground = document.createElement('span');
  ground.className = 'mark';
  ground.style.setProperty('--ground', mark?.ground ?? '#5b6b66');
  ground.append(svg);
  const text = document.createElement('span');
  text.textContent = label[lang];
  return [ground, text];
}

/** @param {Known} phone */
function frame({ name, label }) {
  const fresh = document.createElement('iframe');
  fresh.src = `/sandbox/${name}/?lang=${lang}&shared`;
  fresh.title = label[lang];
  fresh.allow = 'microphone; clipboard-write';
  frames.set(name, fresh);
  return fresh;
}

/** A frame that is moved loads anew: each phone has its place for good, and is put there or taken away. */
const places = known.map((phone) => {
  const place = document.createElement('section');
  const head = document.createElement('h2');
  head.append(...drawn(phone));
  const alone = document.createElement('a');
  alone.href = `/sandbox/${phone.name}/?lang=${lang}`;
  alone.target = `phone-${phone.name}`;
  alone.textContent = t('alone');
  head.append(alone);
  place.append(head);
  place.hidden = true;
  return { phone, place };
});
$('phones').append(...places.map(({ place }) => place));

function draw() {
  for (const { phone, place } of places) {
    const { name } = phone;
    const is = shown.has(name);
    place.hidden = !is;
    if (is && !frames.has(name)) place.append(frame(phone));
    if (!is) {
      frames.get(name)?.remove();
      frames.delete(name);
    }
  }
  $('none').hidden = shown.size > 0;
  $('phones').hidden = shown.size === 0;
  for (const chip of $('chips').children) chip.setAttribute('aria-pressed', String(shown.has(chip.dataset.name)));
  const address = new URL(location.href);
  if (shown.size === known.length) address.searchParams.delete('show');
  else address.searchParams.set('show', [...shown].join());
  history.replaceState(null, '', address);
  address.searchParams.set('lang', t('other'));
  $('language').href = address.href;
  $('language').textContent = t('language');
}

$('chips').append(
  ...known.map((phone) => {
    const chip = document.createElement('button');
    chip.type = 'button';
    chip.dataset.name = phone.name;
    chip.append(...drawn(phone));
    chip.addEventListener('click', () => {
      if (!shown.delete(phone.name)) shown.add(phone.name);
      draw();
    });
    return chip;
  }),
);
draw();

/** One stream for all phones: see hub/routes/sandbox.ts. */
const source = new EventSource('/sandbox/live');
/** @param {HTMLIFrameElement | undefined} to @param {object} message */
const tell = (to, message) => to?.contentWindow?.postMessage(message, location.origin);
const tellAll = (/** @type {object} */ message) => {
  for (const to of frames.values()) tell(to, message);
};
source.addEventListener('open', () => tellAll({ type: 'open' }));
source.addEventListener('error', () => tellAll({ type: 'lost' }));
source.addEventListener('message', ({ data }) => {
  const { of, news } = JSON.parse(data);
  tell(frames.get(of), { type: 'news', news });
});
// A phone that has just loaded asks whether there is a stream.
addEventListener('message', ({ origin, source: from, data }) => {
  if (origin !== location.origin || data?.type !== 'ready' || source.readyState !== EventSource.OPEN) return;
  tell(
    [...frames.values()].find((to) => to.contentWindow === from),
    { type: 'open' },
  );
});
