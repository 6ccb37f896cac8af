// @ts-nocheck It plays modules without types, for a library that reaches into them without types.
import { cmd, conn, me, socket } from './account.js';
import { addAndSend, Chat, Contact, chatOf, Msg, people } from './chats.js';
import { download, keepBlob, mediaObject, OpaqueData, prepRawMedia, uploadMedia } from './media.js';
import { Emitter, Model, MsgKey, widOf } from './model.js';
import { ask } from './wire.js';

const personOf = (id) => people.get(String(id));
const findLinks = (text) =>
  [...String(text ?? '').matchAll(/https?:\/\/\S+/g)].map(([href]) => ({ href, suspiciousCharacters: new Set() }));
const bytes = (length) => crypto.getRandomValues(new Uint8Array(length));
const isOf = (name) => (contact) => contact[name];

Object.assign(cmd, {
  refreshQR: () => ask('refresh', { device: conn.device }),
  async sendRevokeMsgs(_chat, { list }) {
    for (const message of list) {
      await ask('revoke', { device: conn.device, id: String(message.id) });
      Msg.set(message, { type: 'revoked', body: undefined, caption: undefined });
    }
  },
  async sendDeleteMsgs() {},
});

/** The page's own modules, as far as the library asks for them by name. */
export const modules = {
  WAWebSocketModel: { Socket: socket },
  WAWebCmd: { Cmd: cmd },
  WAWebConnModel: { Conn: conn },
  WAWebOfflineHandler: { OfflineMessageHandler: { getOfflineDeliveryProgress: () => 100 } },
  WABase64: { encodeB64: (data) => btoa(String.fromCharCode(...new Uint8Array(data))) },
  WAWebCompanionRegClientUtils: { DEVICE_PLATFORM: 'standin' },
  WAWebAdvSignatureApi: {},
  WAWebUserPrefsInfoStore: { waNoiseInfo: { get: async () => ({ staticKeyPair: { pubKey: bytes(32) } }) } },
  WAWebSignalStoreApi: {
    waSignalStore: { getRegistrationInfo: async () => ({ identityKeyPair: { pubKey: bytes(32) } }) },
  },
  WAWebUserPrefsMultiDevice: { getADVSecretKey: () => btoa(String.fromCharCode(...bytes(32))) },
  WAWebAltDeviceLinkingApi: {
    setPairingType() {},
    async initializeAltDeviceLinking() {},
    async initializeQRLinking() {},
    startAltLinkingFlow: async (phone) => (await ask('pair', { device: conn.device, phone })).code,
  },
  WAWebUserPrefsMeUser: { getMaybeMePnUser: () => me.pn, getMaybeMeLidUser: () => me.lid },

  WAWebCollections: { Msg, Chat, Contact },
  WAWebSyncGatingUtils: { isPlaceholderMessageResendEnabled: () => false },
  WAWebCallCollection: Object.assign(new Emitter(), { calls: new Map() }),
  WAWebAddonReactionTableMode: { reactionTableMode: { async bulkUpsert() {} } },
  WAWebAddonPollVoteTableMode: { pollVoteTableMode: { async bulkUpsert() {} } },
  WALinkify: { findLink: (text) => findLinks(text)[0], findLinks },
  WAWebWidFactory: { createWid: widOf, createWidFromWidLike: widOf, asUserWidOrThrow: widOf },
  WAWebFindChatAction: {
    async findOrCreateLatestChat(wid) {
      if (wid.isLid()) return personOf(wid) ? { chat: chatOf(wid) } : null;
      const { id } = await ask('exists', { number: wid.user });
      if (!id) throw new Error('No LID for user');
      return { chat: chatOf(wid) };
    },
  },
  WAWebChatGetters: { getIsNewsletter: () => false, getIsBroadcast: () => false },
  WAWebChatLoadMessages: { loadEarlierMsgs: async () => [] },
  WAWebMsgKey: MsgKey,
  WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: () => ({}) },
  WAWebSendMsgChatAction: { addAndSendMsgToChat: addAndSend },
  WAWebQueryExistsJob: {
    async queryWidExists(wid) {
      if (wid.isLid()) return personOf(wid) ? { wid } : null;
      const { id } = await ask('exists', { number: wid.user });
      return id ? { wid: widOf(id) } : null;
    },
  },
  WAWebApiContact: {
    getCurrentLid: (wid) => personOf(wid) && widOf(personOf(wid).lid),
    getPhoneNumber: (wid) => personOf(wid) && widOf(personOf(wid).pn),
    getAlternateUserWid: () => undefined,
  },
  WAWebContactGetters: {
    getIsMe: (contact) => String(contact.id) === String(me.pn),
    getIsUser: () => true,
    getIsGroup: () => false,
    getIsWAContact: () => true,
    getUserid: (contact) => contact.id.user,
    getVerifiedName: isOf('verifiedName'),
    getVerifiedLevel: isOf('verifiedLevel'),
    getStatusMute: () => false,
    getName: isOf('name'),
    getShortName: isOf('shortName'),
    getPushname: isOf('pushname'),
    getIsEnterprise: () => false,
  },
  WAWebFrontendContactGetters: { getIsMyContact: () => false },
  WAWebContactProfilePicThumbBridge: { requestProfilePicFromServer: async () => undefined },
  WAWebStreamModel: { Stream: { markAvailable() {}, markUnavailable() {} } },
  WAWebUpdateUnreadChatAction: {
    async sendSeen({ chat }) {
      Chat.set(chat, { unreadCount: 0 });
      await ask('seen', { device: conn.device, chat: String(chat.id) });
    },
  },
  WAWebChatStateBridge: {
    sendChatStateComposing: (wid) => ask('typing', { device: conn.device, chat: String(wid) }),
    async sendChatStateRecording() {},
    async sendChatStatePaused() {},
  },
  WAWebMsgReply: { canReplyMsg: (message) => message.type !== 'revoked' },
  WAWebQuotedMsgModelUtils: {
    getQuotedMsgObj: (message) =>
      Msg.getModelsArray().find((one) => one.id.id === message.quotedStanzaID) ?? new Model({ id: {}, body: '' }),
  },
  WAWebMsgActionCapability: {
    canSenderRevokeMsg: (message) =>
      message.id.fromMe && message.type !== 'revoked' && Date.now() / 1000 - message.t < 216_000,
    canAdminRevokeMsg: () => false,
  },

  WAWebMediaOpaqueData: OpaqueData,
  WAWebPrepRawMedia: {
    prepRawMedia(opaque, how) {
      const { waitForPrep } = prepRawMedia(opaque, how);
      return {
        async waitForPrep() {
          const data = await waitForPrep();
          keepBlob(data.filehash, opaque);
          return data;
        },
      };
    },
  },
  WAWebMediaStorage: { getOrCreateMediaObject: mediaObject },
  WAWebMmsMediaTypes: { msgToMediaType: ({ type }) => type, castToV4: (type) => type },
  WAWebMediaDataUtils: { shouldUseMediaCache: () => false },
  WAWebMediaMmsV4Upload: { uploadMedia },
  WAWebDownloadManager: { downloadManager: { downloadAndMaybeDecrypt: download } },
};
