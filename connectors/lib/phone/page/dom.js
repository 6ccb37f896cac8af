/**
 * The element of that id; the page has every one that is asked for.
 * @param {string} id @returns {any}
 */
export const $ = (id) => document.getElementById(id);

/**
 * Builds an element; text is always text, never markup. `on…` are listeners, what is no text becomes a property.
 * @param {string} tag @param {Record<string, any>} props @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function h(tag, props = {}, ...children) {
  /** @type {any} */
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === false || value === null) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'class') element.className = value;
    else if (key in element && typeof value !== 'string') element[key] = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

/**
 * A drawing of ours by its name.
 * @param {'icons' | 'stickers'} sheet @param {string} name @param {string} [label]
 */
export function drawing(sheet, name, label) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `page/${sheet}.svg#${name}`);
  svg.append(use);
  if (label) {
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
  } else svg.setAttribute('aria-hidden', 'true');
  return svg;
}

/**
 * Only what a browser may open from a stranger: no `javascript:`.
 * @param {string} url
 */
export function safeUrl(url) {
  try {
    return ['http:', 'https:', 'blob:'].includes(new URL(url, document.baseURI).protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let hiding;
/**
 * A short word to the person; read out at once.
 * @param {string} text
 */
export function toast(text) {
  const element = $('toast');
  element.textContent = text;
  element.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    element.hidden = true;
  }, 4000);
}
