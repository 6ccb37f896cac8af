import { describe, expect, it } from 'vitest';
import { Timers } from '../../core/settings/index.ts';
import { words as english } from '../src/lib/i18n/time/en.ts';
import { words as chinese } from '../src/lib/i18n/time/zh-CN.ts';
import { long, partsOf, secondsOf } from '../src/lib/timers/duration.ts';
import { TIMER_NAMES, type TimerName, timerSummary, type Voice } from '../src/lib/timers/summary.ts';

const speaker = (words: Record<string, string>, comma: string): Voice => ({
  say: (key, values = {}) => words[key]!.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])),
  list: (names) => names.join(comma),
});
const zh = speaker(chinese, '、');
const en = speaker(english, ', ');
const TAG = '019a0000-0000-7000-8000-000000000001';
const summary = (name: TimerName, given: object, voice = zh) =>
  timerSummary(name, Timers.parse({ [name]: { on: true, ...given } }), voice);

describe('a length of time', () => {
  it('is hours, minutes and seconds, and back', () => {
    for (const seconds of [0, 10, 59, 60, 3599, 3600, 3661, 86_400]) expect(secondsOf(partsOf(seconds))).toBe(seconds);
    expect([90, 3600, 5400, 86_400, 0].map((seconds) => long(seconds, zh.say))).toEqual([
      '1 分钟 30 秒',
      '1 小时',
      '1 小时 30 分钟',
      '24 小时',
      '0 秒',
    ]);
  });
});

describe('what a timer will do, in a sentence', () => {
  it.each<[TimerName, object, string]>([
    ['agentSilent', {}, '客户的话 3 分钟没有得到客服回复时：会话在列表顶端变色、记录告警并通知管理员。'],
    ['agentSilent', { mark: false, alarm: false }, '客户的话 3 分钟没有得到客服回复时，什么也不会发生。'],
    ['visitorSilent', {}, '客服说完话，客户 10 分钟没有回答就提醒，共 1 次；一直没有回答，满 20 分钟时会话自动结束。'],
    [
      'visitorSilent',
      { reminders: 0, tagIds: [TAG] },
      '客服说完话，客户 10 分钟没有回答，会话自动结束。结束时打上 1 个标签。',
    ],
    ['inactive', {}, '双方 2 小时都没有说话，告知客户并结束会话。'],
    ['waitReminder', {}, '客户排队满 2 分钟时提醒，之后每 2 分钟一次，共 3 次。每次都附上“留言”按钮。'],
    ['waitReminder', { times: 1, leaveButton: false }, '客户排队满 2 分钟时提醒一次。'],
    [
      'waitOver',
      { then: 'end', tagIds: [TAG] },
      '排队满 30 分钟还没有客服接入，告知客户并结束会话。结束时打上 1 个标签。',
    ],
    ['waitOver', { then: 'keep', tagIds: [TAG] }, '排队满 30 分钟还没有客服接入，请客户继续等待，会话仍在排队。'],
    ['bot', {}, '自动回复接待时客户 1 小时没有说话，会话自动结束。'],
  ])('%s %o', (name, given, sentence) => expect(summary(name, given)).toBe(sentence));

  it('a day is the most there is (SS-22): reminders that would come later are not promised', () => {
    const sentence = summary('visitorSilent', { after: 10 * 3600, reminders: 5 });
    expect(sentence).toContain('共 2 次');
    expect(sentence).toContain('满 24 小时');
  });

  it('counts the tags of reminders with those of the end', () => {
    const timers = Timers.parse({
      waitReminder: { on: true, tagIds: [TAG] },
      waitOver: { on: true, then: 'end', tagIds: [TAG, '019a0000-0000-7000-8000-000000000002'] },
    });
    expect(timerSummary('waitOver', timers, zh)).toContain('2 个标签');
  });

  it('says of each that it is off, in both languages', () => {
    for (const name of TIMER_NAMES) {
      expect(summary(name, { on: false })).toMatch(/^已关闭/);
      expect(summary(name, { on: false }, en)).toMatch(/^Off/);
      expect(summary(name, {}, en)).toMatch(/\.$/);
    }
  });
});
