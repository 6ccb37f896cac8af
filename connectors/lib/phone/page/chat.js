import { draw, inShort } from './bubble.js';
import { $, drawing, h } from './dom.js';
import { locale, t } from './text.js';

const LONG_PRESS_MS = 450;

/** The conversation on the screen: one item a message, put in by its id. */
export class ChatView {
  #list = $('chat');
  #scroller = $('scroller');
  #items = new Map();
  #messages = new Map();
  #typing;
  #untilTimer;

  /** @param {{ model: () => any, quote: (message) => void, unsend: (message) => void, tap: (data, label) => void }} verbs */
  constructor(verbs) {
    this.verbs = verbs;
  }

  /** Shows another conversation from the start. */
  reset(chat) {
    this.#items.clear();
    this.#messages.clear();
    this.#list.replaceChildren();
    for (const message of chat.messages) this.put(message);
    this.#emptiness();
    this.typing(chat.typingUntil);
    this.#toEnd();
  }

  put(message) {
    const old = this.#messages.get(message.id);
    this.#messages.set(message.id, message);
    const item = this.#items.get(message.id);
    if (item && old && old.unsent === message.unsent) return item.querySelector('.meta').replaceWith(this.#meta(message));
    const fresh = this.#item(message);
    this.#items.set(message.id, fresh);
    if (item) return item.replaceWith(fresh);
    const wasAtEnd = this.#atEnd();
    const day = this.#day(message);
    if (day) this.#list.append(day);
    this.#list.append(fresh);
    if (message.who === 'account') this.typing(0);
    this.#emptiness();
    if (wasAtEnd || message.who === 'person') this.#toEnd();
  }

  find(id) {
    return this.#messages.get(id);
  }

  /** Dots until then. */
  typing(until = 0) {
    clearTimeout(this.#untilTimer);
    this.#typing?.remove();
    this.#typing = undefined;
    const left = until - Date.now();
    if (left <= 0) return;
    const wasAtEnd = this.#atEnd();
    this.#typing = h('li', { class: 'row theirs' }, h('div', { class: 'bubble dots', role: 'img', 'aria-label': t('typing') }, h('i'), h('i'), h('i')));
    this.#list.append(this.#typing);
    if (wasAtEnd) this.#toEnd();
    this.#untilTimer = setTimeout(() => this.typing(0), left);
  }

  #item(message) {
    const mine = message.who === 'person';
    if (message.unsent) return h('li', { class: 'row note' }, h('span', {}, t(mine ? 'unsentByMe' : 'unsent')), this.#meta(message));
    const quoted = message.quote && this.#messages.get(message.quote);
    const body = draw(message.bubble, this.verbs.model(), this.verbs.tap);
    if (quoted) body.prepend(h('blockquote', {}, inShort(quoted, this.verbs.model())));
    const item = h('li', { class: `row ${mine ? 'mine' : 'theirs'}` },
      h('span', { class: 'hidden' }, mine ? t('you') : $('account-name').textContent), body,
      h('div', { class: 'beside' }, this.#actions(message), this.#meta(message)));
    this.#pressable(body, item);
    return item;
  }

  #meta(message) {
    const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(message.at);
    const state = message.state && !message.unsent ? h('span', { class: `state ${message.state}` }, t(message.state)) : null;
    return h('div', { class: 'meta' }, state, h('time', { datetime: new Date(message.at).toISOString() }, message.unsent ? '' : time));
  }

  /** The button beside a bubble and the menu it opens. */
  #actions(message) {
    const { model, quote, unsend } = this.verbs;
    const offers = [];
    if (model().quote && message.bubble.type !== 'action') offers.push([t('reply'), () => quote(message)]);
    if (message.bubble.type === 'text') offers.push([t('copy'), () => navigator.clipboard?.writeText(message.bubble.text)]);
    if (model().unsend && message.who === 'person' && message.bubble.type !== 'action') offers.push([t('unsend'), () => unsend(message)]);
    if (offers.length === 0) return null;
    const button = h('button', { type: 'button', class: 'icon act', 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-label': t('actions') }, drawing('icons', 'dots'));
    const menu = h('div', { class: 'actions', role: 'menu', hidden: true }, ...offers.map(([label, act]) =>
      h('button', { type: 'button', role: 'menuitem', tabindex: '-1', onclick: () => { close(true); act(); } }, label)));
    const choices = [...menu.children];
    const close = (refocus) => {
      menu.hidden = true;
      button.setAttribute('aria-expanded', 'false');
      document.removeEventListener('pointerdown', outside, true);
      if (refocus) button.focus();
    };
    const outside = (event) => { if (!menu.contains(event.target) && !button.contains(event.target)) close(false); };
    button.addEventListener('click', () => {
      if (!menu.hidden) return close(true);
      menu.hidden = false;
      button.setAttribute('aria-expanded', 'true');
      document.addEventListener('pointerdown', outside, true);
      menu.classList.toggle('below', menu.getBoundingClientRect().top < this.#scroller.getBoundingClientRect().top);
      choices[0].focus();
    });
    menu.addEventListener('keydown', (event) => {
      const at = choices.indexOf(document.activeElement);
      if (event.key === 'Escape' || event.key === 'Tab') close(true);
      else if (event.key === 'ArrowDown') choices[(at + 1) % choices.length].focus();
      else if (event.key === 'ArrowUp') choices[(at + choices.length - 1) % choices.length].focus();
      else return;
      event.preventDefault();
    });
    return h('div', { class: 'holder' }, button, menu);
  }

  /** Holding a bubble, or the other mouse button, opens the same menu. */
  #pressable(body, item) {
    let timer;
    const open = () => item.querySelector('.act')?.click();
    body.addEventListener('pointerdown', (event) => {
      if (event.pointerType !== 'mouse') timer = setTimeout(open, LONG_PRESS_MS);
    });
    for (const end of ['pointerup', 'pointercancel', 'pointermove', 'pointerleave']) body.addEventListener(end, () => clearTimeout(timer));
    body.addEventListener('contextmenu', (event) => {
      if (!item.querySelector('.act')) return;
      event.preventDefault();
      if (item.querySelector('.actions').hidden) open();
    });
  }

  #day(message) {
    const key = new Date(message.at).toDateString();
    if (this.#list.querySelector(`[data-day="${key}"]`)) return undefined;
    const today = new Date();
    const yesterday = new Date(today.getTime() - 86_400_000);
    const name = key === today.toDateString() ? t('today') : key === yesterday.toDateString() ? t('yesterday')
      : new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(message.at);
    return h('li', { class: 'day', 'data-day': key }, h('span', {}, name));
  }

  #emptiness() {
    this.#list.querySelector('.none')?.remove();
    if (this.#messages.size === 0) this.#list.append(h('li', { class: 'row note none' }, h('span', {}, t('empty'))));
  }

  #atEnd() {
    return this.#scroller.scrollHeight - this.#scroller.scrollTop - this.#scroller.clientHeight < 80;
  }

  #toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }
}
