import { NOW } from '../../contract/tools.ts';
import { jsonAnswer } from '../../contract.ts';
import { ACCOUNT } from './accounts.ts';

export const TICKET = { ticket: JSON.stringify({ value: 'ticket@@@abc', at: NOW - 60_000 }) };

export const C = '/cgi-bin/component';
export const token = jsonAnswer(200, { component_access_token: 'TOKEN-component', expires_in: 7200 });
export const details = (more: object = {}, func = [1, 2, 3, 11, 15]) =>
  jsonAnswer(200, {
    authorizer_info: {
      nick_name: '一家店',
      head_img: 'https://example.com/h.png',
      user_name: 'gh_1a2b3c4d5e6f',
      service_type_info: { id: 2 },
      verify_type_info: { id: 0 },
      account_status: 1,
      ...more,
    },
    authorization_info: { authorizer_appid: ACCOUNT, func_info: func.map((id) => ({ funcscope_category: { id } })) },
  });
export const granted = jsonAnswer(200, {
  authorization_info: {
    authorizer_appid: ACCOUNT,
    authorizer_access_token: 'TOKEN-a',
    expires_in: 7200,
    authorizer_refresh_token: 'refresh@@@1',
    func_info: [],
  },
});
export const good = {
  [`${C}/api_component_token`]: token,
  [`${C}/api_query_auth`]: granted,
  [`${C}/api_get_authorizer_info`]: details(),
};
export const ask = {
  state: 's',
  redirectUrl: 'https://hub.example/connect/s',
  returnUrl: 'https://hub.example/connect',
  connector: 'wechat',
};
