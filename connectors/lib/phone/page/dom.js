/** Builds elements; text is always text, never markup. */
export const $ = (id) => document.getElementById(id);

/** @param {string} tag @param {Record<string, any>} props @param {...(Node | string | null | undefined | false)} children */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === false || value === null) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'class') element.className = value;
    else if (key in element && typeof value !== 'string') element[key] = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child || child === 0));
  return element;
}

/** A drawing of ours by its name. */
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

/** Only what a browser may open from a stranger: no `javascript:`. */
export function safeUrl(url) {
  try {
    return ['http:', 'https:', 'blob:'].includes(new URL(url, document.baseURI).protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}

let hiding;
/** A short word to the person; read out at once. */
export function toast(text) {
  const element = $('toast');
  element.textContent = text;
  element.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { element.hidden = true; }, 4000);
}
