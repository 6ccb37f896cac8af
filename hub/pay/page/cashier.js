/** Shows the way to pay and follows the order. What the app's bridge says proves nothing: only the order's state does. */

/**
 * @typedef {{ err_msg?: string }} Said
 * @typedef {{ invoke(name: string, parameters: unknown, done: (said: Said) => void): void }} Bridge
 */
/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @type {{ token: string; state: string; inside: boolean; words: Record<string, string> }} */
const { token, state, inside, words } = JSON.parse(byId('facts').textContent ?? '');
const base = `/pay/${token}`;
const way = byId('way');
const status = byId('status');
const again = byId('again');
const main = /** @type {HTMLElement} */ (document.querySelector('main'));
/** Milliseconds between two looks; slower after a while. */
const OFTEN = 2_000;
const SELDOM = 6_000;
const A_WHILE = 180_000;
const begun = Date.now();
let shown = state;
let paying = false;

/** @param {string} word */
const say = (word) => {
  if (status.textContent !== words[word]) status.textContent = words[word] ?? '';
};

function draw() {
  main.classList.toggle('done', shown === 'paid');
  if (shown === 'open') return;
  way.replaceChildren();
  way.classList.remove('waiting');
  again.hidden = true;
  say(shown);
  if (shown !== 'paid') return;
  const tick = document.createElement('span');
  tick.className = 'tick';
  tick.setAttribute('aria-hidden', 'true');
  tick.textContent = '✓';
  way.append(tick);
}

async function follow() {
  try {
    const answer = await fetch(`${base}/state`, { cache: 'no-store' });
    if (answer.ok) {
      const now = await answer.json();
      if (now.state !== shown) {
        shown = now.state;
        draw();
      } else if (status.textContent === words.offline) say(paying ? 'confirming' : inside ? 'open' : 'scan');
    }
  } catch {
    say('offline');
  }
  if (shown === 'open' || shown === 'paid')
    setTimeout(follow, shown === 'paid' || Date.now() - begun > A_WHILE ? SELDOM : OFTEN);
}

/** @param {string} what */
const ask = async (what) => {
  const answer = await fetch(`${base}/${what}`, { method: 'POST' });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.code ?? String(answer.status));
  return body;
};

function trouble() {
  if (shown !== 'open') return;
  way.classList.remove('waiting');
  say('troubled');
  again.hidden = false;
}

async function showCode() {
  way.classList.add('waiting');
  const { svg } = await ask('native');
  if (shown !== 'open') return;
  // Drawn by our own hub out of the platform's code, and nothing else.
  way.innerHTML = svg;
  way.firstElementChild?.setAttribute('aria-label', words.qr ?? '');
  way.classList.remove('waiting');
  say('scan');
}

const app = /** @type {Window & { WeixinJSBridge?: Bridge }} */ (window);
/** The app puts its bridge into the page when it likes. */
const bridge = () =>
  /** @type {Promise<Bridge>} */ (
    new Promise((ready) => {
      if (app.WeixinJSBridge) return ready(app.WeixinJSBridge);
      const there = () => app.WeixinJSBridge && ready(app.WeixinJSBridge);
      document.addEventListener('WeixinJSBridgeReady', there, { once: true });
    })
  );

/** @param {HTMLButtonElement} button */
async function payInside(button) {
  button.disabled = true;
  say('asking');
  try {
    const parameters = await ask('jsapi');
    (await bridge()).invoke('getBrandWCPayRequest', parameters, ({ err_msg: said = '' }) => {
      button.disabled = false;
      if (shown !== 'open') return;
      paying = said.endsWith(':ok');
      button.hidden = paying;
      say(paying ? 'confirming' : said.endsWith(':cancel') ? 'cancelled' : 'troubled');
    });
  } catch {
    button.disabled = false;
    if (shown === 'open') say('troubled');
  }
}

function showButton() {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button';
  button.textContent = words.pay ?? '';
  button.addEventListener('click', () => void payInside(button));
  way.append(button);
}

draw();
if (shown === 'open' && again.hidden) {
  if (inside) showButton();
  else showCode().catch(trouble);
}
setTimeout(follow, OFTEN);
