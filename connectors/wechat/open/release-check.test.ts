import { describe, expect, it } from 'vitest';
import { jsonAnswer } from '../../contract.ts';
import { decrypt } from '../crypt.ts';
import { wechat } from '../index.ts';
import { direct, keysOf, message, OPEN_ID, platform, pushed } from '../test/accounts.ts';
import { failed, set } from '../test/answers.ts';
import { readXml } from '../xml.ts';
import { writeXml } from '../xml-write.ts';
import { wechatOpen } from './index.ts';
import { releaseAccounts } from './release-accounts.ts';

const nobody = { has: () => false };
const receive = (body: string, path: string) => {
  const got = wechatOpen.receive?.(pushed(body, keysOf(platform), path), platform, nobody);
  if (!got) throw new Error('no webhook');
  return got;
};
const opened = (body: string) => {
  const { Encrypt } = readXml(body);
  return readXml(decrypt(String(Encrypt), platform.aesKey, platform.appId).toString());
};
const SEND = '/cgi-bin/message/custom/send';
const TICKET = { ticket: JSON.stringify({ value: 't', at: 1 }) };
const table = {
  '/cgi-bin/component/api_component_token': jsonAnswer(200, { component_access_token: 'TOKEN-c', expires_in: 7200 }),
  '/cgi-bin/component/api_query_auth': jsonAnswer(200, {
    authorization_info: {
      authorizer_appid: 'wx',
      authorizer_access_token: 'TOKEN-of-this-code',
      authorizer_refresh_token: 'r',
    },
  }),
};

describe.each(releaseAccounts)('the release check with %s / %s', (appId, ghId) => {
  const path = `/${appId}/message`;

  it('consents to itself: thanked, and nobody’s account', () => {
    for (const InfoType of ['authorized', 'updateauthorized', 'unauthorized']) {
      const more = { AuthorizerAppid: appId, AuthorizationCode: 'queryauthcode@@@x', PreAuthCode: 'p' };
      const got = receive(writeXml({ AppId: platform.appId, CreateTime: 1, InfoType, ...more }), '/events');
      expect(got).toEqual({ events: [], changes: [], reply: { type: 'text/plain', body: 'success' } });
    }
  });
  it('is answered in words, there and then', () => {
    const got = receive(message({ Content: 'TESTCOMPONENT_MSG_TYPE_TEXT' }, ghId), path);
    expect(got.events).toEqual([]);
    expect(opened(got.reply?.body ?? '')).toMatchObject({
      ToUserName: OPEN_ID,
      FromUserName: ghId,
      MsgType: 'text',
      Content: 'TESTCOMPONENT_MSG_TYPE_TEXT_callback',
    });
  });
  it('is answered by the API, with the token of that very code, after an empty answer', async () => {
    const code = 'queryauthcode@@@a:b@@c';
    const got = receive(message({ Content: `QUERY_AUTH_CODE:${code}` }, ghId), path);
    expect(got).toMatchObject({ events: [], reply: { body: '' } });
    const { tools, bodies, asked, told } = set({ ...table, [SEND]: [failed(-1), failed(0)] }, TICKET);
    await got.after?.(tools);
    expect(bodies('/cgi-bin/component/api_query_auth')).toEqual([
      { component_appid: platform.appId, authorization_code: code },
    ]);
    expect(bodies(SEND).at(-1)).toEqual({ touser: OPEN_ID, msgtype: 'text', text: { content: `${code}_from_api` } });
    expect(new URL(asked.at(-1)?.url ?? '').searchParams.get('access_token')).toBe('TOKEN-of-this-code');
    told();
  });
  it('is answered to its events', () => {
    const event = { MsgType: 'event', Event: 'LOCATION', MsgId: '', Latitude: '1', Longitude: '2' };
    const got = receive(message(event, ghId), path);
    expect(opened(got.reply?.body ?? '')).toMatchObject({ MsgType: 'text', Content: 'LOCATIONfrom_callback' });
    expect(got.events).toEqual([]);
  });
  it('else is thanked', () => {
    expect(receive(message({ Content: 'hello' }, ghId), path)).toEqual({
      events: [],
      reply: { type: 'text/plain', body: 'success' },
    });
  });
});

describe('a customer who writes the same words', () => {
  it.each(['TESTCOMPONENT_MSG_TYPE_TEXT', 'QUERY_AUTH_CODE:x'])('%s is heard like any other', (Content) => {
    const got = receive(message({ Content }), `/${direct.appId}/message`);
    expect(got.after).toBeUndefined();
    expect(got.reply?.body).toBe('success');
    expect(got.events).toMatchObject([{ account: direct.appId, content: { type: 'text', text: Content } }]);
    expect(wechat.receive(pushed(message({ Content }), keysOf(direct)), direct).events).toHaveLength(1);
  });
});

it('there are five pairs', () => expect(new Set(releaseAccounts.flat()).size).toBe(20));
