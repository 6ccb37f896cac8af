import { useEffect, useState } from 'preact/hooks';
import type { Chat } from './chat.ts';

/** How far an event of ours is. `taken`: the hub has it. */
export type Sent = 'none' | 'waiting' | 'refused' | 'taken';

/** Watches one event of the outbox by its id, and takes it out when it was refused: whoever watches says so. */
export function useSent(chat: Chat, id: string | null): Sent {
  const [sent, setSent] = useState<Sent>('none');
  useEffect(() => {
    if (!id) return setSent('none');
    let over = false;
    const look = () => {
      const item = chat.state.pending.find((one) => one.id === id);
      if (over) return;
      over = item?.state !== 'waiting';
      setSent(!item ? 'taken' : item.state === 'refused' ? 'refused' : 'waiting');
      if (item?.state === 'refused') chat.drop(id);
    };
    look();
    return chat.listen(look);
  }, [id]);
  return sent;
}
