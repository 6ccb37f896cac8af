import { SaxesParser } from 'saxes';
import { BadRequest } from '../errors.ts';
import { inspect } from './xml-inspect.ts';

/** A leaf is its text, exactly; an element that occurs more than once is a list. */
export type XmlValue = string | XmlFields | XmlValue[];
export interface XmlFields {
  [name: string]: XmlValue;
}

/**
 * Reads a document as WeChat writes them and gives what its root holds (channels/wechat.md §4): CDATA to the letter,
 * numeric references decoded, numbers left as text so that 64-bit ids stay whole, attributes ignored. Throws BadRequest:
 * `too_large`, `doctype`, `entity`, `too_deep` before anything is parsed, `bad_xml` for what is not well-formed.
 */
export function readXml(text: string): XmlFields {
  const parser = new SaxesParser({ position: false });
  const open: Element[] = [];
  let root: XmlValue | undefined;
  parser.on('error', () => {
    throw new BadRequest('bad_xml', 'The body is not well-formed XML.');
  });
  parser.on('opentagstart', () => {
    open.push({ text: '', fields: undefined });
  });
  const add = (words: string) => {
    const element = open.at(-1);
    if (element) element.text += words;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', ({ name }) => {
    const element = open.pop();
    if (!element) return;
    const value = element.fields ?? element.text;
    const parent = open.at(-1);
    if (parent) put((parent.fields ??= Object.create(null) as XmlFields), name, value);
    else root = value;
  });
  parser.write(inspect(text)).close();
  if (root === undefined) throw new BadRequest('bad_xml', 'The body is not XML.');
  return typeof root === 'string' ? (Object.create(null) as XmlFields) : (root as XmlFields);
}

interface Element {
  text: string;
  fields: XmlFields | undefined;
}

function put(fields: XmlFields, name: string, value: XmlValue): void {
  const before = fields[name];
  if (before === undefined) fields[name] = value;
  else if (Array.isArray(before)) before.push(value);
  else fields[name] = [before, value];
}

/** What may be one or many, as many: WeChat's lists of one look like a single element. Missing and empty are no item. */
export function asList<T>(value: T | T[] | undefined): T[] {
  if (value === undefined || value === ('' as unknown)) return [];
  return Array.isArray(value) ? value : [value];
}
