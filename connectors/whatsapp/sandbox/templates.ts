import type { Definition } from '../templates.ts';
import { formOf } from '../templates.ts';
import type { TemplateComponent } from './messages.ts';

const approved = { status: 'APPROVED', category: 'UTILITY' };

/** The texts of every business account here: some to be filled in, some that are not to be offered. */
export const TEMPLATES: Definition[] = [
  {
    ...approved,
    name: 'order_update',
    language: 'zh_CN',
    components: [{ type: 'BODY', text: '{{1}}您好，您的订单 {{2}} 已发货，回复本消息即可联系客服。' }],
  },
  {
    ...approved,
    name: 'order_update',
    language: 'en',
    components: [{ type: 'BODY', text: 'Hello {{1}}, your order {{2}} is on its way. Answer here to reach us.' }],
  },
  {
    ...approved,
    name: 'appointment',
    language: 'en',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Your visit on {{day}}' },
      { type: 'BODY', text: 'Dear {{guest}}, we expect you at {{hour}}. {{guest}}, see you soon!' },
      { type: 'FOOTER', text: 'Haina demo' },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Confirm' },
          { type: 'URL', text: 'Details', url: 'https://example.com/visit/{{1}}' },
        ],
      },
    ],
  },
  {
    ...approved,
    name: 'we_are_back',
    language: 'zh_CN',
    components: [{ type: 'BODY', text: '客服已上线，请问还需要帮助吗？' }],
  },
  {
    ...approved,
    name: 'winter_sale',
    language: 'en',
    category: 'MARKETING',
    components: [
      { type: 'HEADER', format: 'IMAGE' },
      { type: 'BODY', text: 'Up to 40%!' },
    ],
  },
  {
    ...approved,
    name: 'feedback',
    language: 'en',
    status: 'PAUSED',
    components: [{ type: 'BODY', text: 'How was it?' }],
  },
  {
    ...approved,
    name: 'code',
    language: 'en',
    category: 'AUTHENTICATION',
    components: [{ type: 'BODY', text: '{{1}} is your code.' }],
  },
];

export interface Filled {
  text: string;
  buttons: { label: string; data?: string; url?: string }[];
}

/** The template with its values; what Meta would refuse is `undefined`: another number of values. */
export function filled(definition: Definition, components: TemplateComponent[] = []): Filled | undefined {
  const form = formOf(definition) ?? { text: textOf(definition), slots: [] };
  const values = form.slots.map(({ component, name, index }, i) => {
    const given = components.find(
      (item) => item.type === component && (index === undefined || item.index === String(index)),
    );
    const before = form.slots.slice(0, i).filter((slot) => slot.component === component && slot.index === index).length;
    const parameter = name ? given?.parameters.find((item) => item.parameter_name === name) : given?.parameters[before];
    return parameter?.text;
  });
  const count = components.reduce((sum, { parameters }) => sum + parameters.length, 0);
  if (count !== values.length || values.some((value) => value === undefined)) return undefined;
  const put = (text: string) => text.replace(/\{\{(\d+)\}\}/g, (_, n: string) => values[Number(n) - 1] ?? '');
  const urls = form.slots.flatMap(({ component, index }, i) =>
    component === 'button' ? [{ index, value: values[i] }] : [],
  );
  return { text: put(form.text), buttons: buttonsOf(definition, urls) };
}

const textOf = ({ components }: Definition): string =>
  components.flatMap(({ text }) => (text ? [text] : [])).join('\n');

function buttonsOf({ name, components }: Definition, urls: { index?: number; value?: string }[]): Filled['buttons'] {
  const list = (components.find(({ type }) => type === 'BUTTONS')?.buttons ?? []) as {
    type: string;
    text: string;
    url?: string;
  }[];
  return list.map(({ type, text, url }, i) =>
    type === 'URL'
      ? {
          label: text,
          url: url?.replace(/\{\{\d+\}\}/, encodeURIComponent(urls.find(({ index }) => index === i)?.value ?? '')),
        }
      : { label: text, data: `${name}/${text}` },
  );
}
