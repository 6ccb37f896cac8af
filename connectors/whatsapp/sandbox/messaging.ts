import type { Context } from 'hono';
import { type Failure, fail } from '../../lib/graph/sandbox/answers.ts';
import { parseJson } from '../../lib/http.ts';
import { newWamid } from '../replay.ts';
import type { Definition } from '../templates.ts';
import type { WhatsAppAccount } from './accounts.ts';
import { invalid, NOT } from './answers.ts';
import { bubbleOf } from './bubbles.ts';
import { choicesIn } from './choices.ts';
import { faultsOf, type Outgoing, outgoing, reading } from './messages.ts';
import { isOurPerson, userIdOf } from './people.ts';
import type { Platform } from './platform.ts';
import { playFailure, playStatuses } from './play.ts';
import { type Filled, filled, TEMPLATES } from './templates.ts';
import type { Webhooks } from './webhooks.ts';

/** How long dots stay, in milliseconds. */
const DOTS_MS = 25_000;

/** POST /{phone number id}/messages: sends, marks as read, shows dots (whatsapp.md B8). */
export async function messaging(
  c: Context,
  account: WhatsAppAccount,
  platform: Platform,
  webhooks: Webhooks,
): Promise<Response> {
  const json = parseJson(await c.req.text());
  if (typeof json === 'object' && json !== null && 'status' in json) return mark(c, json, account, platform);
  const parsed = outgoing.safeParse(json);
  if (!parsed.success) return fail(c, invalid(faultsOf(parsed.error)));
  const message = parsed.data;
  const person = platform.faults.on('permissionMissing') ? '' : addressee(message, platform);
  const refusal = refusalOf(message, person, account, platform);
  if (refusal) return fail(c, refusal);
  const id = newWamid();
  const sent = { account, person, id, key: message.biz_opaque_callback_data };
  const later = failsLater(message, person, account, platform);
  if (later) playFailure(sent, later, platform, webhooks);
  else {
    show(id, message, person, account, platform);
    playStatuses(sent, platform, webhooks);
  }
  if (platform.faults.on('lostAnswer')) return c.html('<!doctype html><title>Error</title>', 500);
  const hidden = person.startsWith('DE.');
  const contact = { input: message.to ?? message.recipient, ...(hidden ? { user_id: person } : { wa_id: person }) };
  return c.json({ messaging_product: 'whatsapp', contacts: [contact], messages: [{ id }] });
}

/** A number as anybody may type it, or a user id; those of people with a number lead to the number. */
function addressee({ to, recipient }: Outgoing, { world, host }: Platform): string {
  if (to !== undefined) return to.replace(/[^\d]/g, '');
  return world.people().find(({ id }) => userIdOf(host.seed, id) === recipient)?.id ?? recipient ?? '';
}

function refusalOf(
  message: Outgoing,
  person: string,
  account: WhatsAppAccount,
  platform: Platform,
): Failure | undefined {
  const { faults, kept } = platform;
  if (faults.on('permissionMissing'))
    return { status: 403, code: 10, message: 'Application does not have permission for this action' };
  if (!account.registered) return NOT.registered;
  if (faults.on('rateLimited')) return NOT.rate;
  if (faults.on('pairRate')) return NOT.pair;
  if (person === account.number) return NOT.ourselves;
  const file = (message as unknown as Record<string, { id?: string } | undefined>)[message.type];
  if (file?.id !== undefined && message.type !== 'interactive' && kept.get(file.id)?.account !== account.phoneNumberId)
    return NOT.media;
  if (message.type === 'template') {
    const definition = definitionOf(message);
    if (!definition) return NOT.template;
    if (definition.status !== 'APPROVED') return NOT.paused;
    if (!filled(definition, message.template.components)) return NOT.values;
  } else if (faults.on('windowAtOnce') && isShut(person, account, platform)) return NOT.window;
  return undefined;
}

function failsLater(
  message: Outgoing,
  person: string,
  account: WhatsAppAccount,
  platform: Platform,
): Failure | undefined {
  const { faults, world, host } = platform;
  if (!world.person(person) && isOurPerson(host.seed, person)) remember(person, account, platform);
  if (faults.on('failsLater') || !world.person(person)) return NOT.reachable;
  return message.type !== 'template' && isShut(person, account, platform) ? NOT.window : undefined;
}

function isShut(person: string, { phoneNumberId }: WhatsAppAccount, { faults, windows }: Platform): boolean {
  return faults.on('windowShut') || !windows.isOpen(phoneNumberId, person);
}

/** Somebody we met before the last start: only the old words are lost. */
function remember(person: string, { phoneNumberId }: WhatsAppAccount, { world }: Platform): void {
  world.putPerson({
    id: person,
    name: person.startsWith('DE.') ? `@guest.${person.slice(-4)}` : `Guest ${person.slice(-4)}`,
  });
  world.setChat(phoneNumberId, person, { following: true });
}

function definitionOf({ template }: Extract<Outgoing, { type: 'template' }>): Definition | undefined {
  return TEMPLATES.find(({ name, language }) => name === template.name && language === template.language.code);
}

function show(
  id: string,
  message: Outgoing,
  person: string,
  { phoneNumberId }: WhatsAppAccount,
  platform: Platform,
): void {
  const { world, host, kept } = platform;
  const mount = new URL(host.url).pathname;
  if (message.type === 'reaction') {
    const { message_id, emoji } = message.reaction;
    world.change(phoneNumberId, person, message_id, { reactions: emoji ? [{ who: 'account', sign: emoji }] : [] });
    return;
  }
  let text: Filled | undefined;
  if (message.type === 'template') {
    const definition = definitionOf(message);
    text = definition && filled(definition, message.template.components);
  }
  for (const choice of choicesIn(message, id, text))
    platform.choices.set(`${phoneNumberId} ${person} ${choice.id}`, choice);
  const at = (media: string) => `${mount}/phone/files/${kept.get(media)?.file ?? ''}`;
  const quote = message.context?.message_id;
  const quoted = quote && world.find(phoneNumberId, person, quote) ? quote : undefined;
  world.put(phoneNumberId, person, {
    id,
    who: 'account',
    at: host.now(),
    bubble: bubbleOf(message, at, text),
    quote: quoted,
  });
  world.setChat(phoneNumberId, person, { typingUntil: 0 });
}

/** Read marks go up to the message; dots come with them. */
function mark(c: Context, json: object, { phoneNumberId }: WhatsAppAccount, { world, host }: Platform): Response {
  const parsed = reading.safeParse(json);
  if (!parsed.success) return fail(c, invalid(faultsOf(parsed.error)));
  const { message_id, typing_indicator } = parsed.data;
  const person = world.people().find(({ id }) => world.find(phoneNumberId, id, message_id)?.who === 'person');
  if (!person) return fail(c, invalid('Message ID is unknown.'));
  world.read(phoneNumberId, person.id, message_id);
  if (typing_indicator) world.setChat(phoneNumberId, person.id, { typingUntil: host.now() + DOTS_MS });
  return c.json({ success: true });
}
