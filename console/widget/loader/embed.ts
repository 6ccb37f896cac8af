import type { WebStyle } from '../../../hub/shapes/channels.ts';
import { HANDSHAKE, type ToChat, type ToPage, type Welcome } from '../shared/bridge.ts';
import { sheet } from './css.ts';
import { wordsFor } from './words.ts';

const SVG = 'http://www.w3.org/2000/svg';
const BUBBLE =
  'M21 11.5a8.5 8.5 0 0 1-12.4 7.6L3 21l1.9-5.6A8.5 8.5 0 1 1 21 11.5zM8.6 11.6h.01M12.6 11.6h.01M16.6 11.6h.01';
const DOWN = 'M5.5 9l6.5 6.5L18.5 9';
const PHONE = 520;

/** What `boot` may tell: see `Welcome`. */
export type About = Partial<Omit<Welcome, 'haina' | 'page'>>;

export interface Embed {
  key: string;
  show(open: boolean): void;
  tell(about: About): void;
}

/**
 * One launcher and its window; `home` is the hub's origin. Lives in a shadow root, so that the page's CSS and ours never
 * meet; builds the DOM by hand and its sheet by CSSOM, so that neither a strict style-src nor Trusted Types stands in the
 * way. Nothing is requested before the first opening; from then on the iframe stays. (A closure, not a class: local
 * names shrink, members do not, and 3 kB is not much.)
 */
export function embed(home: string, key: string, style: Partial<WebStyle>, about: About = {}): Embed {
  const make = document.createElement.bind(document);
  const host = make('haina-chat');
  const root = host.attachShadow({ mode: 'closed' });
  const button = make('button') as HTMLButtonElement;
  const badge = make('b');
  const icon = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  const view = window.visualViewport;
  let frame: HTMLIFrameElement | undefined;
  let port: MessagePort | undefined;
  let isOpen = false;
  let unread = 0;
  let back: HTMLElement | null;

  const say = (words: ToChat) => port?.postMessage(words);
  const tell = () => say(isOpen ? { type: 'shown', focus: true } : { type: 'hidden' });

  function draw() {
    const words = wordsFor(about.language || style.language);
    const count = isOpen ? 0 : unread;
    path.setAttribute('d', isOpen ? DOWN : BUBBLE);
    badge.textContent = count ? (count > 99 ? '99+' : `${count}`) : '';
    button.setAttribute('aria-expanded', `${isOpen}`);
    button.setAttribute('aria-label', words[isOpen ? 1 : 0] + (count ? ` (${count} ${words[3]})` : ''));
    if (!frame) return;
    frame.hidden = !isOpen;
    frame.title = style.title || words[2];
  }

  /** At every load of the iframe: a fresh private line, offered to the hub's origin only. */
  function greet() {
    const line = new MessageChannel();
    port = line.port1;
    port.onmessage = ({ data }: MessageEvent<ToPage>) => {
      if (data.type === 'close') show(false);
      else {
        unread = data.count | 0;
        draw();
      }
    };
    const page = { url: location.href, title: document.title, referrer: document.referrer };
    frame!.contentWindow!.postMessage({ ...about, haina: HANDSHAKE, page }, home, [line.port2]);
    tell();
  }

  function show(open: boolean) {
    if (open === isOpen) return;
    isOpen = open;
    if (open) back = document.activeElement as HTMLElement;
    if (!frame) {
      frame = make('iframe') as HTMLIFrameElement;
      frame.allow = 'clipboard-write';
      frame.hidden = true;
      frame.onload = greet;
      frame.src = `${home}/chat/${encodeURIComponent(key)}`;
      root.insertBefore(frame, button);
      frame.offsetWidth; // lets the first opening be a movement, too
    }
    draw();
    tell();
    if (open) frame.focus();
    // Back to where the person was; what is inside our closed root shows outside as the host.
    else if (back?.isConnected && back !== document.body && back !== host) back.focus();
    else button.focus();
  }

  /** Keeps the window above a phone's keyboard where the browser lays the one over the other. */
  function fit() {
    const covered = innerWidth > PHONE ? 0 : innerHeight - view!.height - view!.offsetTop;
    if (!frame) return;
    frame.style.bottom = covered > 60 ? `${covered}px` : '';
    frame.style.maxHeight = covered > 60 ? `${view!.height}px` : '';
  }

  const css = sheet(style);
  try {
    const made = new CSSStyleSheet();
    made.replaceSync(css);
    root.adoptedStyleSheets = [made];
  } catch {
    // Safari before 16.4; needs style-src 'unsafe-inline' where the page has a policy.
    root.appendChild(make('style')).textContent = css;
  }
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.append(path);
  button.type = 'button';
  button.append(icon, badge);
  button.onclick = () => show(!isOpen);
  button.onkeydown = ({ key }) => key === 'Escape' && show(false);
  root.append(button);
  draw();
  document.body.append(host);
  if (view) for (const what of ['resize', 'scroll']) view.addEventListener(what, fit);

  return {
    key,
    show,
    tell: (next) => {
      about = next;
      draw();
      // Whoever signs in while the chat is open is greeted anew.
      if (frame) frame.src += '';
    },
  };
}
