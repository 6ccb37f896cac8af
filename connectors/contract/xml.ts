import { expect, it } from 'vitest';
import type { Inbound } from '../../core/inbound.ts';

type Receive = (body: string | Uint8Array) => Inbound[] | string;

const WRONG = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'toString',
  '-1',
  '1e300',
  'x'.repeat(30_000),
  '<x/>',
  '<a><b>c</b></a>',
  '<![CDATA[]]>',
  '&lt;script&gt;',
];
/** What no column can keep and XML 1.0 does not know either. */
const POISON = ['a\u0000b', '<![CDATA[a\u0000b]]>', '&#0;', '&#x0;', '&#xD800;', '&#xDC00;', '&#1;'];
/** Not XML either, but people paste such: to be refused, or left out of what they said. */
const INVISIBLE = ['\u0001', '\uffff'];

/** Authentic XML that is not the platform's, made of one fixture: refused or understood, and never a way in. */
export function xmlBodies(name: string, text: string, receive: Receive): void {
  const root = /<([A-Za-z_][\w.-]*)/.exec(text)?.[1] ?? 'xml';
  const inner = text.slice(text.indexOf('>') + 1, text.lastIndexOf('<'));
  const whole = (inside: string, before = '') => `${before}<${root}>${inside}</${root}>`;
  const leaves = [...text.matchAll(/<([A-Za-z_][\w.-]*)>((?:<!\[CDATA\[[\s\S]*?\]\]>|[^<])*)<\/\1>/g)];

  it(`${name}: declares no documents of its own: no DOCTYPE, no entity`, () => {
    const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
    for (const doctype of [
      `<!DOCTYPE ${root}>`,
      `<!doctype ${root}>`,
      `<!DOCTYPE ${root} SYSTEM "http://169.254.169.254/x.dtd">`,
      `<!DOCTYPE ${root} [<!ENTITY x SYSTEM "file:///etc/passwd">]>`,
      `<!DOCTYPE ${root} [<!ENTITY l0 "lol">${laughs}]>`,
      `<!DOCTYPE ${root} [<!ENTITY % p SYSTEM "http://127.0.0.1/p"> %p;]>`,
    ]) {
      expect(receive(whole(inner, doctype)), doctype).toBeTypeOf('string');
      expect(receive(whole(inner, `<?xml version="1.0"?>\n${doctype}`)), doctype).toBeTypeOf('string');
    }
    for (const [leaf, tag] of leaves)
      for (const entity of ['&x;', '&l9;', '&', '&#x110000;', '&amp'])
        expect(receive(text.replace(leaf, `<${tag}>${entity}</${tag}>`)), `${tag} ${entity}`).toBeTypeOf('string');
  });

  it(`${name}: broken in shape`, () => {
    for (const broken of [
      '',
      ' ',
      text.slice(0, -1),
      text.slice(0, Math.floor(text.length / 2)),
      text + text,
      `${text}<more/>`,
      `${text}words`,
      whole(`${inner}<a></b>`),
      whole(`${inner}<a b=c/>`),
      whole(`${inner}<![CDATA[`),
      whole(`${inner}<!-- `),
      whole('<a>'.repeat(100_000) + '</a>'.repeat(100_000)),
      whole('<a>'.repeat(100_000)),
      `{"${root}":{}}`,
    ])
      expect(receive(broken), broken.slice(0, 80)).toBeTypeOf('string');
    expect(receive(new Uint8Array([0x3c, 0xff, 0xfe, 0x3e]))).toBeTypeOf('string');
    expect(receive(Buffer.from(text, 'utf16le'))).toBeTypeOf('string');
  });

  it(`${name}: wrong values anywhere (${leaves.length} places) are refused or understood`, () => {
    for (const [leaf, tag] of leaves) {
      for (const value of WRONG) receive(text.replace(leaf, `<${tag}>${value}</${tag}>`));
      receive(text.replace(leaf, ''));
      receive(text.replace(leaf, leaf + leaf));
      receive(text.replace(leaf, `<${tag} a="b" xmlns:x="y">x</${tag}>`));
      receive(text.replace(leaf, `<!-- a --><?b c?>${leaf}`));
    }
    receive(whole(inner.repeat(50)));
    receive(whole(`${inner}${'<a/>'.repeat(50_000)}`));
    receive(whole(`${inner}<__proto__>x</__proto__><constructor>y</constructor>`));
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it(`${name}: NUL and half characters are refused in every text`, () => {
    for (const [leaf, tag] of leaves)
      for (const poison of POISON)
        expect(
          receive(text.replace(leaf, `<${tag}>${poison}</${tag}>`)),
          `${tag} ${JSON.stringify(poison)}`,
        ).toBeTypeOf('string');
    for (const [leaf, tag] of leaves)
      for (const unseen of INVISIBLE)
        expect(
          JSON.stringify(receive(text.replace(leaf, `<${tag}><![CDATA[a${unseen}b]]></${tag}>`))),
          `${tag} ${JSON.stringify(unseen)}`,
        ).not.toMatch(/\\u0001|\uffff/);
  });
}
