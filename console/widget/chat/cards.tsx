import type { ContentOf } from './content.ts';
import { Icon } from './icons.tsx';
import { insideMiniProgram, openPage } from './lib/miniProgram.ts';
import { safeUrl } from './lib/text.ts';
import type { Words } from './words/index.ts';

/** Contents that lead somewhere else: a page, a mini-program, a payment. */

export function LinkCard({ content }: { content: ContentOf<'link'> }) {
  const href = safeUrl(content.url);
  const image = content.image?.url && safeUrl(content.image.url);
  return (
    <a class="link" href={href} target="_blank" rel="noopener noreferrer nofollow">
      {image && <img src={image} alt="" loading="lazy" referrerpolicy="no-referrer" />}
      <b>{content.title}</b>
      {content.text && <span>{content.text}</span>}
      <small>{href && new URL(href).host}</small>
    </a>
  );
}

/** Opens the mini-program's page where we are inside of one and the link says so (CH-28); elsewhere it can only be seen. */
export function MiniProgram({ content, words }: { content: ContentOf<'mini-program'>; words: Words }) {
  const inner = (
    <>
      <Icon name="file" />
      <span>
        <b>{content.title}</b>
        <small>{words.miniProgram}</small>
      </span>
    </>
  );
  return insideMiniProgram ? (
    <button type="button" class="card" onClick={() => openPage(content.path)}>
      {inner}
    </button>
  ) : (
    <div class="card">{inner}</div>
  );
}

/** A request for money. Paid on its own page, which shows the code to scan. */
export function Pay({ content, words }: { content: ContentOf<'payment'>; words: Words }) {
  const { amount, currency, description } = content;
  const sum = `${(amount / 100).toFixed(2)}`;
  return (
    <div class="pay">
      <small>{words.payment}</small>
      <b>{currency === 'CNY' ? `¥${sum}` : `${sum} ${currency}`}</b>
      <span>{description}</span>
      {content.url && (
        <a href={safeUrl(content.url)} target="_blank" rel="noopener">
          {words.pay}
        </a>
      )}
    </div>
  );
}
