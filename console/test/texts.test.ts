import { describe, expect, it } from 'vitest';
import { textOf } from '../../core/message.ts';
import { Texts } from '../../core/settings/texts.ts';
import { inserted, PLACES, unfilled } from '../src/lib/texts/places.ts';
import { agentName, type Imagined, type Scene, said } from '../src/lib/texts/scenes.ts';
import { moved, withTags } from '../src/lib/texts/star-tags.ts';

const IMAGINED: Imagined = {
  language: 'en',
  channel: 'Book shop',
  agent: 'Ada',
  now: Date.UTC(2026, 10, 21, 11),
  queues: { showPosition: true, showWait: true },
  zone: 'UTC',
};
const heard = (scene: Scene, texts: object) => said(scene, Texts.parse(texts), IMAGINED);
const words = (scene: Scene, texts: object) => heard(scene, texts).map((line) => textOf(line.content));
const item = (text: string) => ({ id: crypto.randomUUID(), text, groupId: crypto.randomUUID() });

describe('places in a text', () => {
  it.each([
    ['You are  now', 8, 8, 'You are {position} now', 18],
    ['', 0, 0, '{position}', 10],
    ['You are number 3.', 15, 16, 'You are number {position}.', 25],
  ])('one is put into “%s” at %i…%i', (text, from, to, after, caret) => {
    expect(inserted(text, [from, to], 'position')).toEqual({ text: after, caret });
  });
  it.each([
    ['Number {position}, {wait}', []],
    ['Number {postion} and {postion}', ['postion']],
    ['{agent} will be with you', ['agent']],
    ['Curly {} and { position } are words', []],
  ])('“%s” keeps what will not be filled: %j', (text, left) => {
    expect(unfilled(text, PLACES.queued)).toEqual(left);
  });
  it('what is offered for the queue is filled there', () => {
    const all = PLACES.queued.map((place) => `{${place}}`).join(' ');
    for (const scene of ['busy', 'nobody'] as const)
      expect(words(scene, { noIdle: { on: true, text: all }, noAgent: all })[0]!.split('\n')[0]).not.toMatch(/\{\w+\}/);
    expect(words('afterHours', { offHours: 'Back {hours}, {group}.' })[0]).toMatch(/^Back tomorrow 09:00, \./);
  });
});

describe('what the customer sees', () => {
  it('AR-10…AR-12: welcome, menu and greeting when they are on', () => {
    expect(words('opening', {})).toEqual([]);
    const texts = {
      welcome: { on: true, text: 'Hi.' },
      menu: { on: true, text: 'What about?', items: [item('Sales'), item('Repairs')] },
      greeting: { on: true },
    };
    expect(words('opening', texts)).toEqual([
      'Hi.',
      'What about?\nSales\nRepairs',
      expect.stringContaining('we have your message'),
    ]);
    // Without words of its own the menu stands under the welcome, as the hub sends it.
    expect(words('opening', { ...texts, menu: { ...texts.menu, text: '' }, greeting: { on: false } })).toEqual([
      'Hi.\nSales\nRepairs',
    ]);
  });
  it('SS-14, AR-16: each case of waiting has its own words', () => {
    expect(words('busy', { noIdle: { on: true, text: 'Busy, number {position}, {wait}.' } })[0]).toMatch(
      /^Busy, number 3, about 4 minutes\./,
    );
    expect(words('busy', { noIdle: { on: false }, queued: 'One moment.' })[0]).toMatch(/^One moment\./);
    expect(words('free', { queued: 'One moment.' })).toEqual(['One moment.']);
    expect(words('still', { whileWaiting: { on: false } })).toEqual([]);
    expect(words('still', {})[0]).toContain('still in the queue');
  });
  it.each(['Asia/Shanghai', 'America/New_York', 'Nowhere/Else'])('after hours it opens at nine in %s', (zone) => {
    const [line] = said('afterHours', Texts.parse({ offHours: '{hours}' }), { ...IMAGINED, zone });
    expect(textOf(line!.content)).toMatch(/^tomorrow 09:00/);
  });
  it('AR-14, AR-21: after hours and at the end', () => {
    expect(words('afterHours', { leave: 'Write to us.' })[0]).toMatch(
      /closed right now.*tomorrow 09:00.*Write to us\.$/s,
    );
    expect(words('end', { closing: { on: false } })).toEqual([]);
    expect(words('end', { closing: { on: true, text: 'Bye.' } })).toEqual(['Bye.']);
  });
  it('SS-01, SS-12: under which name', () => {
    expect(heard('end', {})[0]!.name).toBe('Book shop');
    expect(heard('end', { dispatcher: 'Reception' })[0]!.name).toBe('Reception');
    expect(agentName(Texts.parse({}), IMAGINED)).toBe('Ada');
    expect(agentName(Texts.parse({ showAgentName: false }), IMAGINED)).toBe('Book shop');
  });
});

describe('the tags of a star', () => {
  it.each([
    [['Kind'], 'Quick', ['Kind', 'Quick']],
    [['Kind'], ' Kind ', ['Kind']],
    [[], '专业，热情、很快\nKind; ', ['专业', '热情', '很快', 'Kind']],
    [['a', 'b'], 'c, d', ['a', 'b', 'c']],
    [[], ' , ', []],
    [[], 'x'.repeat(60), ['x'.repeat(40)]],
  ])('CS-12: %j with “%s” typed or pasted', (tags, text, after) => {
    expect(withTags(tags, text, 3 + Number(text.includes('Kind;')))).toEqual(after);
  });
  it.each([
    ['a', 1, 'bac'],
    ['c', 0, 'cab'],
    ['b', 9, 'acb'],
    ['b', -3, 'bac'],
    ['x', 0, 'abc'],
  ])('%s is moved to %i', (tag, to, after) => expect(moved([...'abc'], tag, to).join('')).toBe(after));
});
