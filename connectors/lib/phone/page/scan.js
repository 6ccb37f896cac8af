import { $, h, toast } from './dom.js';
import { get } from './net.js';
import { lang, pick, t } from './text.js';

/** Looks this often for new codes while the list is open, in milliseconds. */
const EVERY_MS = 2000;

/** The phone's camera, so to speak: codes that are on some screen now, and a field for the address of another. */
export class Scanner {
  #dialog = $('scan');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  constructor() {
    $('scan-open').addEventListener('click', () => this.#show());
    this.#dialog.addEventListener('close', () => {
      clearTimeout(this.#timer);
      $('scan-frame').replaceChildren();
    });
    $('scan-close').addEventListener('click', () => this.#dialog.close());
    $('scan-form').addEventListener('submit', (/** @type {Event} */ event) => {
      event.preventDefault();
      const [, id] = /\/consent\/([\w-]{8,64})\/?(?:[?#].*)?$/.exec($('scan-address').value.trim()) ?? [];
      if (id) this.#open(id);
      else toast(t('noCode'));
    });
  }

  #show() {
    $('scan-choice').hidden = false;
    $('scan-frame').hidden = true;
    $('scan-address').value = '';
    this.#dialog.showModal();
    this.#look();
  }

  async #look() {
    clearTimeout(this.#timer);
    const { items } = await get('consent/pending').catch(() => ({ items: [] }));
    if (!this.#dialog.open || $('scan-choice').hidden) return;
    $('scan-empty').hidden = items.length > 0;
    const shown = [...$('scan-list').querySelectorAll('button')].map((button) => button.dataset.id).join();
    // Drawn again only when something changed: the focus stays where it is.
    if (shown !== items.map((/** @type {{ id: string }} */ { id }) => id).join()) {
      $('scan-list').replaceChildren(
        ...items.map((/** @type {{ id: string, title: any, app: string }} */ { id, title, app }) =>
          h(
            'li',
            {},
            h(
              'button',
              { type: 'button', 'data-id': id, onclick: () => this.#open(id) },
              h('b', {}, pick(title)),
              h('small', {}, app),
            ),
          ),
        ),
      );
    }
    this.#timer = setTimeout(() => this.#look(), EVERY_MS);
  }

  /** The platform's own page, inside the phone. @param {string} id */
  #open(id) {
    clearTimeout(this.#timer);
    $('scan-choice').hidden = true;
    $('scan-frame').hidden = false;
    const src = `consent/${encodeURIComponent(id)}?lang=${lang}`;
    $('scan-frame').replaceChildren(h('iframe', { src, title: t('consent') }));
  }
}
