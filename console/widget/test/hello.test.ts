import { describe, expect, it } from 'vitest';
import { fromLink, helloOf } from '../chat/lib/hello.ts';

const page = { url: 'https://shop.example/', title: 'Shop', referrer: '' };
const read = (query: string) => helloOf(fromLink(new URLSearchParams(query), page), 'en');

describe('what a chat link tells the hub', () => {
  it('keeps apart who it is, what is sealed and what it is about', () =>
    expect(read('source=10&group=g&field.level=gold&useWxjs=true&user=JWT&language=ja')).toEqual({
      page,
      language: 'en',
      visit: { source: '10', group: 'g', 'field.level': 'gold', useWxjs: 'true' },
      identity: { jwt: 'JWT' },
    }));
  it('knows a sealed one and a hash', () =>
    expect(read('p=SEALED&userId=7&userHash=ff')).toEqual({
      page,
      language: 'en',
      sealed: 'SEALED',
      identity: { userId: '7', userHash: 'ff' },
    }));
  it('tells nothing of nothing', () => expect(read('')).toEqual({ page, language: 'en' }));
  it('cuts what the hub would refuse', () => {
    const { visit } = read(`company=${'x'.repeat(900)}&${'y'.repeat(80)}=1`);
    expect(visit).toEqual({ company: 'x'.repeat(500) });
  });
});
