import type { Context } from 'hono';
import { type Failure, fail } from '../../lib/graph/sandbox/answers.ts';
import { parseJson } from '../../lib/http.ts';
import type { Bubble } from '../../lib/phone/model.ts';
import type { PageAccount } from './accounts.ts';
import { newMid } from './fresh.ts';
import { faultsOf, type Outgoing, type OutMessage, outgoing } from './outgoing.ts';
import { isOurPerson } from './people.ts';
import type { Platform } from './platform.ts';
import type { Webhooks } from './webhooks.ts';
import { HUMAN_AGENT_MS, STANDARD_MS } from './windows.ts';

/** How long dots stay, in milliseconds. */
const DOTS_MS = 20_000;

const NOT = {
  person: { code: 100, subcode: 2018001, message: 'No matching user found' },
  reachable: { code: 551, subcode: 1545041, message: 'This person isn’t available right now.' },
  window: { code: 10, subcode: 2018278, message: 'This message is sent outside of allowed window.' },
  control: { code: 10, subcode: 2018300, message: 'Another app is controlling this thread now.' },
  permission: { status: 403, code: 200, message: 'Requires pages_messaging permission to manage the object' },
  rate: { code: 613, message: 'Calls to this api have exceeded the rate limit.' },
  upload: { code: 100, subcode: 2018008, message: 'Failed to fetch the file from the url' },
} as const satisfies Record<string, Failure>;

/** POST /{page}/messages: sends, marks as seen, shows dots. */
export async function messaging(
  c: Context,
  account: PageAccount,
  platform: Platform,
  webhooks: Webhooks,
): Promise<Response> {
  const parsed = outgoing.safeParse(parseJson(await c.req.text()));
  if (!parsed.success) return fail(c, { code: 100, message: faultsOf(parsed.error) });
  const person = parsed.data.recipient.id;
  const { world, host, faults } = platform;
  if (!world.person(person) && isOurPerson(host.seed, person))
    world.putPerson({ id: person, name: `Guest ${person.slice(-4)}` });
  const refusal = refusalOf(parsed.data, account, platform);
  if (refusal) return fail(c, refusal);
  if ('sender_action' in parsed.data) return act(c, parsed.data.sender_action, person, account, platform);
  const mid = newMid();
  const { message, reply_to } = parsed.data;
  show(mid, message, person, account, platform, reply_to?.mid);
  tell(mid, message, person, account, platform, webhooks);
  if (faults.on('lostAnswer')) return c.html('<!doctype html><title>Error</title>', 500);
  return c.json({ recipient_id: person, message_id: mid });
}

function refusalOf(body: Outgoing, { pageId }: PageAccount, platform: Platform): Failure | undefined {
  const { faults, world, windows, uploads } = platform;
  const person = body.recipient.id;
  if (faults.on('permissionMissing')) return NOT.permission;
  if (!world.person(person)) return NOT.person;
  if (faults.on('unreachable')) return NOT.reachable;
  if (faults.on('rateLimited')) return NOT.rate;
  if (faults.on('anotherApp')) return NOT.control;
  const tagged = 'tag' in body && body.messaging_type === 'MESSAGE_TAG' && body.tag === 'HUMAN_AGENT';
  const open = tagged
    ? faults.on('humanAgent') && windows.isOpen(pageId, person, HUMAN_AGENT_MS)
    : !faults.on('windowShut') && windows.isOpen(pageId, person, STANDARD_MS);
  // Marks of having read need no window.
  if (!open && !('sender_action' in body && body.sender_action === 'mark_seen')) return NOT.window;
  if ('message' in body && 'attachment' in body.message) {
    const { payload } = body.message.attachment;
    if ('attachment_id' in payload && uploads.get(payload.attachment_id)?.page !== pageId) return NOT.upload;
  }
  return undefined;
}

function act(c: Context, action: string, person: string, { pageId }: PageAccount, { world, host }: Platform): Response {
  if (action === 'mark_seen') {
    const last = world.chat(pageId, person).messages.findLast(({ who }) => who === 'person');
    if (last) world.read(pageId, person, last.id);
  } else world.setChat(pageId, person, { typingUntil: action === 'typing_on' ? host.now() + DOTS_MS : 0 });
  return c.json({ recipient_id: person });
}

function show(
  mid: string,
  message: OutMessage,
  person: string,
  { pageId }: PageAccount,
  platform: Platform,
  quote: string | undefined,
): void {
  const { world, host, replies } = platform;
  if ('text' in message)
    for (const { payload, title } of message.quick_replies ?? []) replies.set(`${pageId} ${person} ${payload}`, title);
  const quoted = quote && world.find(pageId, person, quote) ? quote : undefined;
  world.put(pageId, person, {
    id: mid,
    who: 'account',
    at: host.now(),
    bubble: bubbleOf(message, platform),
    quote: quoted,
  });
  world.setChat(pageId, person, { following: true, typingUntil: 0 });
}

const KINDS = { image: 'image', audio: 'voice', video: 'video' } as const;

function bubbleOf(message: OutMessage, { host, uploads, files }: Platform): Bubble {
  if ('text' in message) {
    const { text, quick_replies } = message;
    if (!quick_replies) return { type: 'text', text };
    const buttons = quick_replies.map(({ title, payload }) => ({ label: title, data: payload }));
    return { type: 'card', title: text, texts: [], buttons };
  }
  const { type, payload } = message.attachment;
  if (type === 'template') {
    const [title = '', ...texts] = payload.text.split('\n');
    return { type: 'card', title, texts, buttons: payload.buttons.map(({ title, url }) => ({ label: title, url })) };
  }
  const own = 'attachment_id' in payload ? uploads.get(payload.attachment_id)?.file : undefined;
  const url = 'url' in payload ? payload.url : `${new URL(host.url).pathname}/phone/files/${own}`;
  if (type === 'file') return { type, url, name: (own && files.get(own)?.name) || 'file' };
  return { type: KINDS[type], url };
}

/** What the app hears of a message of ours: its echo, that it arrived, that it was read. */
function tell(
  mid: string,
  message: OutMessage,
  person: string,
  account: PageAccount,
  { faults, host }: Platform,
  webhooks: Webhooks,
): void {
  const watermark = host.now();
  const text = 'text' in message ? { text: message.text } : {};
  const acts = [
    () => webhooks.echo(account, person, { mid, ...text, app_id: Number(account.appId), metadata: message.metadata }),
    () => webhooks.did(account, person, 'delivery', { mids: [mid], watermark }),
    () => (faults.on('readHidden') ? undefined : webhooks.did(account, person, 'read', { watermark: host.now() })),
  ];
  acts.forEach((one, i) => void setTimeout(one, faults.number('statusMs') * (i + 1)).unref());
}
