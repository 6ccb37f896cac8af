import type { Can } from '../../../../core/can.ts';
import { fit, takes } from '../../../../core/fit.ts';
import type { Sendable } from '../../../../core/message.ts';

/** Kinds of automatic answers (AR-06), in the order they are offered. */
export const KINDS = ['text', 'image', 'file', 'link', 'video', 'menu'] as const;
export type Kind = (typeof KINDS)[number];

/** What at least one of these channels carries as it is (CH-36); everything where there is none yet. */
export function offered(cans: readonly Can[]): Kind[] {
  return KINDS.filter((kind) => kind === 'text' || !cans.length || cans.some((can) => Boolean(can[kind])));
}

/** How a channel changes what it cannot carry as it is. */
export type Change = 'split' | 'numbered' | 'words' | 'file' | 'address';

/** null: it goes as it is. The same rule by which the hub sends (`core/fit.ts`). */
export function changeOf(content: Sendable, can: Can): Change | null {
  const asFile = (mime?: string, size?: number): Change | null =>
    can.file && takes(can.file, mime, size) ? 'file' : 'address';
  const pieces = fit(content, can);
  switch (content.type) {
    case 'text':
      return pieces.length > 1 ? 'split' : null;
    case 'rating':
      return pieces[0]?.type === 'rating' ? null : 'numbered';
    case 'menu':
      return pieces[0]?.type === 'menu' ? null : 'numbered';
    case 'link':
    case 'location':
    case 'mini-program':
      return pieces[0]?.type === content.type ? null : 'words';
    case 'image':
    case 'voice':
    case 'video':
      return pieces[0]?.type === content.type ? null : asFile(content.media.mime, content.media.size);
    case 'file':
      return asFile(content.media.mime, content.media.size) === 'file' ? null : 'address';
    case 'template':
    case 'payment':
      return null;
  }
}
