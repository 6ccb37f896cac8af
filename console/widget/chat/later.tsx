import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Words } from './words/index.ts';

type Forms = typeof import('./forms.tsx');
let forms: Forms | undefined;

interface Props {
  words: Words;
  children(forms: Forms): ComponentChildren;
}

/** What needs the forms: most visits never rate nor leave a message, so these come when first wanted. */
export function Later({ words, children }: Props) {
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>(forms ? 'ready' : 'loading');
  const load = () => {
    setState('loading');
    import('./forms.tsx').then(
      ({ LeaveForm, RatingCard }) => {
        forms = { LeaveForm, RatingCard };
        setState('ready');
      },
      () => setState('failed'),
    );
  };
  useEffect(() => {
    if (!forms) load();
  }, []);
  if (forms) return <>{children(forms)}</>;
  if (state === 'failed')
    return (
      <p class="later">
        {words.network}
        <button type="button" class="small" onClick={load}>
          {words.retry}
        </button>
      </p>
    );
  return (
    <p class="later">
      <span class="ring" />
    </p>
  );
}
