import { inShort } from './bubble.js';
import { $, drawing, h, toast } from './dom.js';
import { upload } from './net.js';
import { MAX_MS, Recording, recordable } from './recorder.js';
import { pick, t } from './text.js';

/** @typedef {import('../model.ts').Said} Said @typedef {'image' | 'video' | 'voice' | 'file'} FileKind */
/** @typedef {{ zh: string, en: string }} Text @type {[Text, Text, number, number][]} */
const PLACES = [
  [
    { zh: '上海外滩', en: 'The Bund, Shanghai' },
    { zh: '上海市黄浦区中山东一路', en: 'Zhongshan East 1st Road, Huangpu, Shanghai' },
    31.2397,
    121.4905,
  ],
  [
    { zh: '台北车站', en: 'Taipei Main Station' },
    { zh: '台北市中正区北平西路 3 号', en: '3 Beiping West Road, Zhongzheng, Taipei' },
    25.0478,
    121.517,
  ],
  [
    { zh: '东京站', en: 'Tokyo Station' },
    { zh: '东京都千代田区丸之内 1 丁目', en: '1 Marunouchi, Chiyoda, Tokyo' },
    35.6812,
    139.7671,
  ],
  [
    { zh: '曼谷暹罗', en: 'Siam, Bangkok' },
    { zh: '曼谷巴吞旺区拉玛一世路', en: 'Rama I Road, Pathum Wan, Bangkok' },
    13.7457,
    100.534,
  ],
];

/** Everything a person can send. `say(said, quote)` brings it to the sandbox. */
export class Composer {
  #words = $('words');
  #tray = $('tray');
  /** @type {string | undefined} */
  #quote;
  /** @type {'more' | 'stickers' | undefined} */
  #shown;
  /** @type {import('../model.ts').PhoneModel | undefined} */
  #model;
  #enabled = true;
  /** @type {Recording | undefined} */
  #recording;

  /**
   * @param {(said: Said, quote?: string) => Promise<unknown>} say gives nothing when it failed
   * @param {(action: import('../model.ts').PhoneAction) => void} act
   */
  constructor(say, act) {
    this.say = say;
    this.act = act;
    $('composer').addEventListener('submit', (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#send();
    });
    this.#words.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.#send();
    });
    this.#words.addEventListener('input', () => this.#grow());
    this.#words.addEventListener('paste', (/** @type {ClipboardEvent} */ event) =>
      this.#files(event.clipboardData, event),
    );
    $('phone').addEventListener('dragover', (/** @type {Event} */ event) => event.preventDefault());
    $('phone').addEventListener('drop', (/** @type {DragEvent} */ event) => this.#files(event.dataTransfer, event));
    $('more').addEventListener('click', () => this.#toggle('more'));
    $('stickers').addEventListener('click', () => this.#toggle('stickers'));
    $('unquote').addEventListener('click', () => this.quote(undefined));
    this.#placeDialog();
  }

  /**
   * Draws what this platform's phone offers.
   * @param {import('../model.ts').PhoneModel} model
   */
  offer(model) {
    this.#model = model;
    $('stickers').hidden = !model.sends.stickers;
    $('menu').hidden = !model.menu;
    $('menu').replaceChildren(
      ...(model.menu ?? []).map(({ label, data }) =>
        h(
          'button',
          { type: 'button', onclick: () => this.say({ type: 'action', data, text: pick(label) }) },
          pick(label),
        ),
      ),
    );
  }

  /** @param {boolean} on @param {boolean} [nobody] there is no account yet: nothing can be done at all */
  enable(on, nobody = false) {
    this.#enabled = on;
    for (const element of $('composer').elements) element.disabled = !on;
    // Some things can be done by those who do not follow: scanning a code makes them follow.
    $('more').disabled = nobody || (!on && this.#acts().length === 0);
    for (const element of $('menu').children) element.disabled = !on;
    if (!on) this.#toggle(undefined);
  }

  /** @param {import('../model.ts').PhoneMessage | undefined} message */
  quote(message) {
    this.#quote = message?.id;
    $('quoting').hidden = !message;
    $('quoting-text').textContent = message && this.#model ? inShort(message, this.#model) : '';
    if (message) this.#words.focus();
  }

  async #send() {
    const text = this.#words.value;
    const most = this.#model?.sends.text ?? 0;
    if (text.trim() === '') return;
    if (text.length > most) return toast(t('tooLong', most));
    this.#words.value = '';
    this.#grow();
    if (!(await this.#say({ type: 'text', text }))) this.#words.value ||= text;
  }

  /** @param {Said} said */
  async #say(said) {
    const quote = this.#quote;
    this.quote(undefined);
    return this.say(said, quote);
  }

  #grow() {
    this.#words.style.height = 'auto';
    this.#words.style.height = `${Math.min(this.#words.scrollHeight, 140)}px`;
  }

  /** @param {'more' | 'stickers' | undefined} which */
  #toggle(which) {
    this.#recording?.cancel();
    this.#recording = undefined;
    this.#shown = this.#shown === which ? undefined : which;
    this.#tray.hidden = !this.#shown;
    for (const id of ['more', 'stickers']) $(id).setAttribute('aria-expanded', String(this.#shown === id));
    if (this.#shown === 'stickers')
      this.#tray.replaceChildren(...(this.#model?.sends.stickers ?? []).map((sticker) => this.#stickerButton(sticker)));
    if (this.#shown === 'more') this.#tray.replaceChildren(...this.#offers());
    this.#tray.className = `tray ${this.#shown ?? ''}`;
    this.#tray.querySelector('button')?.focus();
  }

  /** @param {{ id: string, label: Text, picture: string }} sticker */
  #stickerButton({ id, label, picture }) {
    return h(
      'button',
      {
        type: 'button',
        'aria-label': pick(label),
        title: pick(label),
        onclick: () => {
          this.#toggle(undefined);
          this.#say({ type: 'sticker', id });
          this.#words.focus();
        },
      },
      drawing('stickers', picture),
    );
  }

  #offers() {
    /** @type {FileKind[]} */
    const kinds = ['image', 'video', 'voice', 'file'];
    const sends = this.#enabled ? this.#model?.sends : undefined;
    const offers = kinds
      .filter((kind) => sends?.[kind])
      .map((kind) => this.#offer(kind, t(kind), () => this.#choose(kind)));
    const type = recordable(sends?.voice);
    if (type) offers.push(this.#offer('microphone', t('record'), () => this.#record(type)));
    if (sends?.location) offers.push(this.#offer('location', t('location'), () => $('place').showModal()));
    for (const action of this.#acts())
      offers.push(this.#offer(action.icon ?? 'bolt', pick(action.label), () => this.act(action)));
    return offers;
  }

  /** What can be done to the whole chat. */
  #acts() {
    return (this.#model?.actions ?? []).filter(({ on }) => !on);
  }

  /**
   * Speaks until it is sent or dropped, or until it is as long as platforms take.
   * @param {string} type
   */
  async #record(type) {
    const recording = await Recording.begin(type).catch(() => undefined);
    if (!recording) return toast(t('noMicrophone'));
    this.#recording = recording;
    const clock = h('span', { class: 'clock', role: 'timer' });
    const tick = setInterval(() => {
      if (this.#recording !== recording) return clearInterval(tick);
      clock.textContent = t('recording', `${Math.floor(recording.seconds)} s`);
      if (recording.seconds * 1000 >= MAX_MS) send();
    }, 200);
    const send = async () => {
      this.#recording = undefined;
      const { file, seconds } = await recording.end();
      this.#toggle(undefined);
      this.#sendFile('voice', file, seconds);
    };
    this.#shown = 'more';
    this.#tray.hidden = false;
    this.#tray.className = 'tray recording';
    this.#tray.replaceChildren(
      clock,
      h('button', { type: 'button', onclick: () => this.#toggle(undefined) }, t('cancel')),
      h('button', { type: 'button', class: 'go', onclick: send }, t('send')),
    );
    this.#tray.querySelector('.go').focus();
  }

  /** @param {string} icon @param {string} label @param {() => void} act */
  #offer(icon, label, act) {
    return h(
      'button',
      {
        type: 'button',
        onclick: () => {
          this.#toggle(undefined);
          act();
        },
      },
      drawing('icons', icon),
      h('span', {}, label),
    );
  }

  /** @param {FileKind} kind */
  #choose(kind) {
    const accept = this.#model?.sends[kind];
    const input = h('input', { type: 'file', accept: accept === '*/*' ? '' : accept, multiple: kind === 'image' });
    input.addEventListener('change', () => {
      for (const file of input.files) this.#sendFile(kind, file);
    });
    input.click();
  }

  /**
   * What was pasted or dropped; text is left to the browser.
   * @param {DataTransfer | null} data @param {Event} event
   */
  #files(data, event) {
    if (!data?.files.length) return;
    event.preventDefault();
    for (const file of data.files) {
      /** @type {FileKind} */
      const kind = file.type.startsWith('image/') ? 'image' : file.type.startsWith('video/') ? 'video' : 'file';
      const sends = this.#model?.sends;
      if (sends?.[kind]) this.#sendFile(kind, file);
      else if (sends?.file) this.#sendFile('file', file);
    }
  }

  /** @param {FileKind} kind @param {File} file @param {number} [spoken] seconds, where they are known */
  async #sendFile(kind, file, spoken) {
    const bar = h('progress', { max: 1, value: 0, 'aria-label': file.name });
    const row = h('li', { class: 'row mine' }, h('div', { class: 'bubble' }, file.name, bar));
    $('chat').append(row);
    row.scrollIntoView({ block: 'end' });
    try {
      const seconds = spoken ?? (kind === 'video' || kind === 'voice' ? await lengthOf(file) : undefined);
      const id = await upload(file, (share) => {
        bar.value = share;
      });
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
    choice.append(
      ...PLACES.map(([title], i) => h('option', { value: String(i) }, pick(title))),
      h('option', { value: '' }, t('custom')),
    );
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
      const value = (/** @type {string} */ name) => String(form.elements[name].value).trim();
      this.#say({
        type: 'location',
        latitude: Number(value('latitude')),
        longitude: Number(value('longitude')),
        title: value('title') || undefined,
        address: value('address') || undefined,
      });
    });
  }
}

/**
 * Seconds of a film or sound, or nothing when the browser cannot read it within two seconds.
 * @param {File} file @returns {Promise<number | undefined>}
 */
function lengthOf(file) {
  return new Promise((resolve) => {
    const element = document.createElement('video');
    const url = URL.createObjectURL(file);
    const end = (/** @type {number | undefined} */ seconds) => {
      URL.revokeObjectURL(url);
      resolve(Number.isFinite(seconds) ? seconds : undefined);
    };
    element.onloadedmetadata = () => end(element.duration);
    element.onerror = () => end(undefined);
    setTimeout(() => end(undefined), 2000);
    element.src = url;
  });
}
