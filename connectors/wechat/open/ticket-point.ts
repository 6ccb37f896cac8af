import type { AppTools } from '../../app.ts';
import type { CheckPoint } from '../../connector.ts';
import { TICKET_OLD_MS } from '../limits.ts';
import { startTickets } from './component-api.ts';
import type { OpenConfig } from './config.ts';
import { readTicket } from './ticket.ts';

const MINUTE = 60_000;

/** Whether tickets arrive. When they do not, WeChat is asked for them, and somebody is told where to look. */
export async function ticketPoint(config: OpenConfig, tools: AppTools): Promise<CheckPoint> {
  const ticket = await readTicket(tools);
  const age = ticket && tools.now() - ticket.at;
  if (age !== undefined && age <= TICKET_OLD_MS) {
    const what = { zh: '已收到微信推送的 ticket。', en: 'WeChat’s tickets arrive.' };
    return { code: 'ticket', ok: true, what };
  }
  await startTickets(config, tools).catch(() => undefined);
  const minutes = age === undefined ? undefined : Math.round(age / MINUTE);
  return {
    code: 'ticket',
    ok: false,
    what:
      minutes === undefined
        ? {
            zh: '尚未收到微信推送的 ticket，已请求微信重新推送。',
            en: 'No ticket has arrived yet; WeChat was asked to push them.',
          }
        : {
            zh: `最近一次 ticket 在 ${minutes} 分钟前（正常为每 10 分钟一次），已请求微信重新推送。`,
            en: `The last ticket came ${minutes} minutes ago (every 10 is normal); WeChat was asked to push them again.`,
          },
    mend: {
      zh: '请核对微信开放平台中的授权事件接收URL、消息校验Token、消息加解密Key 与这里一致，且该地址可从公网访问。',
      en: 'See that 授权事件接收URL, 消息校验Token and 消息加解密Key at the Open Platform are the ones shown here, and that the address is public.',
    },
  };
}
