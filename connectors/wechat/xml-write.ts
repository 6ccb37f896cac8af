import { INVISIBLE } from './xml-inspect.ts';

/** Texts become CDATA, numbers stand bare, lists repeat the element, `undefined` is left out. */
export type XmlPart = string | number | undefined | XmlPart[] | { [name: string]: XmlPart };

const NAME = /^[A-Za-z_][\w.-]*$/;

/** A document as WeChat wants them, without a declaration or a space between elements. Names are ours, values anybody's. */
export function writeXml(fields: { [name: string]: XmlPart }): string {
  return element('xml', fields);
}

function element(name: string, part: XmlPart): string {
  if (!NAME.test(name)) throw new RangeError('Not a name of an element.');
  if (part === undefined) return '';
  if (Array.isArray(part)) return part.map((item) => element(name, item)).join('');
  return `<${name}>${content(part)}</${name}>`;
}

function content(part: string | number | { [name: string]: XmlPart }): string {
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return cdata(part);
  return Object.entries(part)
    .map(([name, inner]) => element(name, inner))
    .join('');
}

/** A text that ends the section early is cut in two; what XML cannot hold is dropped, half characters are replaced. */
function cdata(text: string): string {
  return `<![CDATA[${text.toWellFormed().replaceAll('\u0000', '').replace(INVISIBLE, '').replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
