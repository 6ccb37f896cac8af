import type { Chat, State } from './lib/chat.ts';
import type { Language, Words } from './words/index.ts';

/** What every part of the screen is given. */
export interface View {
  chat: Chat;
  state: State;
  words: Words;
  language: Language;
}
