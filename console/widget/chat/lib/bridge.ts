import { HANDSHAKE, type ToChat, type ToPage, type Welcome } from '../../shared/bridge.ts';

/** The page that holds us in an iframe. */
export interface Bridge {
  welcome: Omit<Welcome, 'haina'>;
  say(words: ToPage): void;
  hear(heard: (words: ToChat) => void): void;
}

/**
 * Waits for the loader to hand over its line: from the parent window and nobody else, once. `null` when we are a page of
 * our own, or framed by something that is not our loader (then after `patience` ms).
 */
export function meet(patience = 3000): Promise<Bridge | null> {
  if (window.parent === window) return Promise.resolve(null);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), patience);
    window.addEventListener('message', function listen(event: MessageEvent<Welcome>) {
      const port = event.ports[0];
      if (event.source !== window.parent || event.data?.haina !== HANDSHAKE || !port) return;
      window.removeEventListener('message', listen);
      clearTimeout(timer);
      resolve({
        welcome: event.data,
        say: (words) => port.postMessage(words),
        hear: (heard) => (port.onmessage = (said) => heard(said.data)),
      });
    });
  });
}
