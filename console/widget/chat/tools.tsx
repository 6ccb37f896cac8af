import { useRef } from 'preact/hooks';
import { Icon } from './icons.tsx';
import { type Offers, rate } from './offers.ts';
import type { View } from './view.ts';

interface Props {
  view: View;
  offers: Offers;
  emoji: boolean;
  onEmoji(): void;
  onFiles(list: FileList | null): void;
}

/** Below what is written (V-05): emoji, pictures and files, rating, a message. */
export function Tools({ view, offers, emoji, onEmoji, onFiles }: Props) {
  const { chat, state, words } = view;
  const files = useRef<HTMLInputElement>(null);
  const tool = (name: Parameters<typeof Icon>[0]['name'], label: string, onClick: () => void, more: object = {}) => (
    <button type="button" class="plain" title={label} aria-label={label} onClick={onClick} {...more}>
      <Icon name={name} />
    </button>
  );
  return (
    <div class="tools">
      <input
        ref={files}
        type="file"
        multiple
        hidden
        accept={state.hello?.limits.types.join(',')}
        onChange={(event) => {
          onFiles(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      {tool('smile', words.emoji, onEmoji, { 'aria-expanded': emoji })}
      {tool('clip', words.attach, () => files.current?.click(), { disabled: state.phase !== 'ready' })}
      {offers.rate && tool('star', words.rate, () => rate(view))}
      {offers.leave && tool('mail', words.message, () => chat.leaving(true))}
    </div>
  );
}

/** Above the field (V-04): a person, rating, a message; each as the plugin is set. */
export function Shortcuts({ view, offers }: { view: View; offers: Offers }) {
  const { chat, state, words } = view;
  const wanted = state.hello?.channel.style.shortcuts ?? [];
  const all = [
    offers.human && ([words.human, 'person', () => chat.wish('human')] as const),
    offers.rate && wanted.includes('rate') && ([words.rate, 'star', () => rate(view)] as const),
    // Who waits has it in the bar above.
    offers.leave &&
      wanted.includes('leave') &&
      state.session?.state !== 'waiting' &&
      ([words.message, 'mail', () => chat.leaving(true)] as const),
  ].filter((one) => one !== false);
  if (!all.length) return null;
  return (
    <div class="chips">
      {all.map(([label, icon, onClick]) => (
        <button key={icon} type="button" class="small" onClick={onClick}>
          <Icon name={icon} />
          {label}
        </button>
      ))}
    </div>
  );
}
