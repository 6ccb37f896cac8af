import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WebEvents } from '../../../connectors/web/schema.ts';
import { waitText } from '../chat/bars.tsx';
import { faults, leftOf } from '../chat/leave.tsx';
import { merge } from '../chat/lib/conversation.ts';
import { refusal, sizeText } from '../chat/lib/files.ts';
import { newId } from '../chat/lib/id.ts';
import { compare } from '../chat/lib/place.ts';
import { pieces, safeUrl } from '../chat/lib/text.ts';
import { inkOn } from '../chat/lib/theme.ts';
import { leads, rowsOf } from '../chat/rows.ts';
import { en } from '../chat/words/en.ts';
import { formWords } from '../chat/words/forms/index.ts';
import { fill, languageOf, wordsOf } from '../chat/words/index.ts';
import { contrast, readable } from '../shared/color.ts';
import { House } from './house.ts';

describe('texts', () => {
  const links = (text: string) => pieces(text).flatMap((piece) => (typeof piece === 'string' ? [] : [piece.text]));
  it.each([
    ['see https://a.example/x.', ['https://a.example/x']],
    ['(https://a.example/x_(y))', ['https://a.example/x_(y)']],
    ['看https://a.example/退货，好吗', ['https://a.example/退货']],
    ['javascript:alert(1) data:text/html,x ftp://a', []],
    ['https://user@evil.example', []],
    ['http:// https://', []],
    ['HTTPS://A.EXAMPLE', ['HTTPS://A.EXAMPLE']],
  ])('%s', (text, found) => expect(links(text)).toEqual(found));
  it('loses no letter and links nothing but http and https', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('javascript:', 'http://', '<b>', ')', '。')), {
          maxLength: 8,
        }),
        (parts) => {
          const text = parts.join('');
          expect(
            pieces(text)
              .map((piece) => (typeof piece === 'string' ? piece : piece.text))
              .join(''),
          ).toBe(text);
          for (const piece of pieces(text)) if (typeof piece !== 'string') expect(piece.href).toMatch(/^https?:\/\//);
        },
      ),
    );
  });
  it('takes our own paths, and no other schemes', () => {
    expect(safeUrl('/media/1/a.png')).toMatch(/\/media\/1\/a\.png$/);
    for (const bad of ['javascript:alert(1)', ' java\nscript:alert(1)', 'data:text/html,<script>', 'blob:x', '', null])
      expect(safeUrl(bad)).toBeUndefined();
  });
});

describe('colours', () => {
  const color = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);
  it('are readable whatever an admin chooses', () => {
    fc.assert(
      fc.property(color, color, (front, back) => {
        expect(contrast(readable(front, back), back)).toBeGreaterThanOrEqual(4.5);
        for (const paper of ['#f6f7f9', '#22252b'])
          expect(contrast(inkOn(paper, back), paper)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
  it('stay as chosen where they can', () => {
    expect(readable('#ffffff', '#0f6b5c')).toBe('#ffffff');
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  });
});

describe('ids', () => {
  it('are UUIDv7 and each later than the one before', () => {
    const ids = Array.from({ length: 500 }, newId);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(500);
  });
});

describe('merging', () => {
  it('gives the same whatever comes first, and twice changes nothing', () => {
    const house = new House();
    house.hello({});
    const visitor = house.only;
    const early = Array.from({ length: 12 }, (_, n) =>
      structuredClone(house.add(visitor, 'agent', { type: 'text', text: `${n}` })),
    );
    const late = visitor.messages.map((message, n) =>
      n % 3 ? message : { ...message, recalled: true, content: null, delivery: 'read' as const },
    );
    fc.assert(
      fc.property(fc.shuffledSubarray([...early, ...late], { minLength: 24 }), (all) => {
        const once = merge([], all);
        expect(once).toEqual(late);
        expect(merge(once, all)).toEqual(once);
        expect(all.reduce((list, message) => merge(list, [message]), [] as typeof all)).toEqual(once);
      }),
    );
  });
  it('orders by session, then by number, not by text', () => {
    expect(compare('a:9', 'a:10')).toBeLessThan(0);
    expect(compare('b:1', 'a:10')).toBeGreaterThan(0);
    expect(compare('a:1', 'a:1')).toBe(0);
  });
});

describe('files', () => {
  const limits = { text: 4000, imageBytes: 1000, fileBytes: 5000, types: ['image/*', 'application/pdf'] };
  it.each([
    [{ type: 'image/png', size: 999 }, undefined],
    [{ type: 'image/png', size: 1001 }, 'file_too_large'],
    [{ type: 'application/pdf', size: 5000 }, undefined],
    [{ type: 'application/x-msdownload', size: 9 }, 'file_type_refused'],
    [{ type: '', size: 9 }, undefined],
    [{ type: 'image/png', size: 0 }, 'file_empty'],
  ])('%o: %s', (file, told) => expect(refusal(file, limits)).toBe(told));
  it('have sizes for people', () => {
    expect([0, 900, 1024, 1536, 20 << 20].map(sizeText)).toEqual(['0 B', '900 B', '1 KB', '1.5 KB', '20 MB']);
  });
});

describe('languages', () => {
  it('are complete, with the same places to fill', () => {
    const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    const same = (all: Record<string, string>, measure: Record<string, string>) => {
      expect(Object.keys(all)).toEqual(Object.keys(measure));
      for (const [name, text] of Object.entries(all)) {
        expect(text).not.toBe('');
        expect(places(text)).toEqual(places(measure[name]!));
      }
    };
    for (const language of ['en', 'ja'] as const) {
      same(wordsOf(language), wordsOf('zh-CN'));
      same(formWords[language], formWords['zh-CN']);
    }
    expect(fill(en.position, { n: 2 })).toBe('2 ahead of you');
  });
  it('follow the first wish that we speak', () => {
    expect(languageOf(undefined, 'fr-FR', 'ja-JP', 'en')).toBe('ja');
    expect(languageOf('zh-TW')).toBe('zh-CN');
    expect(languageOf('fr')).toBe('en');
  });
});

describe('how an invitation and a menu of the house stand', () => {
  const house = new House();
  const begin = () => {
    house.hello({});
    house.open(house.only);
    return house.only;
  };
  const stands = (visitor: ReturnType<typeof begin>) =>
    rowsOf(visitor.messages, [], visitor.session).map((row) => row.stand);
  it('CS-04, CS-07: open, rated, once more, over', () => {
    const visitor = begin();
    house.invite(visitor);
    expect(stands(visitor)).toEqual(['open']);
    const { session } = visitor;
    const { rating } = session!;
    visitor.session = { ...session!, rating: { ...rating, rated: true }, mayRate: false };
    expect(stands(visitor)).toEqual(['rated']);
    visitor.session = { ...session!, rating: { ...rating, rated: true }, mayRate: true };
    expect(stands(visitor)).toEqual(['again']);
    visitor.session = { ...session!, rating: { ...rating, rated: true, open: false }, mayRate: false };
    expect(stands(visitor)).toEqual(['rated']);
    visitor.session = { ...session!, rating: { ...rating, open: false }, mayRate: false };
    expect(stands(visitor)).toEqual(['over']);
    visitor.session = { ...session!, rating: { ...rating, invitationId: newId() } };
    expect(stands(visitor)).toEqual(['over']);
  });
  it('an invitation that is shown again stands only where it was shown last', () => {
    const visitor = begin();
    const again = house.invite(visitor);
    house.add(visitor, 'system', { type: 'text', text: 'and' });
    house.add(visitor, 'system', again);
    expect(stands(visitor)).toEqual([undefined, 'open']);
  });
  it('AR-11, V-08: a choice leads somewhere in its own session, until a person has it', () => {
    const visitor = begin();
    const options = [{ id: 'haina:human', text: 'A person' }];
    house.add(visitor, 'system', { type: 'menu', text: 'Well?', options });
    house.add(visitor, 'bot', { type: 'menu', text: 'Which?', options: [{ id: 'red', text: 'Red' }] });
    expect(stands(visitor)).toEqual(['bot', undefined]);
    house.session(visitor, { state: 'serving' });
    expect(stands(visitor)).toEqual(['serving', undefined]);
    house.open(visitor);
    expect(stands(visitor)).toEqual(['over', undefined]);
  });
  it.each([
    ['haina:group:1', ['bot', 'waiting']],
    ['haina:human', ['bot', 'waiting']],
    ['haina:quit', ['waiting']],
    ['haina:leave', ['bot', 'waiting']],
    ['red', ['bot', 'waiting', 'serving', 'closed', 'over']],
  ] as const)('%s leads in %j', (id, where) => {
    const all = ['bot', 'waiting', 'serving', 'closed', 'over'] as const;
    expect(all.filter((stand) => leads(id, stand))).toEqual(where);
  });
});

describe('a wait', () => {
  it.each([
    [0, 'less than a minute'],
    [59, 'less than a minute'],
    [60, 'about 1 min'],
    [61, 'about 2 min'],
    [5340, 'about 89 min'],
    [5400, 'about 2 h'],
    [9000, 'about 3 h'],
  ])('of %i seconds is %s', (seconds, text) => expect(waitText(seconds, en)).toBe(text));
});

describe('the form for a message', () => {
  const words = formWords.en;
  const none = { name: '', phone: '', email: '', text: '' };
  it.each([
    [{}, ['phone', 'text']],
    [{ text: '  ' }, ['phone', 'text']],
    [{ text: 'x', phone: '12345' }, []],
    [{ text: 'x', email: 'a@example.com' }, []],
    [{ text: 'x', email: 'a@example' }, ['email']],
    [{ text: 'x', phone: 'call me', email: 'a@example.com' }, ['phone']],
  ])('%j lacks %j', (given, lacks) => {
    expect(Object.keys(faults({ ...none, ...given }, words))).toEqual(lacks);
  });
  it('sends nothing that was left empty, and what the door lets in', () => {
    const left = leftOf({ name: ' A ', phone: ' +86 138 0000 0000 ', email: '', text: ' call \n me ' });
    expect(left).toEqual({ form: { name: 'A', phone: '+86 138 0000 0000' }, text: 'call \n me' });
    const id = newId();
    expect(WebEvents.parse({ events: [{ type: 'leave-message', id, ...left }] }).events[0]).toMatchObject(left);
  });
});
