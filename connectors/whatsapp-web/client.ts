import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, ClientOptions, Message } from 'whatsapp-web.js';
import { endProcess } from './browser.ts';
import { CLOSE_MS, PAGE_MS } from './limits.ts';
import { within } from './within.ts';

/** What we use of the library; a test plays it. Ids are texts, raw things are read by `schema.ts`. */
export interface WebClient {
  on(event: string, heard: (...args: any[]) => void): unknown;
  /** Starts the browser and opens the page. What goes wrong later is told by `stuck`. */
  initialize(): Promise<void>;
  /** The browser is really gone afterwards. Never throws. */
  end(): Promise<void>;
  logout(): Promise<void>;
  requestPairingCode(phone: string): Promise<string>;
  getState(): Promise<string | null>;
  /** Our own ids (number and hidden id) and the name on the account; known once ready. */
  self(): Promise<{ ids: string[]; name?: string }>;
  lookUp(number: string): Promise<string | null>;
  aliases(id: string): Promise<string[]>;
  send(chat: string, what: Something, quote?: string): Promise<{ id: string } | null>;
  message(id: string): Promise<unknown>;
  quotedBy(raw: unknown): Promise<string | undefined>;
  download(id: string): Promise<{ data: string; mime?: string; name?: string } | null>;
  /** False when WhatsApp would not take it back from the others. */
  revoke(id: string): Promise<boolean>;
  seen(chat: string): Promise<void>;
  typing(chat: string): Promise<void>;
  profile(id: string): Promise<{ name?: string; avatar?: string; more?: Record<string, string> } | null>;
  /** Raw messages of unread chats since then (epoch milliseconds), oldest first. */
  unread(since: number, chats: number, messages: number): Promise<unknown[]>;
}

export type Something =
  | { text: string }
  | { file: { data: string; mime: string; name: string; size: number }; as: 'voice' | 'document' | 'media' }
  | { latitude: number; longitude: number; name?: string; address?: string };

export interface ClientParts {
  executable: string;
  folder: string;
  /** Addresses of WhatsApp Web are answered by this instead: a sandbox stands in. */
  standIn?: { host: string; fetch: typeof fetch };
}
export type MakeClient = (parts: ClientParts) => Promise<WebClient>;

/**
 * The library in the system's browser, imported only when an account is really opened. The browser hangs on a pipe: when
 * the hub dies it ends by itself. Throws nothing of the library's own into the void (`Guarded`).
 */
export const makeClient: MakeClient = async ({ executable, folder, standIn }) => {
  const { default: library } = await import('whatsapp-web.js');
  const { guarded } = await import('./guarded.ts');
  const root = process.getuid?.() === 0;
  const options: ClientOptions = {
    authStrategy: new library.LocalAuth({ dataPath: folder }),
    authTimeoutMs: PAGE_MS,
    // WhatsApp Web serves what it serves: a version kept in a file grows old and is refused.
    webVersionCache: { type: 'none' },
    takeoverOnConflict: true,
    takeoverTimeoutMs: 5_000,
    puppeteer: {
      executablePath: executable,
      headless: true,
      pipe: true,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      protocolTimeout: 180_000,
      args: [
        // The sandbox of Chromium cannot work for root; as any other user it stays on.
        ...(root ? ['--no-sandbox', '--disable-setuid-sandbox'] : []),
        '--disable-dev-shm-usage',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--mute-audio',
      ],
    },
  };
  const client = guarded(library, options, standIn);
  return wrapped(client, library);
};

function wrapped(client: Client, library: typeof import('whatsapp-web.js')): WebClient {
  const inPage = async <T>(work: (argument: string) => unknown, argument: string) =>
    (await client.pupPage!.evaluate(work, argument)) as T;
  const messageById = async (id: string): Promise<Message | null> => (await client.getMessageById(id)) ?? null;
  let starting: Promise<void> | undefined;
  // Asked for at every end: the process is remembered by the browser, also when that has closed.
  const kill = async () => {
    const pid = client.pupBrowser?.process()?.pid;
    if (pid !== undefined) await endProcess(pid);
  };
  return {
    on: (event, heard) => client.on(event, heard),
    async initialize() {
      starting = client.initialize();
      await starting;
    },
    async end() {
      // A browser that is just being launched cannot be ended yet; it must not be left behind either.
      if (starting && !client.pupBrowser) {
        void starting.catch(() => {}).then(kill);
        for (let waited = 0; waited < CLOSE_MS && !client.pupBrowser; waited += 100) await sleep(100);
      }
      await within(CLOSE_MS, client.destroy()).catch(() => {});
      await kill();
    },
    logout: () => client.logout(),
    requestPairingCode: (phone) => client.requestPairingCode(phone),
    getState: () => client.getState(),
    async self() {
      const ids = await inPage<(string | undefined)[]>(() => {
        const me = (window as any).require('WAWebUserPrefsMeUser');
        return [me.getMaybeMePnUser()?._serialized, me.getMaybeMeLidUser()?._serialized];
      }, '');
      return {
        ids: ids.filter((id): id is string => typeof id === 'string'),
        name: client.info?.pushname || undefined,
      };
    },
    async lookUp(number) {
      return (await client.getNumberId(number))?._serialized ?? null;
    },
    async aliases(id) {
      const [found] = await client.getContactLidAndPhone([id]);
      return [found?.lid, found?.pn].filter((one): one is string => typeof one === 'string');
    },
    async send(chat, what, quote) {
      const content =
        'text' in what
          ? what.text
          : 'file' in what
            ? new library.MessageMedia(what.file.mime, what.file.data, what.file.name, what.file.size)
            : new library.Location(what.latitude, what.longitude, { name: what.name, address: what.address });
      const sent = (await client.sendMessage(chat, content, {
        sendSeen: false,
        linkPreview: false,
        parseVCards: false,
        waitUntilMsgSent: true,
        ignoreQuoteErrors: false,
        ...(quote && { quotedMessageId: quote }),
        ...('file' in what && { sendAudioAsVoice: what.as === 'voice', sendMediaAsDocument: what.as === 'document' }),
      })) as Message | null | undefined;
      return sent ? { id: sent.id._serialized } : null;
    },
    message: messageById,
    async quotedBy(raw) {
      return (await (raw as Message).getQuotedMessage?.())?.id?._serialized;
    },
    async download(id) {
      const file = await (await messageById(id))?.downloadMedia();
      return file ? { data: file.data, mime: file.mimetype, name: file.filename ?? undefined } : null;
    },
    async revoke(id) {
      // The library would delete it on our side only, and say nothing.
      const may = await inPage<boolean>(async (messageId) => {
        const load = (window as any).require;
        const { Msg } = load('WAWebCollections');
        const message = Msg.get(messageId) ?? (await Msg.getMessagesById([messageId]))?.messages?.[0];
        return Boolean(message && load('WAWebMsgActionCapability').canSenderRevokeMsg(message));
      }, id);
      if (may) await (await messageById(id))?.delete(true);
      return may;
    },
    async seen(chat) {
      await client.sendSeen(chat);
    },
    async typing(chat) {
      await inPage((id) => (window as any).WWebJS.sendChatstate('typing', id), chat);
    },
    async profile(id) {
      const contact = await client.getContactById(id);
      const avatar = await client.getProfilePicUrl(id).catch(() => undefined);
      const name = contact?.pushname || contact?.verifiedName || contact?.name;
      return contact ? { name: name || undefined, avatar } : null;
    },
    async unread(since, chats, messages) {
      const found = (await client.getChats()).filter((chat) => !chat.isGroup && chat.unreadCount > 0).slice(0, chats);
      const all = [];
      for (const chat of found)
        all.push(...(await chat.fetchMessages({ limit: Math.min(chat.unreadCount, messages), fromMe: false })));
      return all.filter((one) => one.timestamp * 1000 >= since).sort((a, b) => a.timestamp - b.timestamp);
    },
  };
}
