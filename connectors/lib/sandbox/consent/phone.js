import { language, say } from './language.js';

language();
const form = /** @type {HTMLFormElement | null} */ (document.getElementById('consent'));
const error = document.getElementById('error');

/** @param {'agree' | 'refuse'} verb @param {object} body */
async function answer(verb, body) {
  if (!form || !error) return;
  const buttons = form.querySelectorAll('button');
  for (const button of buttons) button.disabled = true;
  error.replaceChildren();
  try {
    const response = await fetch(`${form.dataset.consent}/${verb}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const late = response.status === 404 || response.status === 409;
    if (!response.ok && !late) throw new Error(String(response.status));
    const { url } = late ? {} : await response.json();
    if (url) return location.assign(url);
    form.hidden = true;
    const end = document.getElementById(late ? 'late' : verb === 'agree' ? 'done' : 'turnedDown');
    if (end) end.hidden = false;
    end?.focus();
  } catch {
    delete error.dataset.says;
    say(error, 'failed');
    for (const button of buttons) button.disabled = false;
  }
}

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  const chosen = new FormData(form);
  answer('agree', { account: chosen.get('account'), permissions: chosen.getAll('permissions') });
});
document.getElementById('refuse')?.addEventListener('click', () => answer('refuse', {}));
