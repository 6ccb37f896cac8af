/** Launcher texts: open, close, name of the window, unread. */
const all = {
  zh: ['打开在线客服', '关闭在线客服', '在线客服', '条未读'],
  en: ['Open chat', 'Close chat', 'Chat', 'unread'],
  ja: ['チャットを開く', 'チャットを閉じる', 'チャット', '件の未読'],
} as const;

/** Texts in the wished language, else the browser's, else English. */
export function wordsFor(wish: string | undefined) {
  for (const tag of [wish, ...(navigator.languages || [])]) {
    const words = all[(tag || '').slice(0, 2).toLowerCase() as keyof typeof all];
    if (words) return words;
  }
  return all.en;
}
