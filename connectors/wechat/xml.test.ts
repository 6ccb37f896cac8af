import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadRequest } from '../errors.ts';
import { asList, readXml } from './xml.ts';
import { INVISIBLE } from './xml-inspect.ts';
import { writeXml } from './xml-write.ts';

const code = (text: string): string => {
  try {
    readXml(text);
    return 'read';
  } catch (error) {
    expect(error).toBeInstanceOf(BadRequest);
    return (error as BadRequest).code;
  }
};

describe('XML from outside', () => {
  it('keeps what stands in it to the letter', () => {
    const read = readXml(
      '\ufeff<?xml version="1.0"?><xml>\n <MsgId>24000000000000001</MsgId><Content><![CDATA[ <b>&amp; ]]]]><![CDATA[> \n]]></Content>' +
        '<Label>&#20320;&#x597d; &lt;a&gt; &amp;</Label><Empty></Empty><Closed/><Bare> x </Bare><A b="c">d</A></xml>',
    );
    expect(read).toEqual({
      MsgId: '24000000000000001',
      Content: ' <b>&amp; ]]> \n',
      Label: '你好 <a> &',
      Empty: '',
      Closed: '',
      Bare: ' x ',
      A: 'd',
    });
  });

  it('makes a list of what repeats, at any depth', () => {
    const { Info } = readXml('<xml><Info><Count>2</Count><L><i>a</i><i>b</i></L><L><i>c</i></L></Info></xml>');
    expect(Info).toEqual({ Count: '2', L: [{ i: ['a', 'b'] }, { i: 'c' }] });
    expect([asList(undefined), asList(''), asList('a'), asList(['a', 'b'])]).toEqual([[], [], ['a'], ['a', 'b']]);
  });

  it('knows no prototype', () => {
    const read = readXml('<xml><__proto__><a>1</a></__proto__><constructor>c</constructor></xml>');
    expect(({} as { a?: string }).a).toBeUndefined();
    expect(Object.keys(read)).toEqual(['__proto__', 'constructor']);
  });

  it('lets people write what looks like markup, and drops what nobody sees', () => {
    const text = '<!DOCTYPE html> <!ENTITY x "y"> &x; <?php ?> <a><a><a>';
    expect(readXml(`<xml><Content><![CDATA[${text}]]></Content></xml>`).Content).toBe(text);
    expect(readXml('<xml><Content><![CDATA[a\u0001\u0008\u001fb]]></Content></xml>').Content).toBe('ab');
  });

  it.each([
    ['doctype', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><A>&a;</A></xml>'],
    ['doctype', '<xml><!ELEMENT a (b)></xml>'],
    ['entity', '<xml><A>&a;</A></xml>'],
    ['entity', '<xml><A>a & b</A></xml>'],
    ['too_deep', `${'<a>'.repeat(17)}${'</a>'.repeat(17)}`],
    ['too_deep', '<a>'.repeat(300_000)],
    ['too_large', `<xml>${'<a/>'.repeat(5001)}</xml>`],
    ['too_large', `<xml>${'x'.repeat(1024 * 1024)}</xml>`],
    ['nul', '<xml><A>a\u0000</A></xml>'],
    ['bad_xml', ''],
    ['bad_xml', 'hello'],
    ['bad_xml', '{"a":1}'],
    ['bad_xml', '<xml>'],
    ['bad_xml', '<xml></XML>'],
    ['bad_xml', '<xml/><xml/>'],
    ['bad_xml', '<xml><A>&#0;</A></xml>'],
    ['bad_xml', '<xml><A>&#xD800;</A></xml>'],
    ['bad_xml', '<xml><![CDATA[never closed</xml>'],
    ['bad_xml', '<xml><a b></a></xml>'],
  ])('%s: %.60s', (wanted, text) => expect(code(text)).toBe(wanted));

  it('is read or refused, whatever it is', () => {
    const bits = fc.constantFrom(
      '<a>',
      '</a>',
      '<a/>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '&amp;',
      '&#65;',
      '&b;',
      '<?x',
      '?>',
      '<!DOCTYPE',
      'x',
      '<',
      '>',
      '&',
      '"',
      '你',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 30 }), (parts) => void code(parts.join(''))),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 20 }), (parts) => void code(`<xml>${parts.join('')}</xml>`)),
      { numRuns: 2000 },
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void code(text)));
  });
});

describe('XML of ours', () => {
  it('is what WeChat takes', () => {
    expect(
      writeXml({
        ToUserName: 'o1',
        CreateTime: 17,
        Articles: { item: [{ Title: 'a' }, { Title: 'b' }] },
        No: undefined,
      }),
    ).toBe(
      '<xml><ToUserName><![CDATA[o1]]></ToUserName><CreateTime>17</CreateTime><Articles><item><Title><![CDATA[a]]></Title></item><item><Title><![CDATA[b]]></Title></item></Articles></xml>',
    );
    expect(() => writeXml({ 'a><b': 'c' })).toThrow(RangeError);
  });

  it('comes back as it was, whatever was said', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(']]>', 'a]]>b]]>', ']]', '<![CDATA[', '</xml>', '&amp;'),
    );
    fc.assert(
      fc.property(text, text, (a, b) => {
        const clean = (value: string) => value.replaceAll('\u0000', '').replace(INVISIBLE, '').replace(/\r\n?/g, '\n');
        expect(readXml(writeXml({ A: a, B: { C: b } }))).toEqual({ A: clean(a), B: { C: clean(b) } });
      }),
      { numRuns: 500 },
    );
    expect(readXml(writeXml({ A: 'a\ud800b' })).A).toBe('a\ufffdb');
  });
});
