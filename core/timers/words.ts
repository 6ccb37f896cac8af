import { type HouseLanguage, houseText } from '../house-text.ts';
import type { Telling } from './timer.ts';

/** What the house says when time is up and the organisation wrote nothing of its own. */
const WORDS = {
  agentSilent: {
    zh: '抱歉让您久等了，客服正在处理您的问题，请稍候。',
    en: 'Sorry to keep you waiting. We are looking into it, one moment please.',
    ja: 'お待たせして申し訳ございません。ただいま確認しておりますので、少々お待ちください。',
  },
  visitorSilent: {
    zh: '您还在吗？如果暂时没有回复，本次会话将自动结束。',
    en: 'Are you still there? Without an answer this conversation will end by itself.',
    ja: 'まだご覧になっていますか。ご返信がない場合、この会話は自動的に終了します。',
  },
  visitorSilentEnd: {
    zh: '由于长时间没有收到您的回复，本次会话已自动结束。如需帮助，欢迎再次联系。',
    en: 'We have not heard from you, so this conversation has ended. Write again whenever you need us.',
    ja: 'ご返信がなかったため、この会話を終了しました。ご用件がございましたら、またお問い合わせください。',
  },
  inactive: {
    zh: '会话长时间没有新消息，已自动结束。如需帮助，欢迎再次联系。',
    en: 'Nothing has been written for a while, so this conversation has ended. Write again whenever you need us.',
    ja: 'しばらくやり取りがなかったため、この会話を終了しました。ご用件がございましたら、またお問い合わせください。',
  },
  waitReminder: {
    zh: '抱歉让您久等了，客服仍在忙碌中，请继续等待。',
    en: 'Sorry to keep you waiting. Everybody is still busy, please stay with us.',
    ja: 'お待たせして申し訳ございません。ただいま混み合っております。もうしばらくお待ちください。',
  },
  waitKeep: {
    zh: '当前咨询人数较多，等待时间会比平时长，我们会尽快为您接通。',
    en: 'It is taking longer than usual. We will connect you as soon as we can.',
    ja: '通常よりお時間をいただいております。できるだけ早くおつなぎします。',
  },
  waitEnd: {
    zh: '抱歉，当前无法为您接通人工客服，本次排队已结束，请稍后再试。',
    en: 'Sorry, nobody has become free, and this conversation has ended. Please try again later.',
    ja: '申し訳ございません。担当者におつなぎできませんでしたので、この会話を終了しました。時間をおいてお試しください。',
  },
  bot: {
    zh: '由于长时间没有收到您的消息，本次会话已自动结束。',
    en: 'We have not heard from you, so this conversation has ended.',
    ja: 'メッセージがなかったため、この会話を終了しました。',
  },
  lost: {
    zh: '抱歉让您久等了，正在为您安排其他客服，请稍候。',
    en: 'Sorry to keep you waiting. We are finding somebody else for you.',
    ja: 'お待たせして申し訳ございません。別の担当者におつなぎします。少々お待ちください。',
  },
} as const satisfies Record<string, Record<HouseLanguage, string>>;

export type TimerWords = keyof typeof WORDS;
/** What is said where nothing was written. */
export const houseWords = (key: TimerWords, language: HouseLanguage): string => WORDS[key][language];

/** The organisation's wording, or the house's; `{position}` is replaced where it is known. */
export function words(key: TimerWords, own: string, { language, position }: Telling): string {
  return houseText('left', language, own || houseWords(key, language), position === null ? {} : { position });
}
