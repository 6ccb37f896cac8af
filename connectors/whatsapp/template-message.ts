import { z } from 'zod';
import type { Sendable } from '../../core/message.ts';
import type { Tools } from '../connector.ts';
import { Refused } from '../errors.ts';
import { parseJson } from '../lib/http.ts';
import type { WhatsAppConfig } from './config.ts';
import { definitions, formOf, type Slot } from './templates.ts';

type Template = Extract<Sendable, { type: 'template' }>;

/** Where a template's values go is looked up once an hour. Seconds. */
const KEPT_SECONDS = 3600;
const kept = z.array(
  z.object({
    component: z.enum(['header', 'body', 'button']),
    name: z.string().optional(),
    index: z.number().optional(),
  }),
);

/** A template with its values in their places. Throws Refused `template_rejected` when it is gone or wants another number. */
export async function templateMessage(
  { name, language, values }: Template,
  config: WhatsAppConfig,
  tools: Tools,
): Promise<Record<string, unknown>> {
  const shared = { name, language: { code: language } };
  if (values.length === 0) return shared;
  const key = `template:${config.wabaId}:${name}:${language}`;
  const text = await tools.keep(key, async () => ({
    value: JSON.stringify(await slotsOf(name, language, config, tools)),
    ttl: KEPT_SECONDS,
  }));
  const slots = kept.parse(parseJson(text));
  if (slots.length !== values.length) {
    await tools.forget(key, text);
    throw new Refused(
      'template_rejected',
      `The template ${name} (${language}) takes ${slots.length} values, not ${values.length}.`,
    );
  }
  return { ...shared, components: componentsOf(slots, values) };
}

async function slotsOf(name: string, language: string, config: WhatsAppConfig, tools: Tools): Promise<Slot[]> {
  const found = (await definitions(config, tools, name)).find(
    (item) => item.name === name && item.language === language,
  );
  const form = found && formOf(found);
  if (!form)
    throw new Refused('template_rejected', `There is no template ${name} (${language}) to be filled in with words.`);
  return form.slots;
}

function componentsOf(slots: Slot[], values: string[]): Record<string, unknown>[] {
  const components = new Map<string, { type: string; parameters: unknown[] } & Record<string, unknown>>();
  slots.forEach(({ component, index, name }, i) => {
    const key = `${component}${index ?? ''}`;
    const known = components.get(key) ?? {
      type: component,
      ...(component === 'button' && { sub_type: 'url', index: String(index) }),
      parameters: [],
    };
    known.parameters.push({ type: 'text', ...(name && { parameter_name: name }), text: values[i] });
    components.set(key, known);
  });
  return [...components.values()];
}
