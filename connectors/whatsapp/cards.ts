import { z } from 'zod';
import type { Content } from '../../core/message.ts';
import { readable } from '../lib/graph/readable.ts';
import { parseJson } from '../lib/http.ts';
import { cut } from '../lib/text.ts';
import { soft } from './schema.ts';

type Card = Extract<Content, { type: 'card' }>;
type Row = NonNullable<Card['rows']>[number];

const MAX_ROWS = 60;
const row = (label: string, value: string): Row => ({ label: cut(label, 200), value: cut(value, 2000) });
const few = (rows: Row[]): Row[] | undefined => (rows.length > 0 ? rows.slice(0, MAX_ROWS) : undefined);

const list = z.array(z.unknown()).optional().catch(undefined);
const person = z.object({
  name: z.object({ formatted_name: soft, first_name: soft, last_name: soft }).optional().catch(undefined),
  phones: list,
  emails: list,
  urls: list,
  addresses: list,
  org: z.object({ company: soft, department: soft, title: soft }).optional().catch(undefined),
  birthday: soft,
});
const phone = z.object({ phone: soft, wa_id: soft, type: soft });
const email = z.object({ email: z.string(), type: soft });
const url = z.object({ url: z.string(), type: soft });
const address = z.object({ street: soft, city: soft, state: soft, zip: soft, country: soft, type: soft });

/** Business cards: the people's names above, what is told of them below. */
export function contactsCard(own: unknown): Card {
  const people = readable(person, z.array(z.unknown()).parse(own));
  const names = people.map(
    ({ name }) => name?.formatted_name ?? [name?.first_name, name?.last_name].filter(Boolean).join(' '),
  );
  const rows = people.flatMap((item, i) => [
    ...(people.length > 1 && names[i] ? [row('name', names[i])] : []),
    ...readable(phone, item.phones).flatMap((one) => {
      const number = one.phone ?? one.wa_id;
      return number ? [row(one.type ?? 'phone', number)] : [];
    }),
    ...readable(email, item.emails).map((one) => row(one.type ?? 'email', one.email)),
    ...readable(url, item.urls).map((one) => row(one.type ?? 'url', one.url)),
    ...readable(address, item.addresses).flatMap(({ type, street, city, state, zip, country }) => {
      const place = [street, city, state, zip, country].filter(Boolean).join(', ');
      return place ? [row(type ?? 'address', place)] : [];
    }),
    ...Object.entries(item.org ?? {}).flatMap(([label, value]) => (value ? [row(label, value)] : [])),
    ...(item.birthday ? [row('birthday', item.birthday)] : []),
  ]);
  const title = names.filter(Boolean).join(', ') || '名片 / Contact';
  return { type: 'card', title: cut(title, 300), rows: few(rows) };
}

const order = z.object({ catalog_id: soft, text: soft, product_items: z.array(z.unknown()) });
const amount = z
  .union([z.number(), z.string().max(40)])
  .optional()
  .catch(undefined);
const item = z.object({ product_retailer_id: z.string(), quantity: amount, item_price: amount, currency: soft });

/** An order out of the catalogue: one row a product, `2 × 10.5 EUR`. */
export function orderCard(own: unknown): Card {
  const { catalog_id, text, product_items } = order.parse(own);
  const rows = readable(item, product_items).map(({ product_retailer_id, quantity, item_price, currency }) =>
    row(product_retailer_id, [quantity ?? 1, '×', item_price, currency].filter((part) => part !== undefined).join(' ')),
  );
  if (catalog_id) rows.unshift(row('catalog_id', catalog_id));
  return { type: 'card', title: '订单 / Order', text: text && cut(text, 2000), rows: few(rows) };
}

const flow = z.object({ name: soft, body: soft, response_json: z.unknown().optional() });

/** A form that was filled in. Its answers are JSON in a text, which may be broken or absent: then kept as it is. */
export function flowCard(own: unknown): Card {
  const { name, body, response_json } = flow.parse(own);
  const answers = typeof response_json === 'string' ? parseJson(response_json) : response_json;
  const named = typeof answers === 'object' && answers !== null && !Array.isArray(answers);
  const rows = named
    ? Object.entries(answers).map(([label, value]) =>
        row(label, typeof value === 'string' ? value : (JSON.stringify(value) ?? '')),
      )
    : [];
  const raw = !named && typeof response_json === 'string' ? response_json : undefined;
  const text = [body, raw].filter(Boolean).join('\n');
  return {
    type: 'card',
    title: cut(name ?? '表单 / Form', 300),
    text: text ? cut(text, 2000) : undefined,
    rows: few(rows),
  };
}
