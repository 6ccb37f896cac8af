import { Hono } from 'hono';
import { z } from 'zod';
import { parseJson } from '../../lib/http.ts';
import type { Bubble } from '../../lib/phone/model.ts';
import { MESSAGES } from '../scopes.ts';
import { verdict } from './answers.ts';
import type { Ctx, Env } from './api.ts';
import { isOurPerson } from './ids.ts';
import type { Platform } from './platform.ts';
import type { Webhooks } from './webhooks.ts';

/** Our own send comes back a moment after the answer, as a rule. Milliseconds. */
const ECHO_MS = 20;
/** The app lets people take back for about three minutes. Milliseconds. */
const RECALL_MS = 180_000;

const id = z.string().min(1).max(200);
const content = z.discriminatedUnion('msg_type', [
  z.looseObject({ msg_type: z.literal(1), text: z.object({ text: z.string().min(1).max(500) }) }),
  z.looseObject({ msg_type: z.literal(2), image: z.object({ media_id: z.string().min(1) }) }),
  z.looseObject({ msg_type: z.literal(3), video: z.object({ item_id: z.string().min(1) }) }),
  z.looseObject({ msg_type: z.literal(8), retain_consult_card: z.object({ card_id: z.string().min(1) }) }),
]);
const sending = z.object({
  msg_id: id.optional(),
  conversation_id: id.optional(),
  to_user_id: id,
  content,
  scene: z.enum(['im_reply_msg', 'im_enter_direct_msg', 'im_authorize_message']).default('im_reply_msg'),
});
const recalling = z.object({ msg_id: id, conversation_id: id, conversation_type: z.literal([1, 2]) });
type Content = z.infer<typeof content>;
const TYPES = { 1: 'text', 2: 'image', 3: 'video', 8: 'retain_consult_card' } as const;

/** Sending and taking back (douyin.md sections 5 and 6). */
export function imApi(platform: Platform, webhooks: Webhooks): Hono<Env> {
  const { world, ids, rights, faults, host } = platform;
  const app = new Hono<Env>();

  app.post('/im/send/msg/', async (c) => {
    const account = c.get('account');
    if (!c.get('scopes').includes(MESSAGES) || faults.on('abilityMissing')) return verdict(c, platform, 28001018);
    const body = sending.safeParse(parseJson(await c.req.text())).data;
    if (!body) return verdict(c, platform, 28001007);
    const { to_user_id: person, conversation_id, msg_id, scene } = body;
    if (!met(platform, account.openId, person)) return verdict(c, platform, 28001007);
    const isProactive = scene === 'im_authorize_message';
    if (!isProactive && conversation_id !== ids.conversation(account.openId, person))
      return verdict(c, platform, 28001007);
    const bubble = bubbleOf(body.content, platform);
    if (!bubble) return verdict(c, platform, 28001007);
    if (faults.on('frequencyLimit')) return verdict(c, platform, 28003070);
    if (faults.on('contentRefused')) return verdict(c, platform, 28004020);
    const spent = rights.spend(account.openId, person, scene, msg_id);
    if (spent !== 0) return verdict(c, platform, spent);
    const at = host.now();
    const messageId = ids.message(account.openId, person, at, 'ours');
    world.put(account.openId, person, { id: messageId, who: 'account', at, bubble });
    await echo(c, person, messageId, at, body.content);
    if (faults.on('lostAnswer')) return c.text('Internal Server Error', 500);
    return verdict(c, platform, 0, { msg_id: messageId });
  });

  app.post('/im/recall/msg/', async (c) => {
    const account = c.get('account');
    if (!c.get('scopes').includes('im.recall_message')) return verdict(c, platform, 28001018);
    const body = recalling.safeParse(parseJson(await c.req.text())).data;
    const talk = body?.conversation_id;
    const person = world.people().find((one) => ids.conversation(account.openId, one.id) === talk)?.id;
    if (!body || !person) return verdict(c, platform, 28001007);
    const message = world.find(account.openId, person, body.msg_id);
    if (message?.who !== 'account' || message.unsent || host.now() - message.at > RECALL_MS)
      return verdict(c, platform, 28001007);
    world.put(account.openId, person, { ...message, unsent: true, bubble: { type: 'text', text: '' } });
    webhooks.send(account, 'im_recall_msg', { from: account.openId, to: person }, { server_message_id: message.id });
    return verdict(c, platform, 0);
  });

  /** What was sent by the API comes back with the app's key as its source: before the answer or after it. */
  async function echo(c: Ctx, person: string, messageId: string, at: number, sent: Content): Promise<void> {
    if (faults.on('noEcho')) return;
    const account = c.get('account');
    const own = {
      ...webhooks.talk(account, person, messageId, at),
      index: String(at * 1000),
      message_type: TYPES[sent.msg_type],
      source: account.app.clientKey,
      ...(sent.msg_type === 1 && { text: sent.text.text }),
      ...(sent.msg_type === 8 && { card_id: sent.retain_consult_card.card_id, card_status: 1, card_data: [] }),
    };
    const go = (done?: () => void) =>
      webhooks.send(account, 'im_send_msg', { from: account.openId, to: person }, own, done);
    if (faults.on('echoFirst')) await new Promise<void>((resolve) => go(resolve));
    else setTimeout(go, ECHO_MS).unref();
  }
  return app;
}

/** Whether this is a person of ours; one from before the last start is remembered by the check in his id. */
function met({ world, host }: Platform, account: string, person: string): boolean {
  if (world.person(person)) return true;
  if (!isOurPerson(host.seed, person)) return false;
  world.putPerson({ id: person, name: `客人 ${person.slice(0, 4)}` });
  world.setChat(account, person, { following: true });
  return true;
}

function bubbleOf(sent: Content, { contents, files, host }: Platform): Bubble | undefined {
  switch (sent.msg_type) {
    case 1:
      return { type: 'text', text: sent.text.text };
    case 2: {
      const file = files.get(contents.get(sent.image.media_id) ?? '');
      return file && { type: 'image', url: `${new URL(host.url).pathname}/phone/files/${file.id}` };
    }
    case 3:
      return { type: 'card', title: '视频 Video', texts: [sent.video.item_id], buttons: [] };
    case 8:
      return { type: 'card', title: '留资卡片', texts: [sent.retain_consult_card.card_id], buttons: [] };
  }
}
