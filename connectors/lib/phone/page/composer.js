import { inShort } from './bubble.js';
import { $, drawing, h, toast } from './dom.js';
import { upload } from './net.js';
import { pick, t } from './text.js';

const PLACES = [
  [{ zh: '上海外滩', en: 'The Bund, Shanghai' }, { zh: '上海市黄浦区中山东一路', en: 'Zhongshan East 1st Road, Huangpu, Shanghai' }, 31.2397, 121.4905],
  [{ zh: '台北车站', en: 'Taipei Main Station' }, { zh: '台北市中正区北平西路 3 号', en: '3 Beiping West Road, Zhongzheng, Taipei' }, 25.0478, 121.517],
  [{ zh: '东京站', en: 'Tokyo Station' }, { zh: '东京都千代田区丸之内 1 丁目', en: '1 Marunouchi, Chiyoda, Tokyo' }, 35.6812, 139.7671],
  [{ zh: '曼谷暹罗', en: 'Siam, Bangkok' }, { zh: '曼谷巴吞旺区拉玛一世路', en: 'Rama I Road, Pathum Wan, Bangkok' }, 13.7457, 100.534],
];

/** Everything a person can send. `say(said, quote)` brings it to the sandbox. */
export class Composer {
  #words = $('words');
  #tray = $('tray');
  #quote;
  #shown;

  constructor(say) {
    this.say = say;
    $('composer').addEventListener('submit', (event) => { event.preventDefault(); this.#send(); });
    this.#words.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.#send();
    });
    this.#words.addEventListener('input', () => this.#grow());
    this.#words.addEventListener('paste', (event) => this.#files([...event.clipboardData.files], event));
    $('phone').addEventListener('dragover', (event) => event.preventDefault());
    $('phone').addEventListener('drop', (event) => { event.preventDefault(); this.#files([...event.dataTransfer.files], event); });
    $('more').addEventListener('click', () => this.#toggle('more'));
    $('stickers').addEventListener('click', () => this.#toggle('stickers'));
    $('unquote').addEventListener('click', () => this.quote(undefined));
    this.#placeDialog();
  }

  /** Draws what this platform's phone offers. */
  offer(model) {
    this.model = model;
    $('stickers').hidden = !model.sends.stickers;
    $('menu').hidden = !model.menu;
    $('menu').replaceChildren(...(model.menu ?? []).map(({ label, data }) =>
      h('button', { type: 'button', onclick: () => this.say({ type: 'action', data, text: pick(label) }) }, pick(label))));
  }

  enable(on) {
    for (const element of $('composer').elements) element.disabled = !on;
    for (const element of $('menu').children) element.disabled = !on;
    if (!on) this.#toggle(undefined);
  }

  quote(message) {
    this.#quote = message?.id;
    $('quoting').hidden = !message;
    $('quoting-text').textContent = message ? inShort(message, this.model) : '';
    if (message) this.#words.focus();
  }

  async #send() {
    const text = this.#words.value;
    if (text.trim() === '') return;
    if (text.length > this.model.sends.text) return toast(t('tooLong', this.model.sends.text));
    this.#words.value = '';
    this.#grow();
    if (!await this.#say({ type: 'text', text })) this.#words.value ||= text;
  }

  async #say(said) {
    const quote = this.#quote;
    this.quote(undefined);
    return this.say(said, quote);
  }

  #grow() {
    this.#words.style.height = 'auto';
    this.#words.style.height = `${Math.min(this.#words.scrollHeight, 140)}px`;
  }

  #toggle(which) {
    this.#shown = this.#shown === which ? undefined : which;
    this.#tray.hidden = !this.#shown;
    for (const id of ['more', 'stickers']) $(id).setAttribute('aria-expanded', String(this.#shown === id));
    if (this.#shown === 'stickers') this.#tray.replaceChildren(...this.model.sends.stickers.map((sticker) => this.#stickerButton(sticker)));
    if (this.#shown === 'more') this.#tray.replaceChildren(...this.#offers());
    this.#tray.className = `tray ${this.#shown ?? ''}`;
    this.#tray.querySelector('button')?.focus();
  }

  #stickerButton({ id, label, picture }) {
    return h('button', { type: 'button', 'aria-label': pick(label), title: pick(label), onclick: () => { this.#toggle(undefined); this.#say({ type: 'sticker', id }); this.#words.focus(); } }, drawing('stickers', picture));
  }

  #offers() {
    const { sends } = this.model;
    const offers = ['image', 'video', 'voice', 'file'].filter((kind) => sends[kind]).map((kind) => this.#offer(kind, () => this.#choose(kind)));
    if (sends.location) offers.push(this.#offer('location', () => $('place').showModal()));
    return offers;
  }

  #offer(kind, act) {
    return h('button', { type: 'button', onclick: () => { this.#toggle(undefined); act(); } }, drawing('icons', kind), h('span', {}, t(kind)));
  }

  #choose(kind) {
    const input = h('input', { type: 'file', accept: this.model.sends[kind] === '*/*' ? '' : this.model.sends[kind], multiple: kind === 'image' });
    input.addEventListener('change', () => { for (const file of input.files) this.#sendFile(kind, file); });
    input.click();
  }

  #files(files, event) {
    if (files.length === 0) return;
    event.preventDefault();
    for (const file of files) {
      const kind = ['image', 'video'].find((name) => file.type.startsWith(`${name}/`) && this.model.sends[name]) ?? (this.model.sends.file ? 'file' : undefined);
      if (kind) this.#sendFile(kind, file);
    }
  }

  async #sendFile(kind, file) {
    const bar = h('progress', { max: 1, value: 0, 'aria-label': file.name });
    const row = h('li', { class: 'row mine' }, h('div', { class: 'bubble' }, file.name, bar));
    $('chat').append(row);
    row.scrollIntoView({ block: 'end' });
    try {
      const seconds = kind === 'video' || kind === 'voice' ? await lengthOf(file) : undefined;
      const id = await upload(file, (share) => { bar.value = share; });
      await this.#say({ type: kind, upload: id, seconds });
    } catch {
      toast(t('uploadFailed'));
    }
    row.remove();
  }

  #placeDialog() {
    const dialog = $('place');
    const form = $('place-form');
    const choice = $('preset');
    choice.append(...PLACES.map(([title], i) => h('option', { value: String(i) }, pick(title))), h('option', { value: '' }, t('custom')));
    const fill = () => {
      const place = PLACES[choice.value];
      if (!place) return;
      form.elements.title.value = pick(place[0]);
      form.elements.address.value = pick(place[1]);
      form.elements.latitude.value = place[2];
      form.elements.longitude.value = place[3];
    };
    choice.addEventListener('change', fill);
    fill();
    $('place-cancel').addEventListener('click', () => dialog.close());
    form.addEventListener('submit', () => {
      const { title, address, latitude, longitude } = Object.fromEntries(new FormData(form));
      this.#say({ type: 'location', latitude: Number(latitude), longitude: Number(longitude), title: title || undefined, address: address || undefined });
    });
  }
}

/** Seconds of a film or sound, or nothing when the browser cannot read it within two seconds. */
function lengthOf(file) {
  return new Promise((resolve) => {
    const element = document.createElement('video');
    const url = URL.createObjectURL(file);
    const end = (seconds) => { URL.revokeObjectURL(url); resolve(Number.isFinite(seconds) ? seconds : undefined); };
    element.onloadedmetadata = () => end(element.duration);
    element.onerror = () => end(undefined);
    setTimeout(() => end(undefined), 2000);
    element.src = url;
  });
}
