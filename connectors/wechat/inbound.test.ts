import { describe, expect, it } from 'vitest';
import type { Inbound } from '../../core/inbound.ts';
import { fixturesIn } from '../contract.ts';
import { wechat, wechatMini } from './index.ts';
import { direct, keysOf, message, mini, OPEN_ID, pushed } from './test/accounts.ts';

const read = (folder: string, one: typeof wechat, config: typeof direct) => {
  const fixtures = fixturesIn(new URL(folder, import.meta.url));
  return Object.fromEntries(
    Object.entries(fixtures).map(([name, body]) => [
      name,
      one.receive(pushed(body, keysOf(config)), config).events[0]!,
    ]),
  );
};
const events: Record<string, Inbound> = read('./fixtures/', wechat, direct);
const minis: Record<string, Inbound> = read('./fixtures/mini/', wechatMini, mini);

/** What every recording becomes: the reference's list of kinds, one a line. */
const ACCOUNT: Record<string, object> = {
  text: { kind: 'message', messageId: '24000000000000001', content: { type: 'text', text: '你好，请问几点关门？' } },
  'text-faces': { content: { type: 'text', text: '[微笑] /::) 👋🏽 <b>&amp;' } },
  'text-spaces': { content: { type: 'text', text: '  先空两格\n再换行  ' } },
  'text-cdata-end': { content: { type: 'text', text: 'a]]>b' } },
  'text-references': { content: { type: 'text', text: '你好 <3' } },
  'text-markup': { content: { type: 'text', text: '<!DOCTYPE html><xml>&nbsp;</xml>' } },
  'text-envelope': { content: { type: 'text', text: '<Encrypt>QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=</Encrypt>' } },
  'text-empty': { content: { type: 'unsupported', what: 'text' } },
  'text-not-handed-on': { content: { type: 'unsupported', what: 'text', text: '[收到不支持的消息类型，暂无法显示]' } },
  'text-menu-tap': { content: { type: 'action', data: 'good', text: '满意' } },
  'text-from-article': { entry: { article: '2247483647000001/2' } },
  image: { content: { type: 'image', media: { source: 'M_img_1 http://mmbiz.qpic.cn/mmbiz_jpg/abc/0' } } },
  'image-without-id': { content: { type: 'image', media: { source: ' http://mmbiz.qpic.cn/mmbiz_jpg/abd/0' } } },
  'image-without-anything': { content: { type: 'unsupported', what: 'image' } },
  voice: { content: { type: 'voice', media: { source: 'M_voice_1', mime: 'audio/amr' } } },
  'voice-wide': { content: { type: 'voice', media: { source: 'M_voice_2' } } },
  video: { content: { type: 'video', media: { source: 'M_video_1' } } },
  shortvideo: { content: { type: 'video', media: { source: 'M_video_2' } } },
  location: {
    content: { type: 'location', latitude: 31.230416, longitude: 121.473701, address: '上海市黄浦区人民大道' },
  },
  'location-impossible': { content: { type: 'unsupported', what: 'location', text: '某处' } },
  link: { content: { type: 'link', title: '订单说明', text: '如何查看订单', url: 'https://example.com/a' } },
  'link-odd': { content: { type: 'unsupported', what: 'link', text: '说明\nweixin://dl/business' } },
  file: { content: { type: 'unsupported', what: 'file', text: '合同.pdf' } },
  'message-unknown': { content: { type: 'unsupported', what: 'hologram' } },
  'device-text': { content: { type: 'unsupported', what: 'device_text' } },
  pretty: { content: { type: 'text', text: '换行的 XML' } },
  'json-text': { messageId: '6900000000000000123', content: { type: 'text', text: 'JSON 推送 1234567890123456789' } },
  subscribe: { kind: 'contact', change: 'added', trigger: 'follow', entry: undefined },
  'subscribe-scene': {
    kind: 'contact',
    change: 'added',
    trigger: 'follow',
    entry: { scene: 'shop_42', ticket: 'gQF_ticket' },
  },
  'subscribe-trade': { kind: 'contact', entry: { tradeNo: '4200000000000000001' } },
  'subscribe-barcode': { kind: 'contact', entry: { barcode: 'ean13|6900000000001' } },
  unsubscribe: { kind: 'contact', change: 'removed' },
  scan: { kind: 'wish', wish: 'enter', trigger: 'scan', entry: { scene: 'shop_42', ticket: 'gQF_ticket' } },
  'event-location': { kind: 'ignored', what: 'LOCATION', profile: { more: { location: '31.230416,121.473701' } } },
  click: { kind: 'message', trigger: 'menu', content: { type: 'action', data: 'MENU_HELP' } },
  view: { kind: 'notice', what: 'VIEW', text: 'https://example.com/' },
  'view-miniprogram': { kind: 'notice', what: 'view_miniprogram', text: 'pages/index/index' },
  'scancode-push': {
    kind: 'message',
    trigger: 'menu',
    content: { type: 'action', data: 'rselfmenu_0_1', text: 'https://example.com/q' },
  },
  'scancode-waitmsg': {
    kind: 'message',
    trigger: 'menu',
    content: { type: 'action', data: 'rselfmenu_0_0', text: '2' },
  },
  'pic-sysphoto': { kind: 'notice', what: 'pic_sysphoto', text: '1' },
  'pic-photo-or-album': { kind: 'notice', what: 'pic_photo_or_album', text: '2' },
  'pic-weixin': { kind: 'notice', what: 'pic_weixin', text: '1' },
  'location-select': { kind: 'notice', what: 'location_select', text: '塔 广州市海珠区' },
  'template-success': { kind: 'receipt', state: 'delivered', messageIds: ['300000000'] },
  'template-blocked': { kind: 'receipt', state: 'failed', error: { code: 'failed', text: 'failed:user block' } },
  'template-failed': { kind: 'receipt', state: 'failed', error: { text: 'failed: system failed' } },
  'mass-finish': { kind: 'ignored', what: 'MASSSENDJOBFINISH' },
  'subscribe-popup': { kind: 'notice', what: 'subscribe_msg_popup_event', text: 'T1: accept, T2: reject' },
  'json-popup': { kind: 'notice', what: 'subscribe_msg_popup_event', text: 'T3: accept' },
  'subscribe-change': { kind: 'notice', what: 'subscribe_msg_change_event', text: 'T1: reject' },
  'subscribe-sent': { kind: 'receipt', state: 'delivered', messageIds: ['1700827132819554304'] },
  'subscribe-sent-failed': {
    kind: 'receipt',
    state: 'failed',
    error: { code: '43101', text: 'user refuse to accept the msg' },
  },
  'kf-create': { kind: 'notice', what: 'kf_create_session', text: 'desk1@myshop' },
  'kf-close': { kind: 'notice', what: 'kf_close_session', text: 'desk1@myshop KF' },
  'kf-switch': { kind: 'notice', what: 'kf_switch_session', text: 'desk1@myshop → desk2@myshop' },
  'authorization-revoke': {
    kind: 'notice',
    what: 'user_authorization_revoke',
    from: 'oUser0000000000000000000002',
    text: '1',
  },
  'info-modified': { kind: 'notice', what: 'user_info_modified', from: OPEN_ID },
  'naming-verify': { kind: 'ignored', what: 'naming_verify_success', data: { ExpiredTime: '1731550000' } },
  'annual-renew': { kind: 'ignored', what: 'annual_renew' },
  'verify-expired': { kind: 'ignored', what: 'verify_expired' },
  'event-unknown': { kind: 'ignored', what: 'somethingNew', data: { EventKey: 'k', Deep: { List: ['1', '2'] } } },
  'device-event': { kind: 'ignored', what: 'bind' },
};
const MINI: Record<string, object> = {
  text: { kind: 'message', content: { type: 'text', text: '这件外套有货吗？' } },
  'text-sub-merchant': { content: { type: 'text', text: '在吗' } },
  image: { content: { type: 'image' } },
  video: { content: { type: 'video' } },
  location: { content: { type: 'location', longitude: -121.4 } },
  link: { content: { type: 'link' } },
  miniprogrampage: {
    content: {
      type: 'mini-program',
      title: '蓝色外套',
      appId: 'wx00000000000000aa',
      path: 'pages/item?id=7',
      media: { source: 'M_thumb_2 https://example.invalid/t.png' },
    },
  },
  'miniprogrampage-bare': { content: { type: 'mini-program', title: 'miniprogrampage', path: '' } },
  'message-unknown': { content: { type: 'unsupported', what: 'channels_card' } },
  enter: { kind: 'wish', wish: 'enter', trigger: 'enter', entry: { sessionFrom: 'from=product&id=7' } },
  'enter-bare': { kind: 'wish', wish: 'enter', trigger: 'enter', entry: undefined },
  'kf-create': { kind: 'notice' },
  'kf-close': { kind: 'notice', text: 'desk1@mini TIMEOUT' },
  'audit-success': { kind: 'ignored', what: 'weapp_audit_success' },
  'audit-fail': { kind: 'ignored', what: 'weapp_audit_fail' },
  'audit-delay': { kind: 'ignored', what: 'weapp_audit_delay' },
  'wxa-illegal': { kind: 'ignored', what: 'wxa_illegal_record' },
  'event-unknown': { kind: 'ignored', what: 'somethingNew' },
  'json-text': {
    messageId: '6900000000000000456',
    content: { type: 'text', text: '你好 "引号" \\ 9999999999999999999' },
  },
  'json-image': {
    messageId: '6900000000000000457',
    content: { type: 'image', media: { source: 'M_img_10 http://mmbiz.qpic.cn/mmbiz_jpg/mini/1' } },
  },
  'json-enter': { kind: 'wish', wish: 'enter', entry: { sessionFrom: 'sessionFrom' } },
  'json-sent': { kind: 'receipt', state: 'delivered', messageIds: ['1700827132819554999'] },
  'json-revoke': { kind: 'notice', from: 'oUser0000000000000000000003', text: '1,2' },
};

describe('every recording has a meaning', () => {
  it('of accounts', () => expect(Object.keys(ACCOUNT).sort()).toEqual(Object.keys(events).sort()));
  it('of mini-programs', () => expect(Object.keys(MINI).sort()).toEqual(Object.keys(minis).sort()));
  it.each(Object.entries(ACCOUNT))('%s', (name, meaning) => expect(events[name]).toMatchObject(meaning));
  it.each(Object.entries(MINI))('mini: %s', (name, meaning) => expect(minis[name]).toMatchObject(meaning));
});

describe('a push', () => {
  const push = (more: Record<string, string>) =>
    wechat.receive(pushed(message(more), keysOf(direct)), direct).events[0]!;
  const key = (more: Record<string, string>) => push(more).externalId;
  const event = { MsgType: 'event', MsgId: '', Content: '' };

  it('is known by its MsgId alone, whatever else changes', () => {
    expect(key({})).toBe('msg:24000000000000001');
    expect(key({ CreateTime: '1700000009', Content: 'x' })).toBe(key({}));
    expect(key({ MsgId: '24000000000000002' })).not.toBe(key({}));
  });
  it('without one by who, when, what and about what', () => {
    const click = { ...event, Event: 'CLICK', EventKey: 'A' };
    expect(key(click)).toBe(key({ ...click, Event: 'click', New: 'field' }));
    for (const other of [
      { FromUserName: 'oUser0000000000000000000009' },
      { CreateTime: '1700000002' },
      { Event: 'VIEW' },
      { EventKey: 'B' },
      { MsgID: '7' },
    ] as Record<string, string>[])
      expect(key({ ...click, ...other }), JSON.stringify(other)).not.toBe(key(click));
    expect(key({ ...event, Event: 'subscribe' })).not.toBe(key({ ...event, Event: 'LOCATION' }));
  });
  it('is written by case-insensitive names', () => {
    expect(push({ ...event, Event: 'SUBSCRIBE' })).toMatchObject({ kind: 'contact', change: 'added' });
    expect(push({ ...event, Event: 'scan', EventKey: 'qrscene_x' })).toMatchObject({ entry: { scene: 'x' } });
    expect(push({ MsgType: 'Text' })).toMatchObject({ content: { type: 'text' } });
  });
  it('of a kind that every object has is unknown like any other', () => {
    for (const Event of ['constructor', '__proto__', 'toString'])
      expect(push({ ...event, Event })).toMatchObject({ kind: 'ignored', what: Event });
  });
  it('without somebody is not part of a conversation', () => {
    expect(push({ ...event, Event: 'kf_create_session', FromUserName: '' })).toMatchObject({ kind: 'ignored' });
  });
  it('of a time to come or long ago is taken all the same: clocks drift, and a lost message is worse', () => {
    expect(push({ CreateTime: '1' })).toMatchObject({ at: 1000 });
  });
});
