import { perform } from './actions.js';
import { Bench } from './bench.js';
import { ChatView } from './chat.js';
import { Composer } from './composer.js';
import { $, h, toast } from './dom.js';
import { get, listen, post } from './net.js';
import { Scanner } from './scan.js';
import { lang, pick, t, translatePage } from './text.js';

/** All that is on the screen; whom one looks at is in the address, so that it survives a reload. */
const asked = new URLSearchParams(location.search);
/**
 * @typedef {import('../model.ts').PhoneModel} Model @typedef {import('../model.ts').Said} Said
 * @typedef {{
 *   model: Model | undefined, accounts: import('../model.ts').Account[], people: import('../model.ts').Person[],
 *   recordings: string[], account: string, person: string,
 * }} State
 * @type {State}
 */
const state = {
  model: undefined,
  accounts: [],
  people: [],
  recordings: [],
  account: asked.get('account') ?? '',
  person: asked.get('person') ?? '',
};

translatePage();
/** What it gave, or `undefined` and a word to the person. @param {Promise<any>} promise */
const act = async (promise) => {
  try {
    return (await promise) ?? true;
  } catch (error) {
    toast(t('failedRequest', error instanceof Error ? error.message : error));
    return undefined;
  }
};
const pair = () => ({ account: state.account, person: state.person });
const say = (/** @type {Said} */ said, /** @type {string} */ quote = '') =>
  act(post('phone/say', { ...pair(), said, quote: quote || undefined }));
const follow = (/** @type {boolean} */ following) => act(post('phone/follow', { ...pair(), following }));

const bench = new Bench({ act, replay: (recording) => act(post('phone/replay', { ...pair(), recording })) });
/** @param {import('../model.ts').PhoneAction} action @param {string} [message] */
const doIt = (action, message) =>
  perform(action, (value) => act(post('phone/act', { ...pair(), action: action.id, value, message })));
const composer = new Composer(say, doIt);
new Scanner();
const chat = new ChatView({
  model: () => /** @type {Model} */ (state.model),
  quote: (message) => composer.quote(message),
  unsend: ({ id }) => act(post('phone/unsend', { ...pair(), id })),
  tap: (data, text) => say({ type: 'action', data, text }),
  act: doIt,
});

/** Takes the whole, whatever was there before; comes again after every lost connection. */
async function load() {
  let all = await get('phone/state');
  state.account = chosen(all.accounts, state.account);
  state.person = chosen(all.people, state.person);
  if (state.account && state.person) all = await get(`phone/state?${new URLSearchParams(pair())}`);
  $('scan-open').hidden = !all.scans;
  Object.assign(state, { model: all.model, accounts: all.accounts, people: all.people, recordings: all.recordings });
  drawModel();
  drawPeople();
  drawAccounts();
  bench.faults(all.faults, all.actions);
  bench.log(all.log);
  chat.reset(all.chat ?? { messages: [] });
  drawFollowing(all.chat?.following ?? false);
}

/** The one asked for, or the first. @param {{ id: string }[]} list @param {string} id */
function chosen(list, id) {
  return list.some((item) => item.id === id) ? id : (list[0]?.id ?? '');
}

/** @param {import('../model.ts').PhoneNews} news */
function heard(news) {
  const here = 'person' in news && news.account === state.account && news.person === state.person;
  switch (news.type) {
    case 'message':
      return here ? chat.put(news.message) : mark(news);
    case 'chat': {
      if (!here) return;
      chat.typing(news.typingUntil);
      return drawFollowing(news.following);
    }
    case 'model':
      return news.account === state.account ? act(load()) : undefined;
    case 'people':
      state.people = news.people;
      return drawPeople();
    case 'accounts': {
      const isFirst = !state.account && news.accounts.length > 0;
      state.accounts = news.accounts;
      return isFirst ? act(load()) : drawAccounts();
    }
    case 'faults':
      return bench.values(news.values);
    case 'exchange':
      return bench.exchange(news.exchange);
  }
}

function drawModel() {
  const { model } = state;
  if (!model) return;
  $('platform').textContent = pick(model.label);
  document.title = pick(model.label);
  document.querySelector('main')?.setAttribute('aria-label', pick(model.label));
  for (const [name, value] of Object.entries(model.theme))
    document.documentElement.style.setProperty(`--${name}`, value);
  composer.offer(model);
}

function drawPeople() {
  $('people').replaceChildren(
    ...state.people.map(({ id, name }) =>
      h(
        'li',
        {},
        h(
          'button',
          {
            type: 'button',
            'aria-current': id === state.person ? 'true' : undefined,
            'data-person': id,
            onclick: () => show({ person: id }),
          },
          h('img', { src: `avatars/${encodeURIComponent(id)}.png`, alt: '' }),
          h('span', {}, name),
          h('i', { class: 'unread' }),
        ),
      ),
    ),
  );
  $('as').textContent = t('as', state.people.find(({ id }) => id === state.person)?.name ?? '');
}

function drawAccounts() {
  const account = state.accounts.find(({ id }) => id === state.account);
  $('account-name').textContent = account?.name ?? '—';
  $('account-choice').hidden = state.accounts.length < 2;
  $('account').replaceChildren(
    ...state.accounts.map(({ id, name, kind }) =>
      h('option', { value: id, selected: id === state.account }, kind ? `${name} · ${pick(kind)}` : name),
    ),
  );
  bench.details(account, state.recordings, state.model?.fields ?? {});
}

/** @param {boolean} following */
function drawFollowing(following) {
  if (!state.account) return drawNobody();
  const words = state.model?.follow;
  $('follow').hidden = !words || !following;
  $('strip').hidden = !words || following;
  $('strip-follow').hidden = false;
  if (words) {
    $('follow').textContent = pick(words.remove);
    $('strip-text').textContent = pick(words.removed);
    $('strip-follow').textContent = pick(words.add);
  }
  composer.enable(following || !words);
}

/** Nobody to write to yet: an account appears when one is connected. */
function drawNobody() {
  $('follow').hidden = true;
  $('strip').hidden = false;
  $('strip-follow').hidden = true;
  $('strip-text').textContent = t($('scan-open').hidden ? 'noAccount' : 'noAccountScan');
  composer.enable(false, true);
}

/**
 * Something came for somebody else: a dot beside the name.
 * @param {{ person: string, message: import('../model.ts').PhoneMessage }} news
 */
function mark({ person, message }) {
  if (message.who === 'account') document.querySelector(`[data-person="${CSS.escape(person)}"]`)?.classList.add('new');
}

/** @param {Partial<Pick<State, 'account' | 'person'>>} change */
async function show(change) {
  Object.assign(state, change);
  const address = new URL(location.href);
  for (const [key, value] of Object.entries(pair())) address.searchParams.set(key, value);
  history.replaceState(null, '', address);
  composer.quote(undefined);
  close($('side'));
  await act(load());
  $('words').focus();
}

/** @param {any} panel */
function open(panel) {
  panel.classList.add('open');
  panel.querySelector('.close').focus();
}
/** @param {any} panel */
function close(panel) {
  if (!panel.classList.contains('open')) return;
  panel.classList.remove('open');
  /** @type {HTMLElement | null} */ (document.querySelector(`[data-open="${panel.id}"]`))?.focus();
}
for (const button of document.querySelectorAll('[data-open]'))
  button.addEventListener('click', () => open($(button.getAttribute('data-open') ?? '')));
for (const button of document.querySelectorAll('[data-close]'))
  button.addEventListener('click', () => close($(button.getAttribute('data-close') ?? '')));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') for (const panel of document.querySelectorAll('aside.open')) close(panel);
});

$('add').addEventListener('submit', async (/** @type {Event} */ event) => {
  event.preventDefault();
  const person = await act(post('phone/people', { name: $('new-person').value }));
  if (!person) return;
  $('new-person').value = '';
  show({ person: person.id });
});
$('account').addEventListener('change', () => show({ account: $('account').value }));
$('follow').addEventListener('click', () => follow(false));
$('strip-follow').addEventListener('click', () => follow(true));
const other = new URL(location.href);
other.searchParams.set('lang', lang === 'zh' ? 'en' : 'zh');
$('language').href = other.href;
$('language').textContent = t('switchLanguage');

listen(
  () => {
    $('offline').hidden = true;
    act(load());
  },
  heard,
  () => {
    $('offline').hidden = false;
  },
);
