import { language, say } from './language.js';

/** Looks this often whether the phone has answered, in milliseconds. */
const EVERY_MS = 1000;

language();
const card = /** @type {HTMLElement} */ (document.querySelector('[data-consent]'));
const status = /** @type {HTMLElement} */ (document.getElementById('status'));
const veil = /** @type {HTMLElement} */ (document.querySelector('.veil'));
const copy = /** @type {HTMLElement} */ (document.getElementById('copy'));

document.getElementById('again')?.addEventListener('click', () => location.reload());
copy.addEventListener('click', async () => {
  await navigator.clipboard?.writeText(copy.dataset.copy ?? '');
  say(status, 'copied');
});

async function follow() {
  let answer;
  try {
    const response = await fetch(`${card.dataset.consent}/state`, { cache: 'no-store' });
    answer = response.status === 404 ? { state: 'expired' } : await response.json();
  } catch {
    answer = { state: 'offline' };
  }
  card.dataset.state = answer.state;
  // A word about copying stays until something happens.
  if (!(status.dataset.says === 'copied' && answer.state === 'waiting')) say(status, answer.state);
  veil.hidden = answer.state !== 'expired';
  if (answer.state === 'expired') return;
  if (answer.url) return location.assign(answer.url);
  setTimeout(follow, EVERY_MS);
}
follow();
