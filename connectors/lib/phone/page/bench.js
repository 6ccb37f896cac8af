import { $, h, toast } from './dom.js';
import { post, put, remove } from './net.js';
import { locale, pick, t } from './text.js';

const KEPT = 200;

/** @typedef {import('../../sandbox/faults.ts').FaultSpec} Fault @typedef {import('../model.ts').Exchange} Exchange */
/** @typedef {Record<string, number | boolean>} Values */

/** The right side: what the platform does wrong, what was said over HTTP, and the account's papers. */
export class Bench {
  /** @type {Map<string, HTMLInputElement>} */
  #inputs = new Map();

  /** @param {{ replay: (name: string) => void, act: (promise: Promise<any>) => Promise<any> }} verbs */
  constructor(verbs) {
    this.verbs = verbs;
    /** @type {any[]} */
    const tabs = [...document.querySelectorAll('[role=tab]')];
    const choose = (/** @type {any} */ tab) => {
      for (const other of tabs) {
        other.setAttribute('aria-selected', String(other === tab));
        other.tabIndex = other === tab ? 0 : -1;
        $(other.getAttribute('aria-controls')).hidden = other !== tab;
      }
      tab.focus();
    };
    for (const [i, tab] of tabs.entries()) {
      tab.addEventListener('click', () => choose(tab));
      tab.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
        const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
        if (step) choose(tabs[(i + step + tabs.length) % tabs.length]);
      });
    }
  }

  /**
   * @param {{ specs: Fault[], values: Values }} faults
   * @param {{ id: string, label: { zh: string, en: string } }[]} actions
   */
  faults({ specs, values }, actions) {
    const groups = [
      ['delivery', t('delivery')],
      ['api', t('api')],
      ['account', t('accountGroup')],
    ];
    $('faults').replaceChildren(
      ...groups.flatMap(([group, label]) => {
        const own = specs.filter((spec) => spec.group === group);
        return own.length ? [h('fieldset', {}, h('legend', {}, label), ...own.map((spec) => this.#fault(spec)))] : [];
      }),
      h(
        'div',
        { class: 'row' },
        ...actions.map(({ id, label }) =>
          h(
            'button',
            { type: 'button', class: 'ghost', onclick: () => this.verbs.act(post(`control/${id}`)) },
            pick(label),
          ),
        ),
        h(
          'button',
          { type: 'button', class: 'ghost', onclick: () => this.verbs.act(remove('control/faults')) },
          t('reset'),
        ),
      ),
    );
    this.values(values);
  }

  /** @param {Fault} spec */
  #fault({ id, label, help, kind, max, unit }) {
    const set = (/** @type {number | boolean} */ value) => this.verbs.act(put('control/faults', { [id]: value }));
    const input =
      kind === 'switch'
        ? h('input', { type: 'checkbox', role: 'switch', onchange: () => set(input.checked) })
        : h('input', {
            type: 'number',
            min: '0',
            max: String(max ?? 60_000),
            step: '100',
            onchange: () => set(Math.round(Number(input.value) || 0)),
          });
    this.#inputs.set(id, input);
    return h(
      'label',
      { class: `fault ${kind}` },
      h('span', {}, h('b', {}, pick(label)), help ? h('small', {}, pick(help)) : null),
      input,
      unit ? h('small', {}, pick(unit)) : null,
    );
  }

  /** @param {Values} values */
  values(values) {
    let wrong = 0;
    for (const [id, value] of Object.entries(values)) {
      const input = this.#inputs.get(id);
      if (!input) continue;
      if (input.type === 'checkbox') input.checked = value === true;
      else if (document.activeElement !== input) input.value = String(value);
      if (value === true) wrong++;
    }
    $('tab-faults').dataset.count = wrong ? String(wrong) : '';
  }

  /** @param {Exchange[]} exchanges */
  log(exchanges) {
    $('log-list').replaceChildren();
    for (const exchange of exchanges) this.exchange(exchange);
  }

  /** @param {Exchange} exchange */
  exchange(exchange) {
    $('log-empty').hidden = true;
    $('log-list').prepend(row(exchange));
    while ($('log-list').children.length > KEPT) $('log-list').lastChild.remove();
  }

  /**
   * @param {import('../model.ts').Account | undefined} account @param {string[]} recordings
   * @param {Record<string, { zh: string, en: string }>} fields
   */
  details(account, recordings, fields) {
    if (!account) return $('details').replaceChildren();
    const choice = h('select', { id: 'recording' }, ...recordings.map((name) => h('option', { value: name }, name)));
    $('details').replaceChildren(
      h('h3', {}, t('callback')),
      account.callbackUrl ? copyable(account.callbackUrl) : h('p', { class: 'warn' }, t('noCallback')),
      h('h3', {}, t('credentials')),
      h(
        'dl',
        {},
        ...Object.entries(account.credentials).flatMap(([name, value]) => [
          h('dt', {}, pick(fields[name]) || name),
          h('dd', {}, copyable(value)),
        ]),
      ),
      h('h3', {}, h('label', { for: 'recording' }, t('recordings'))),
      h(
        'div',
        { class: 'row' },
        choice,
        h('button', { type: 'button', onclick: () => this.verbs.replay(choice.value) }, t('replay')),
      ),
    );
  }
}

/** @param {string} text */
function copyable(text) {
  return h(
    'button',
    {
      type: 'button',
      class: 'copy',
      title: t('copy'),
      onclick: async () => {
        await navigator.clipboard?.writeText(text);
        toast(t('copied'));
      },
    },
    text,
  );
}

/** @param {Exchange} exchange */
function row({ at, direction, method, path, status, ms, request, response, note }) {
  const kind = status === 0 || status >= 500 ? 'bad' : status >= 400 ? 'odd' : 'good';
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(at);
  return h(
    'li',
    {},
    h(
      'details',
      {},
      h(
        'summary',
        {},
        h(
          'span',
          { class: `way ${direction}`, title: t(direction) },
          direction === 'out' ? '→' : '←',
          h('span', { class: 'hidden' }, t(direction)),
        ),
        h('code', { title: path }, `${method} ${path.replace(/^https?:\/\/[^/]+/, '')}`),
        h('span', { class: `status ${kind}` }, status === 0 ? t('noAnswer') : String(status)),
        h('small', {}, `${ms} ms · ${time}`),
      ),
      note ? h('p', { class: 'warn' }, note) : null,
      request ? h('div', {}, h('b', {}, t('request')), h('pre', { tabindex: '0' }, pretty(request))) : null,
      response ? h('div', {}, h('b', {}, t('response')), h('pre', { tabindex: '0' }, pretty(response))) : null,
    ),
  );
}

/** @param {string} text */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
