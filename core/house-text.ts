/** What the house itself says to a customer when the organisation wrote nothing of its own. */
const TEXTS = {
  queued: {
    zh: '正在为您转接人工客服，您排在第 {position} 位，请稍候。',
    en: 'Connecting you to a person. You are number {position} in the queue.',
    ja: '担当者におつなぎしています。現在 {position} 番目です。',
  },
  noAgent: {
    zh: '当前没有客服在线，我们已将您排在第 {position} 位，客服上线后会尽快回复您。您可以先留下问题。',
    en: 'Nobody is online right now. You are number {position} in the queue and will be answered as soon as somebody is back. You can leave your question here.',
    ja: '現在対応できる担当者がおりません。{position} 番目でお待ちいただいています。ご用件をお書きください。',
  },
  left: { zh: '您已退出排队。', en: 'You have left the queue.', ja: '順番待ちを終了しました。' },
  closed: {
    zh: '本次会话已结束，感谢您的咨询。',
    en: 'This conversation has ended. Thank you.',
    ja: 'この会話は終了しました。ありがとうございました。',
  },
} as const;

export type HouseText = keyof typeof TEXTS;
export type HouseLanguage = 'zh' | 'en' | 'ja';

/** The house speaks three languages; whatever else a customer speaks, English. Nothing known: Chinese. */
export function houseLanguage(tag: string | null | undefined): HouseLanguage {
  const primary = tag?.slice(0, 2).toLowerCase();
  return primary === 'ja' ? 'ja' : primary === 'zh' || !primary ? 'zh' : 'en';
}

export function houseText(
  key: HouseText,
  language: HouseLanguage,
  own = '',
  values: Record<string, string | number> = {},
): string {
  return (own || TEXTS[key][language]).replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}
