import { z } from '@hono/zod-openapi';
import { MAX_TEXT } from '../../core/message.ts';
import { Refusal } from '../../core/refusal.ts';
import { MIB } from '../body.ts';
import { change } from '../change.ts';
import { tryWords } from '../desk/try-words.ts';
import type { Hub } from '../hub.ts';
import { wrong } from '../problem.ts';
import { page } from '../shapes/common.ts';
import { NewWords, WORDS, Word, WordHits } from '../shapes/house.ts';
import { unknownGroups } from '../store/groups.ts';
import { addWords, clearWords, removeWord, wordsPage } from '../store/words.ts';
import { body, byId, cursor, done, house, json, paged, route } from './route.ts';

const tags = ['Words'];
const kind = z.enum(WORDS);

/** The word lists (SW-03 … SW-11). */
export function words(_hub: Hub) {
  return house()
    .openapi(
      route('supervisor', {
        method: 'get',
        path: '/words',
        tags,
        summary: 'Words of a list, a page at a time',
        request: { query: cursor.extend({ kind: kind.optional(), q: z.string().trim().max(100).optional() }) },
        responses: { 200: json(page(Word).extend({ total: z.int() }), 'Words') },
      }),
      async (c) => {
        const { cursor: after, limit, ...filter } = c.req.valid('query');
        const { rows, total } = await wordsPage(c.get('me').org, filter, after, limit + 1);
        return c.json(
          {
            ...paged(rows, limit, (row) => ({
              id: row.id,
              kind: row.kind,
              text: row.text,
              match: row.match,
              groupId: row.group_id,
            })),
            total,
          },
          200,
        );
      },
    )
    .openapi(
      route(
        'admin',
        {
          method: 'post',
          path: '/words',
          tags,
          summary: 'Add words to a list; those already there are skipped',
          request: { body: body(NewWords) },
          responses: { 200: json(z.object({ added: z.int(), skipped: z.int() }), 'Counts') },
        },
        { limit: 8 * MIB },
      ),
      async (c) => {
        const wish = c.req.valid('json');
        const groupIds = [...new Set(wish.words.flatMap((word) => word.groupId ?? []))];
        if ((await unknownGroups(c.get('me').org, groupIds)).length) throw wrong('words.groupId', 'unknown');
        let added = 0;
        await change(c, 'words', async (tx) => {
          added = await addWords(tx, wish.kind, wish.words);
          return {
            action: 'words.added',
            subject: wish.kind,
            after: { added, first: wish.words.slice(0, 20).map((word) => word.text) },
          };
        });
        return c.json({ added, skipped: wish.words.length - added }, 200);
      },
    )
    .openapi(
      route('admin', {
        method: 'delete',
        path: '/words/{id}',
        tags,
        summary: 'Take one word out',
        request: { params: byId },
        responses: { 204: done },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        await change(c, 'words', async (tx) => {
          const gone = await removeWord(tx, id);
          if (!gone) throw new Refusal('not_found');
          return { action: 'words.removed', subject: gone.kind, before: { text: gone.text } };
        });
        return c.body(null, 204);
      },
    )
    .openapi(
      route('admin', {
        method: 'delete',
        path: '/words',
        tags,
        summary: 'Empty a list',
        request: { query: z.object({ kind }) },
        responses: { 200: json(z.object({ removed: z.int() }), 'Count') },
      }),
      async (c) => {
        const { kind: list } = c.req.valid('query');
        let removed = 0;
        await change(c, 'words', async (tx) => {
          removed = await clearWords(tx, list);
          return { action: 'words.cleared', subject: list, before: { count: removed } };
        });
        return c.json({ removed }, 200);
      },
    )
    .openapi(
      route('supervisor', {
        method: 'post',
        path: '/words/try',
        tags,
        summary: 'Which words of all lists are found in a text, and where',
        request: { body: body(z.object({ text: z.string().max(MAX_TEXT) })) },
        responses: { 200: json(WordHits, 'Hits') },
      }),
      async (c) => c.json({ hits: await tryWords(c.get('me').org, c.req.valid('json').text) }, 200),
    );
}
