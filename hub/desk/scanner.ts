import { NOTHING_FOUND, type Scan } from '../../core/rules.ts';
import { buildIndex, find, type Hit, handoffOf, hitsOf, type Word } from '../../core/words/index.ts';

/** One pass over a text for all word lists and keywords of an organisation. */
export function scanner(
  words: { id: string; group_id: string | null; text: string; word: Word }[],
  keywords: Word[],
): (text: string) => Scan {
  const index = buildIndex([...words.map((row) => row.word), ...keywords]);
  const texts = new Map(words.map((row) => [row.id, row.text]));
  const groups = new Map(words.filter((row) => row.group_id).map((row) => [row.id, row.group_id]));
  const told = (hits: Hit[], kind: 'forbidden' | 'sensitive' | 'reminder') =>
    hitsOf(hits, kind).map((hit) => ({
      kind,
      word: texts.get(hit.id as string) ?? '',
      start: hit.start,
      end: hit.end,
    }));
  return (text) => {
    const hits = find(index, text, { limit: 1000 });
    if (!hits.length) return NOTHING_FOUND;
    const handoff = handoffOf(hits);
    const keywordHit = handoff === 'keyword-to-human' ? hitsOf(hits, 'keyword-to-human')[0] : undefined;
    return {
      human: handoff === 'forced-human',
      keywordHuman: keywordHit ? { groupId: groups.get(keywordHit.id as string) ?? null } : null,
      replyIds: new Set(hitsOf(hits, 'auto-reply').map((hit) => (hit.id as string).slice('rule:'.length))),
      forbidden: told(hits, 'forbidden'),
      sensitive: told(hits, 'sensitive'),
      reminder: told(hits, 'reminder'),
    };
  };
}
