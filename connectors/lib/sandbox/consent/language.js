/** Both languages are in the page; this shows one of them. */

/** @param {Document | DocumentFragment | Element} root @param {'zh' | 'en'} lang */
function fill(root, lang) {
  for (const element of /** @type {Iterable<HTMLElement>} */ (root.querySelectorAll('[data-zh]'))) {
    const text = element.dataset[lang] ?? '';
    if (element.dataset.into) element.setAttribute(element.dataset.into, text);
    else element.textContent = text;
  }
}

/** @param {'zh' | 'en'} lang */
function show(lang) {
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  fill(document, lang);
  for (const template of document.querySelectorAll('template')) fill(template.content, lang);
  const other = /** @type {HTMLElement} */ (document.getElementById('language'));
  other.textContent = lang === 'zh' ? 'English' : '中文';
  other.lang = lang === 'zh' ? 'en' : 'zh-CN';
}

const current = () => /** @type {'zh' | 'en'} */ (document.documentElement.lang.startsWith('zh') ? 'zh' : 'en');

/** Where the server did not know who asks, the browser says; a button changes over. */
export function language() {
  if (document.documentElement.dataset.ask !== undefined) {
    const said = new URLSearchParams(location.search).get('lang') ?? navigator.language;
    show(said.toLowerCase().startsWith('zh') ? 'zh' : 'en');
  }
  document.getElementById('language')?.addEventListener('click', () => show(current() === 'zh' ? 'en' : 'zh'));
}

/**
 * Puts a word of the page's templates there, unless it is there already (it would be read out again).
 * @param {HTMLElement} element @param {string} key
 */
export function say(element, key) {
  if (element.dataset.says === key) return;
  element.dataset.says = key;
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(`word-${key}`));
  element.replaceChildren(template.content.cloneNode(true));
}
