import { render } from 'preact';
import { App } from './app.tsx';
import './chat.css';
import type { Welcome } from '../shared/bridge.ts';
import { meet } from './lib/bridge.ts';
import { Chat } from './lib/chat.ts';
import { fromLink, helloOf } from './lib/hello.ts';
import { keepFor } from './lib/keep.ts';

const key = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const bridge = await meet();
const link = new URLSearchParams(location.search);
// A page of our own has no title that would tell an agent anything.
const page = { url: location.href, title: '', referrer: document.referrer };
const about: Omit<Welcome, 'haina'> = bridge?.welcome ?? fromLink(link, page);
const wish = about.language ?? navigator.language;

const chat = new Chat(key, keepFor(key), helloOf({ ...about, page: clip(about.page) }, wish.slice(0, 35)));
render(<App chat={chat} bridge={bridge} wish={about.language} />, document.getElementById('app')!);
chat.start();

/** The hub refuses what is longer. */
function clip({ url, title, referrer }: typeof page): typeof page {
  return { url: url.slice(0, 2000), title: title.slice(0, 300), referrer: referrer.slice(0, 2000) };
}
