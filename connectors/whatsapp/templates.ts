import { z } from 'zod';
import type { Template, Tools } from '../connector.ts';
import { readable } from '../lib/graph/readable.ts';
import { graph } from './access.ts';
import type { WhatsAppConfig } from './config.ts';

/** Pages of templates read at most; 6000 is what an account may have at all. */
const PAGE = 100;
const MAX_PAGES = 60;

const soft = z.string().optional().catch(undefined);
const button = z.looseObject({ type: z.string(), text: soft, url: soft });
const component = z.looseObject({
  type: z.string(),
  format: soft,
  text: soft,
  buttons: z.array(z.unknown()).optional().catch(undefined),
});
const definition = z.object({
  name: z.string().min(1).max(512),
  language: z.string().min(2).max(20),
  status: z.string(),
  category: soft,
  components: z.array(component),
});
export type Definition = z.infer<typeof definition>;
const list = z.object({
  data: z.array(z.unknown()),
  paging: z
    .object({ cursors: z.object({ after: z.string().optional() }).optional(), next: soft })
    .optional()
    .catch(undefined),
});

/** Where one value goes. `name` where the template names its places, `index` for a button. */
export interface Slot {
  component: 'header' | 'body' | 'button';
  name?: string;
  index?: number;
}
export interface Form {
  text: string;
  slots: Slot[];
}

/**
 * Approved texts of the WABA that can be filled in with words alone; those that want a picture, a code or a catalogue are
 * left out. `text` is what the customer will read, with `{{1}}` … in the order of `values`.
 */
export async function templates(config: WhatsAppConfig, tools: Tools): Promise<Template[]> {
  return (await definitions(config, tools)).flatMap((item): Template[] => {
    const form = item.status === 'APPROVED' ? formOf(item) : undefined;
    if (!form || form.text === '' || form.text.length > 4096 || form.slots.length > 30) return [];
    return [
      {
        name: item.name,
        language: item.language,
        text: form.text,
        values: form.slots.length,
        category: item.category?.toLowerCase(),
      },
    ];
  });
}

/** All definitions, or those of one name. */
export async function definitions(config: WhatsAppConfig, tools: Tools, name?: string): Promise<Definition[]> {
  const found: Definition[] = [];
  let after: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = {
      fields: 'name,language,status,category,components',
      limit: String(PAGE),
      ...(name && { name }),
      ...(after && { after }),
    };
    const answer = list.safeParse(
      await graph({ method: 'GET', path: `/${config.wabaId}/message_templates`, query }, config, tools),
    ).data;
    found.push(...readable(definition, answer?.data));
    after = answer?.paging?.next ? answer.paging.cursors?.after : undefined;
    if (!after) break;
  }
  return found;
}

const PLACE = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;
const PLAIN_BUTTONS = new Set(['QUICK_REPLY', 'PHONE_NUMBER', 'URL', 'VOICE_CALL']);

/** The template as a form of values; `undefined` when it wants something that is not words. */
export function formOf({ components, category }: Definition): Form | undefined {
  if (category?.toUpperCase() === 'AUTHENTICATION') return undefined;
  const slots: Slot[] = [];
  const lines: string[] = [];
  const take = (text: string, slot: Omit<Slot, 'name'>): string => {
    const known = new Map<string, number>();
    return text.replace(PLACE, (_, name: string) => {
      if (!known.has(name)) {
        slots.push({ ...slot, ...(/^\d+$/.test(name) ? {} : { name }) });
        known.set(name, slots.length);
      }
      return `{{${known.get(name)}}}`;
    });
  };
  const order = ['HEADER', 'BODY', 'FOOTER', 'BUTTONS'];
  for (const part of [...components].sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type))) {
    if (part.type === 'HEADER' && part.format === 'TEXT') lines.push(take(part.text ?? '', { component: 'header' }));
    else if (part.type === 'BODY') lines.push(take(part.text ?? '', { component: 'body' }));
    else if (part.type === 'FOOTER') lines.push(part.text ?? '');
    else if (part.type === 'BUTTONS') {
      const buttons = readable(button, part.buttons);
      if (buttons.some(({ type }) => !PLAIN_BUTTONS.has(type))) return undefined;
      buttons.forEach(({ url }, index) => {
        if (url?.match(PLACE)) lines.push(take(url, { component: 'button', index }));
      });
    } else return undefined;
  }
  return { text: lines.filter(Boolean).join('\n'), slots };
}
