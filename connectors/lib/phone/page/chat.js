import { draw, inShort } from './bubble.js';
import { $, drawing, h } from './dom.js';
import { locale, pick, t } from './text.js';

const LONG_PRESS_MS = 450;

/** @typedef {import('../model.ts').PhoneMessage} Message */

/** The conversation on the screen: one item a message, put in by its id. */
export class ChatView {
  #list = $('chat');
  #scroller = $('scroller');
  /** @type {Map<string, HTMLElement>} */
  #items = new Map();
  /** @type {Map<string, Message>} */
  #messages = new Map();
  /** @type {HTMLElement | undefined} */
  #typing;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #untilTimer;

  /**
   * @param {{
   *   model: () => import('../model.ts').PhoneModel, quote: (message: Message) => void,
   *   unsend: (message: Message) => void, tap: (data: string, label: string) => void,
   *   act: (action: import('../model.ts').PhoneAction, message: string) => void,
   * }} verbs
   */
  constructor(verbs) {
    this.verbs = verbs;
  }

  /**
   * Shows another conversation from the start.
   * @param {{ messages: Message[], typingUntil?: number }} chat
   */
  reset(chat) {
    this.#items.clear();
    this.#messages.clear();
    this.#list.replaceChildren();
    for (const message of chat.messages) this.put(message);
    this.#emptiness();
    this.typing(chat.typingUntil);
    this.#toEnd();
  }

  /** @param {Message} message */
  put(message) {
    const old = this.#messages.get(message.id);
    this.#messages.set(message.id, message);
    const item = this.#items.get(message.id);
    if (item && old && looks(old) === looks(message))
      return item.querySelector('.meta')?.replaceWith(this.#meta(message));
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

  /**
   * Dots until then, in milliseconds.
   * @param {number} [until]
   */
  typing(until = 0) {
    clearTimeout(this.#untilTimer);
    this.#typing?.remove();
    this.#typing = undefined;
    const left = until - Date.now();
    if (left <= 0) return;
    const wasAtEnd = this.#atEnd();
    this.#typing = h(
      'li',
      { class: 'row theirs' },
      h('div', { class: 'bubble dots', role: 'img', 'aria-label': t('typing') }, h('i'), h('i'), h('i')),
    );
    this.#list.append(this.#typing);
    if (wasAtEnd) this.#toEnd();
    this.#untilTimer = setTimeout(() => this.typing(0), left);
  }

  /** @param {Message} message */
  #item(message) {
    const mine = message.who === 'person';
    if (message.unsent)
      return h('li', { class: 'row note' }, h('span', {}, t(mine ? 'unsentByMe' : 'unsent')), this.#meta(message));
    const quoted = message.quote && this.#messages.get(message.quote);
    const body = draw(message.bubble, this.verbs.model(), this.verbs.tap);
    const { reactions } = message;
    if (reactions?.length)
      body.append(h('span', { class: 'signs' }, ...reactions.map(({ who, sign }) => h('span', { class: who }, sign))));
    if (quoted) body.prepend(h('blockquote', {}, inShort(quoted, this.verbs.model())));
    const item = h(
      'li',
      { class: `row ${mine ? 'mine' : 'theirs'}` },
      h('span', { class: 'hidden' }, mine ? t('you') : $('account-name').textContent),
      body,
      h('div', { class: 'beside' }, this.#actions(message), this.#meta(message)),
    );
    this.#pressable(body, item);
    return item;
  }

  /** @param {Message} message */
  #meta(message) {
    const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(message.at);
    const state =
      message.state && !message.unsent ? h('span', { class: `state ${message.state}` }, t(message.state)) : null;
    return h(
      'div',
      { class: 'meta' },
      state,
      h('time', { datetime: new Date(message.at).toISOString() }, message.unsent ? '' : time),
      message.edited && !message.unsent ? h('span', {}, t('edited')) : null,
    );
  }

  /**
   * The button beside a bubble and the menu it opens.
   * @param {Message} message
   */
  #actions(message) {
    const { model, quote, unsend, act: perform } = this.verbs;
    /** @type {[string, () => void][]} */
    const offers = [];
    const { bubble } = message;
    if (model().quote && message.bubble.type !== 'action') offers.push([t('reply'), () => quote(message)]);
    if (bubble.type === 'text') offers.push([t('copy'), () => void navigator.clipboard?.writeText(bubble.text)]);
    if (model().unsend && message.who === 'person' && message.bubble.type !== 'action')
      offers.push([t('unsend'), () => unsend(message)]);
    for (const action of model().actions ?? []) {
      if (action.on === message.who || action.on === 'both')
        offers.push([pick(action.label), () => perform(action, message.id)]);
    }
    if (offers.length === 0) return null;
    const button = h(
      'button',
      {
        type: 'button',
        class: 'icon act',
        'aria-haspopup': 'menu',
        'aria-expanded': 'false',
        'aria-label': t('actions'),
      },
      drawing('icons', 'dots'),
    );
    const menu = h(
      'div',
      { class: 'actions', role: 'menu', hidden: true },
      ...offers.map(([label, act]) =>
        h(
          'button',
          {
            type: 'button',
            role: 'menuitem',
            tabindex: '-1',
            onclick: () => {
              close(true);
              act();
            },
          },
          label,
        ),
      ),
    );
    /** @type {any[]} */
    const choices = [...menu.children];
    const close = (/** @type {boolean} */ refocus) => {
      menu.hidden = true;
      button.setAttribute('aria-expanded', 'false');
      document.removeEventListener('pointerdown', outside, true);
      if (refocus) button.focus();
    };
    const outside = (/** @type {Event} */ event) => {
      if (!menu.contains(event.target) && !button.contains(event.target)) close(false);
    };
    button.addEventListener('click', () => {
      if (!menu.hidden) return close(true);
      menu.hidden = false;
      button.setAttribute('aria-expanded', 'true');
      document.addEventListener('pointerdown', outside, true);
      menu.classList.toggle('below', menu.getBoundingClientRect().top < this.#scroller.getBoundingClientRect().top);
      choices[0]?.focus();
    });
    menu.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      const at = choices.indexOf(document.activeElement);
      if (event.key === 'Escape' || event.key === 'Tab') close(true);
      else if (event.key === 'ArrowDown') choices[(at + 1) % choices.length]?.focus();
      else if (event.key === 'ArrowUp') choices[(at + choices.length - 1) % choices.length]?.focus();
      else return;
      event.preventDefault();
    });
    return h('div', { class: 'holder' }, button, menu);
  }

  /**
   * Holding a bubble, or the other mouse button, opens the same menu.
   * @param {HTMLElement} body @param {HTMLElement} item
   */
  #pressable(body, item) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    /** @type {HTMLElement | null} */
    const act = item.querySelector('.act');
    const open = () => act?.click();
    body.addEventListener('pointerdown', (event) => {
      if (event.pointerType !== 'mouse') timer = setTimeout(open, LONG_PRESS_MS);
    });
    for (const end of ['pointerup', 'pointercancel', 'pointermove', 'pointerleave'])
      body.addEventListener(end, () => clearTimeout(timer));
    body.addEventListener('contextmenu', (event) => {
      if (!act) return;
      event.preventDefault();
      if (act.getAttribute('aria-expanded') === 'false') open();
    });
  }

  /**
   * A line with the date, before the first message of a day.
   * @param {Message} message
   */
  #day(message) {
    const key = new Date(message.at).toDateString();
    if (this.#list.querySelector(`[data-day="${key}"]`)) return undefined;
    const today = new Date();
    const yesterday = new Date(today.getTime() - 86_400_000);
    const name =
      key === today.toDateString()
        ? t('today')
        : key === yesterday.toDateString()
          ? t('yesterday')
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

/**
 * Everything of a message that its bubble shows; the rest stands beside it.
 * @param {Message} message
 */
const looks = ({ bubble, unsent, reactions }) => JSON.stringify([bubble, unsent, reactions]);
