import { BadRequest } from '../errors.ts';

/** Characters of one document; WeChat's own stay far below. */
const MAX_LENGTH = 1024 * 1024;
/** Elements inside each other; the deepest known (`SendPicsInfo/PicList/item/PicMd5Sum` in `xml`) is five. */
const MAX_DEPTH = 16;
const MAX_ELEMENTS = 5000;
/** What XML knows without a declaration, and characters by number. */
const REFERENCE = /^&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});/;
/** Not allowed in XML in any form, but people paste them and WeChat passes them on; nobody sees them missing. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is meant
export const INVISIBLE = /[\u0001-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/**
 * Looks through a document before a parser sees it and gives it without the characters XML has no place for. A declared
 * entity can become anything, so declarations are refused (XXE, "a billion laughs"), but only where they are markup: a
 * customer may write `<!DOCTYPE` in a message.
 */
export function inspect(text: string): string {
  if (text.length > MAX_LENGTH) throw new BadRequest('too_large', `The body is longer than ${MAX_LENGTH}.`);
  // Never in a message; in a body of another encoding every second character is one.
  if (text.includes('\u0000')) throw new BadRequest('nul', 'The body holds a NUL character.');
  let depth = 0;
  let elements = 0;
  for (let at = next(text, 0); at !== -1; at = next(text, at)) {
    if (text[at] === '&') {
      const reference = REFERENCE.exec(text.slice(at, at + 12))?.[0];
      if (!reference) throw new BadRequest('entity', 'The body uses an entity of its own.');
      at += reference.length;
    } else if (text.startsWith('<![CDATA[', at)) at = after(text, ']]>', at + 9);
    else if (text.startsWith('<!--', at)) at = after(text, '-->', at + 4);
    else if (text[at + 1] === '!') throw new BadRequest('doctype', 'The body declares a document type.');
    else if (text[at + 1] === '?') at = after(text, '?>', at + 2);
    else {
      const end = after(text, '>', at + 1);
      if (text[at + 1] === '/') depth--;
      else if (++elements > MAX_ELEMENTS) throw new BadRequest('too_large', `More than ${MAX_ELEMENTS} elements.`);
      else if (text[end - 2] !== '/' && ++depth > MAX_DEPTH)
        throw new BadRequest('too_deep', `The body nests deeper than ${MAX_DEPTH}.`);
      at = end;
    }
  }
  return text.replace(INVISIBLE, '');
}

/** The next place where markup or a reference begins. */
function next(text: string, from: number): number {
  const tag = text.indexOf('<', from);
  const head = tag === -1 ? text.slice(from) : text.slice(from, tag);
  const reference = head.indexOf('&');
  return reference === -1 ? tag : from + reference;
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  if (at === -1) throw new BadRequest('bad_xml', 'The body ends in the middle.');
  return at + mark.length;
}
