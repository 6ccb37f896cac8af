import { drawing, h, safeUrl } from './dom.js';
import { locale, pick, t } from './text.js';

/** @typedef {import('../model.ts').PhoneModel} Model @typedef {import('../model.ts').Bubble} Bubble */

/**
 * What a bubble says in one line: for quotes.
 * @param {import('../model.ts').PhoneMessage} message @param {Model} model
 */
export function inShort(message, model) {
  if (message.unsent) return t('unsent');
  const { bubble } = message;
  switch (bubble.type) {
    case 'text':
      return bubble.text;
    case 'card':
      return bubble.title;
    case 'file':
      return bubble.name;
    case 'sticker':
      return pick(model.sends.stickers?.find(({ id }) => id === bubble.id)?.label) || t('sticker');
    case 'action':
      return bubble.text ?? bubble.data;
    case 'other':
      return t('unknown', bubble.what);
    default:
      return t(bubble.type);
  }
}

/**
 * The body of a bubble. `tap` is called when a button that sends something is tapped.
 * @param {Bubble} bubble @param {Model} model @param {(data: string, label: string) => void} tap
 */
export function draw(bubble, model, tap) {
  switch (bubble.type) {
    case 'text':
      return h('div', { class: 'bubble words' }, ...linked(bubble.text));
    case 'image':
      return h(
        'a',
        { class: 'bubble plain', href: safeUrl(bubble.url), target: '_blank', rel: 'noreferrer' },
        h('img', { src: safeUrl(bubble.url), alt: t('image'), loading: 'lazy' }),
      );
    case 'video':
      return h('video', {
        class: 'bubble plain',
        src: safeUrl(bubble.url),
        poster: bubble.poster && safeUrl(bubble.poster),
        controls: true,
        preload: 'metadata',
      });
    case 'voice':
      return h(
        'div',
        { class: 'bubble' },
        h('audio', { src: safeUrl(bubble.url), controls: true, preload: 'none' }),
        bubble.seconds ? h('small', {}, `${bubble.seconds.toFixed(1)} s`) : null,
      );
    case 'file':
      return h(
        'a',
        { class: 'bubble filed', href: safeUrl(bubble.url), download: bubble.name },
        drawing('icons', 'file'),
        h('span', {}, bubble.name, bubble.size ? h('small', {}, sizeOf(bubble.size)) : null),
      );
    case 'sticker':
      return sticker(bubble.id, model);
    case 'location':
      return place(bubble);
    case 'card':
      return card(bubble, tap);
    case 'action':
      return h('div', { class: 'bubble tapped' }, t('action', bubble.text ?? bubble.data));
    default:
      return h('div', { class: 'bubble' }, t('unknown', bubble.what));
  }
}

/** @param {string} id @param {Model} model */
function sticker(id, model) {
  const known = model.sends.stickers?.find((item) => item.id === id);
  if (!known) return h('div', { class: 'bubble' }, `${t('sticker')} ${id}`);
  const svg = drawing('stickers', known.picture, pick(known.label));
  svg.classList.add('sticker');
  return h('div', { class: 'bubble plain' }, svg);
}

/** @param {Extract<Bubble, { type: 'location' }>} bubble */
function place({ latitude, longitude, title, address }) {
  return h(
    'div',
    { class: 'bubble place' },
    h('div', { class: 'map' }, drawing('icons', 'location')),
    h('strong', {}, title || t('location')),
    address ? h('span', {}, address) : null,
    h('small', {}, `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`),
  );
}

/** @param {Extract<Bubble, { type: 'card' }>} bubble @param {(data: string, label: string) => void} tap */
function card({ title, texts, image, buttons }, tap) {
  return h(
    'div',
    { class: 'bubble card' },
    image ? h('img', { src: safeUrl(image), alt: '', loading: 'lazy' }) : null,
    h('div', { class: 'inside' }, h('strong', {}, title), ...texts.map((text) => h('p', {}, text))),
    ...buttons.map(({ label, url, data }) =>
      url && safeUrl(url)
        ? h('a', { class: 'tap', href: safeUrl(url), target: '_blank', rel: 'noreferrer' }, label || t('open'))
        : h('button', { type: 'button', class: 'tap', onclick: () => tap(data ?? label, label) }, label),
    ),
  );
}

/**
 * Addresses in a text can be opened; the rest stays what it is.
 * @param {string} text
 */
function linked(text) {
  return text
    .split(/(https?:\/\/[^\s<>"'，。）】]+)/g)
    .map((part, i) => (i % 2 ? h('a', { href: safeUrl(part), target: '_blank', rel: 'noreferrer' }, part) : part));
}

/** @param {number} bytes */
function sizeOf(bytes) {
  const unit = bytes >= 1e6 ? 'megabyte' : bytes >= 1000 ? 'kilobyte' : 'byte';
  const value = bytes / { megabyte: 1e6, kilobyte: 1000, byte: 1 }[unit];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
}
