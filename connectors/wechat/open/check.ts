import type { AppTools } from '../../app.ts';
import type { CheckPoint } from '../../connector.ts';
import { Misconfigured, Refused, Retry } from '../../errors.ts';
import { tokenBad } from '../words.ts';
import { componentToken } from './component-api.ts';
import type { OpenConfig } from './config.ts';
import { EVENT_PATH, MESSAGE_PATH } from './receive.ts';
import { readTicket } from './ticket.ts';
import { ticketPoint } from './ticket-point.ts';

/** Whether tickets arrive, whether the platform's credentials are good, and what must stand at the platform. */
export async function check(config: OpenConfig, tools: AppTools, callbackUrl: string): Promise<CheckPoint[]> {
  const points = [await ticketPoint(config, tools)];
  if (points[0]?.ok || (await readTicket(tools))) points.push(await tokenPoint(config, tools));
  points.push({
    code: 'addresses',
    ok: true,
    what: {
      zh: `授权事件接收URL：${callbackUrl}${EVENT_PATH}；消息与事件接收URL：${callbackUrl}${MESSAGE_PATH}。`,
      en: `授权事件接收URL (authorisation events): ${callbackUrl}${EVENT_PATH}; 消息与事件接收URL (messages and events): ${callbackUrl}${MESSAGE_PATH}.`,
    },
  });
  return points;
}

async function tokenPoint(config: OpenConfig, tools: AppTools): Promise<CheckPoint> {
  try {
    await componentToken(config, tools);
    return {
      code: 'token',
      ok: true,
      what: { zh: `第三方平台 ${config.appId} 的凭据有效。`, en: `The credentials of ${config.appId} are good.` },
    };
  } catch (error) {
    if (error instanceof Misconfigured || error instanceof Refused || error instanceof Retry) return tokenBad(error);
    throw error;
  }
}
