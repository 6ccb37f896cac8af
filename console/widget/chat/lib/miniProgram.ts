/** WeChat's own script; the hub's policy lets it in where the link says `useWxjs` and nowhere else. */
const SCRIPT = 'https://res.wx.qq.com/open/js/jweixin-1.6.0.js';

/** CH-28: the page that shows us is a mini-program's web-view, and its owner wants cards to open there. */
export const insideMiniProgram = /^(true|1)$/.test(new URLSearchParams(location.search).get('useWxjs') ?? '');

interface Wx {
  miniProgram?: { navigateTo(options: { url: string }): void };
}

/** Opens a page of the mini-program we are in. The script is asked for with the first card. */
export function openPage(path: string): void {
  const go = () =>
    (window as { wx?: Wx }).wx?.miniProgram?.navigateTo({ url: path.startsWith('/') ? path : `/${path}` });
  if ((window as { wx?: Wx }).wx?.miniProgram) {
    go();
    return;
  }
  const script = document.createElement('script');
  script.src = SCRIPT;
  script.onload = go;
  document.head.append(script);
}
