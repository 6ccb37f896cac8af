import { randomBytes } from 'node:crypto';
import { hashPassword } from '../auth.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { wakeSandboxes } from '../sandboxes.ts';
import { WebStyle } from '../shapes/channels.ts';
import { audit } from '../store/audit.ts';
import { addAutoReply } from '../store/auto-replies.ts';
import { addChannel } from '../store/channels.ts';
import { addGroup, setMembersOf } from '../store/groups.ts';
import { addMember } from '../store/members.ts';
import type { Org } from '../store/org.ts';
import { foundOrganisation } from '../store/organisations.ts';
import { putSettings } from '../store/settings.ts';
import { addUser } from '../store/users.ts';
import { addFirstWords, addWords } from '../store/words.ts';
import { closeConfig, connectorNamed, newKey } from './connect.ts';

/** Without letters and digits that look alike; 16 of them are 79 bits. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Easy to copy from a terminal by hand. Bytes past the last whole alphabet are thrown away, so every letter is as likely. */
export function newPassword(length = 16): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(32)) {
      if (byte < 256 - (256 % ALPHABET.length) && text.length < length) text += ALPHABET[byte % ALPHABET.length];
    }
  }
  return text;
}

/**
 * A small organisation to look around in: only in an empty house with the sandbox on. Returns the owner's account, to be
 * shown once; null when there was nothing to do. Also tells the sandboxes which accounts there are. Their accounts are
 * connected by `connectDemo`, once the house can be reached.
 */
export async function seedDemo(
  hub: Hub,
): Promise<{ organisationId: string; username: string; password: string } | null> {
  if (!hub.env.sandbox) return null;
  const owner = { id: newId(), name: '管理员 Owner', username: 'owner' };
  const password = newPassword();
  // Nobody knows the passwords of the demo's agents: the owner gives them one when they are to be tried.
  const unknown = await hashPassword(newPassword(32));
  const made = await foundOrganisation(
    hub.db,
    '海纳演示 Haina Demo',
    { ...owner, hash: await hashPassword(password) },
    async (org, memberId) => {
      const agents = [
        { id: newId(), name: '客服一号 Agent 1', username: 'agent1' },
        { id: newId(), name: '客服二号 Agent 2', username: 'agent2' },
      ];
      for (const agent of agents) {
        const userId = newId();
        await addUser(org, { id: userId, name: agent.name, username: agent.username, hash: unknown });
        await addMember(org, { id: agent.id, user_id: userId, name: agent.name, role: 'agent' });
      }
      const [sales, support] = [newId(), newId()];
      await addGroup(org, sales, '售前咨询 Sales');
      await addGroup(org, support, '售后服务 Support');
      await setMembersOf(org, sales, [memberId, agents[0]!.id].map(plain));
      await setMembersOf(org, support, [memberId, agents[1]!.id].map(plain));
      await addWebsite(hub, org);
      await addRules(org, support, new Date(hub.now()));
      await audit(org, null, 'organisation.seeded', org.id);
    },
  );
  await wakeSandboxes(hub);
  return made && { organisationId: made.organisationId, username: owner.username, password };
}

async function addWebsite(hub: Hub, org: Org): Promise<void> {
  const web = { id: newId(), key: newKey() };
  await addChannel(org, {
    ...web,
    connector: 'web',
    name: '官网 Website',
    group_id: null,
    ...closeConfig(hub, connectorNamed('web'), web.id, {}),
    style: WebStyle.parse({
      title: '海纳演示 Haina Demo',
      announcement: '您好，有问题请直接输入；发送“人工”可转接客服。 Hi! Just type; send “人工” to reach a person.',
    }),
  });
}

async function addRules(org: Org, supportGroup: string, now: Date): Promise<void> {
  const rule = { enabled: true, channel_ids: [], mode: 'all' as const };
  const text = (words: string) => [{ type: 'text' as const, text: words }];
  await addAutoReply(org, newId(), {
    ...rule,
    name: '欢迎语 Welcome',
    type: 'welcome',
    keywords: [],
    replies: text(
      '您好，欢迎光临！想了解价格、发货还是售后？\nHello and welcome! Is it about prices, shipping or service?',
    ),
  });
  await addAutoReply(org, newId(), {
    ...rule,
    name: '价格 Prices',
    type: 'keyword',
    keywords: [
      { text: '价格', match: 'contains' },
      { text: '多少钱', match: 'contains' },
      { text: 'price', match: 'contains' },
    ],
    replies: text(
      '标准版每月 99 元，专业版每月 199 元；发送“人工”可咨询客服。\nStandard is 99 a month, Professional 199; send “人工” to talk to a person.',
    ),
  });
  await addAutoReply(org, newId(), {
    ...rule,
    name: '发货 Shipping',
    type: 'keyword',
    keywords: [
      { text: '发货', match: 'contains' },
      { text: '快递', match: 'contains' },
      { text: 'shipping', match: 'contains' },
    ],
    replies: text('现货订单 24 小时内发出。\nOrders in stock leave within 24 hours.'),
  });
  await addFirstWords(org);
  await addWords(org, 'keyword-to-human', [
    { text: '退款', groupId: supportGroup },
    { text: 'refund', groupId: supportGroup },
  ]);
  await addWords(org, 'forbidden', [{ text: '包治百病' }, { text: '稳赚不赔' }]);
  await addWords(org, 'sensitive', [{ text: '投诉' }, { text: '律师函' }]);
  await addWords(org, 'reminder', [{ text: '差评' }, { text: '曝光' }]);
  await putSettings(
    org,
    'reception',
    0,
    {
      mode: 'bot',
      fallback: '抱歉，我还不明白；发送“人工”可转接客服。 Sorry, I did not get that; send “人工” to reach a person.',
    },
    now,
  );
}

const plain = (id: string) => ({ id, skill: 0, overflow: false });
