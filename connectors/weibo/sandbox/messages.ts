import { z } from 'zod';
import { parseJson } from '../../lib/http.ts';
import type { Bubble } from '../../lib/phone/model.ts';

/** Fewer than 300 Chinese characters; two Latin letters count as one. */
const MAX_TEXT = 300;
const MAX_ARTICLES = 8;

const address = z.url({ protocol: /^https?$/ });
const shapes = {
  text: z.object({ text: z.string().min(1) }),
  articles: z.object({
    articles: z
      .array(
        z.object({
          display_name: z.string().min(1),
          summary: z.string(),
          image: address.optional(),
          url: address,
        }),
      )
      .min(1)
      .max(MAX_ARTICLES),
  }),
  position: z.object({
    longitude: z.string().regex(/^-?\d+(\.\d+)?$/),
    latitude: z.string().regex(/^-?\d+(\.\d+)?$/),
  }),
};

/** What a fan sees of a message, or which parameter was wrong. */
export type Seen = { bubble: Bubble } | { wrong: 'type' | 'data' | 'length' };

/**
 * A message as the platform reads it, after its one decoding. What is no JSON then was encoded once too often and is shown
 * as it stands: the fan sees `%7B%22text…`, as at Weibo.
 */
export function seen(type: string | undefined, data: string): Seen {
  const json = parseJson(data);
  switch (type) {
    case 'text': {
      if (json === undefined) return { bubble: { type: 'text', text: data } };
      const text = shapes.text.safeParse(json).data?.text;
      if (text === undefined) return { wrong: 'data' };
      return lengthOf(text) >= MAX_TEXT ? { wrong: 'length' } : { bubble: { type: 'text', text } };
    }
    case 'articles': {
      const articles = shapes.articles.safeParse(json).data?.articles;
      const [first] = articles ?? [];
      if (!articles || !first) return { wrong: 'data' };
      return {
        bubble: {
          type: 'card',
          title: first.display_name,
          texts: [first.summary, ...articles.slice(1).map((more) => more.display_name)].filter(Boolean),
          image: first.image,
          buttons: articles.map(({ display_name, url }) => ({ label: display_name, url })),
        },
      };
    }
    case 'position': {
      const place = shapes.position.safeParse(json).data;
      if (!place) return { wrong: 'data' };
      return { bubble: { type: 'location', longitude: Number(place.longitude), latitude: Number(place.latitude) } };
    }
    default:
      return { wrong: 'type' };
  }
}

function lengthOf(text: string): number {
  let halves = 0;
  for (const character of text) halves += character.codePointAt(0)! < 0x80 ? 1 : 2;
  return Math.ceil(halves / 2);
}
