import { z } from 'zod';
import type { Text } from '../../connector.ts';

/**
 * What one platform's phone offers, as data: the page draws itself from it and asks for no platform by name. A sandbox
 * declares it and brings the verbs (`Phone`); everything else is shared.
 */
export interface PhoneModel {
  name: string;
  label: Text;
  /** What the fields of an account are called, in the words of the connect form. */
  fields: Record<string, Text>;
  /** Colours of the chat, as CSS colours: of the app's bars and of the person's own bubbles; dark ones follow from them. */
  theme: { accent: string; onAccent: string; bubble: string; onBubble: string };
  /** What the person can send beside text. File kinds name the types the platform takes, as `<input accept>` does. */
  sends: {
    /** Longest text, in UTF-16 units. */
    text: number;
    image?: string;
    video?: string;
    voice?: string;
    file?: string;
    /** `picture` names one of our own drawings in `page/stickers.svg`. */
    stickers?: { id: string; label: Text; picture: string }[];
    location?: boolean;
  };
  /** The person can take a message back, answer to a message, edit one. */
  unsend?: boolean;
  quote?: boolean;
  /** The words for befriending and for leaving, where a person has to. */
  follow?: { add: Text; remove: Text; removed: Text };
  /** Buttons the platform shows below the chat (a rich menu): what is sent when they are tapped. */
  menu?: { label: Text; data: string }[];
  /** What a person can do beside speaking: enter the chat, scan a scene's code, react, have a colleague answer in the app. */
  actions?: PhoneAction[];
}

/** One act, as data; `Phone.act` does it. */
export interface PhoneAction {
  id: string;
  label: Text;
  help?: Text;
  /** A drawing of `page/icons.svg`; a spark by default. */
  icon?:
    | 'bolt'
    | 'enter'
    | 'scan'
    | 'at'
    | 'agent'
    | 'heart'
    | 'eye'
    | 'card'
    | 'coin'
    | 'link'
    | 'image'
    | 'file'
    | 'grid';
  /** Asked for first: free text of at most `max` (300) characters, or one of the choices; `value` is there at first. */
  input?: { label: Text; value?: string; max?: number; optional?: boolean; choices?: { value: string; label: Text }[] };
  /** Done to one message of the person or of the account, in its menu; to the whole chat when absent. */
  on?: 'person' | 'account' | 'both';
}

/** What a person says. `upload` is what `Phone.upload` gave. */
const media = { upload: z.string().min(1).max(100), seconds: z.number().nonnegative().max(86_400).optional() };
export const saidSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1).max(20_000) }),
  z.strictObject({ type: z.literal('sticker'), id: z.string().min(1).max(200) }),
  z.strictObject({
    type: z.literal('location'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    title: z.string().max(100).optional(),
    address: z.string().max(200).optional(),
  }),
  z.strictObject({ type: z.enum(['image', 'video', 'voice', 'file']), ...media }),
  z.strictObject({ type: z.literal('action'), data: z.string().min(1).max(300), text: z.string().max(300).optional() }),
]);
export type Said = z.infer<typeof saidSchema>;

/** One bubble on the phone. Addresses are the platform's (ours for what the person uploaded). */
export type Bubble =
  | { type: 'text'; text: string }
  | { type: 'image'; url: string }
  | { type: 'video'; url: string; poster?: string }
  | { type: 'voice'; url: string; seconds?: number }
  | { type: 'file'; url: string; name: string; size?: number }
  | { type: 'sticker'; id: string }
  | { type: 'location'; latitude: number; longitude: number; title?: string; address?: string }
  | {
      type: 'card';
      title: string;
      texts: string[];
      image?: string;
      buttons: { label: string; url?: string; data?: string }[];
    }
  | { type: 'action'; data: string; text?: string }
  | { type: 'other'; what: string };

export interface PhoneMessage {
  id: string;
  who: 'person' | 'account';
  /** Milliseconds. */
  at: number;
  bubble: Bubble;
  /** The id of the message this one answers. */
  quote?: string;
  /** Of the person's messages: on its way to the hub, taken by it, never taken, read by somebody. */
  state?: 'sending' | 'sent' | 'failed' | 'read';
  unsent?: true;
  edited?: true;
  /** Signs people put on it, as text (an emoji). */
  reactions?: { who: 'person' | 'account'; sign: string }[];
}

export interface Chat {
  following: boolean;
  messages: PhoneMessage[];
  /** Somebody is typing until then, in milliseconds. */
  typingUntil?: number;
}
export interface Person {
  id: string;
  name: string;
}
export interface Account {
  id: string;
  name: string;
  callbackUrl: string;
  /** Which kind of account it is, where a platform has several. */
  kind?: Text;
  /** What one would copy from the platform's console into the connect form, by its fields. */
  credentials: Record<string, string>;
}

/** What changed, for whoever looks at a phone. Whole things, so that a lost piece is mended by the next. */
export type PhoneNews =
  | { type: 'message'; account: string; person: string; message: PhoneMessage }
  | { type: 'chat'; account: string; person: string; following: boolean; typingUntil?: number }
  /** This account's phone offers something else now: its menu was changed. */
  | { type: 'model'; account: string }
  | { type: 'people'; people: Person[] }
  | { type: 'accounts'; accounts: Account[] }
  | { type: 'faults'; values: Record<string, number | boolean> }
  | { type: 'exchange'; exchange: Exchange };

/** One HTTP exchange the sandbox took part in; `in` came from the hub, `out` went to its webhook. No secrets in it. */
export interface Exchange {
  id: number;
  at: number;
  direction: 'in' | 'out';
  method: string;
  path: string;
  /** 0: no answer. */
  status: number;
  ms: number;
  request?: string;
  response?: string;
  note?: string;
}

/** The customer's side of a sandbox: speak as a person, look at what arrived. Throws PhoneRefusal for what the phone would not let one do. */
export interface Phone {
  /** What every phone of the sandbox offers; before there is an account, too. */
  readonly model: PhoneModel;
  /** Where accounts are of several kinds, or have menus of their own: this one's. Asked again each time. */
  modelOf?(account: string): PhoneModel;
  accounts(): Account[];
  people(): Person[];
  /** The same name is the same person, also after a restart. */
  addPerson(name: string): Person;
  chat(account: string, person: string): Chat;
  upload(file: { name: string; mime: string; bytes: Uint8Array }): string;
  /** Gives the platform's id of the message; the webhook follows by itself. */
  say(account: string, person: string, said: Said, quote?: string): string;
  unsend(account: string, person: string, messageId: string): void;
  /** Does one of the model's `actions`; `value` is what was asked for, `messageId` the message it is done to. */
  act?(account: string, person: string, action: string, value?: string, messageId?: string): void;
  follow(account: string, person: string, following: boolean): void;
  /** Recorded events that can be delivered as if they came from this person. */
  recordings(): string[];
  replay(account: string, person: string, recording: string): void;
  subscribe(listener: (news: PhoneNews) => void): () => void;
}

/** What a person cannot do on this phone just now; `code` is for the page. */
export class PhoneRefusal extends Error {
  override name = 'PhoneRefusal';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
