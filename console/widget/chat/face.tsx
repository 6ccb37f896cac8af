import { useState } from 'preact/hooks';
import { Icon } from './icons.tsx';
import { safeUrl } from './lib/text.ts';

interface Props {
  url?: string | null;
  name?: string | null;
  icon: 'bot' | 'person' | 'chat';
  lit?: boolean;
}

/** A picture of somebody; an icon where there is none or it does not come. */
export function Face({ url, icon, lit }: Props) {
  const [broken, setBroken] = useState('');
  const src = url && safeUrl(url);
  return (
    <span class={`face${lit ? ' lit' : ''}`} aria-hidden="true">
      {src && broken !== src ? (
        <img src={src} alt="" referrerpolicy="no-referrer" onError={() => setBroken(src)} />
      ) : (
        <Icon name={icon} />
      )}
    </span>
  );
}
