import type { WeiboAccount } from './accounts.ts';
import type { Bound } from './developer.ts';

export const stylesheet = `
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
body { max-width: 34rem; margin: 2rem auto; padding: 0 1rem; }
form { display: grid; gap: 1rem; }
label { display: grid; gap: .25rem; }
input, select, button { font: inherit; padding: .5rem .75rem; border: 1px solid #8886; border-radius: .5rem; }
button { background: #c2410c; border-color: #c2410c; color: #fff; justify-self: start; cursor: pointer; }
.good, .bad { padding: .75rem 1rem; border-radius: .5rem; border: 1px solid; overflow-wrap: anywhere; }
.good { border-color: #15803d; }
.bad { border-color: #b91c1c; }
code { user-select: all; }
`;

/** 开发者中心 in both languages at once: it is a page of the platform's, seen once or twice. */
export function developerPage(mount: string, accounts: WeiboAccount[], chosen?: string, bound?: Bound): string {
  const current = accounts.find(({ uid }) => uid === chosen) ?? accounts[0];
  const options = accounts.map(
    ({ uid, name }) =>
      `<option value="${uid}"${uid === current?.uid ? ' selected' : ''}>${escaped(name)} (UID ${uid})</option>`,
  );
  const base = escaped(new URL(mount).pathname.replace(/\/$/, ''));
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>开发者中心 · Developer centre</title>
<link rel="stylesheet" href="${base}/developer/page.css">
<h1>开发者中心</h1>
<p>创作者中心 → 粉丝服务 → 开发者中心（沙箱）<br>Where an account’s owner enters URL and AppKey (sandbox).</p>
${told(bound)}
<form method="post" action="${base}/developer">
<label>账号 · Account<select name="account">${options.join('')}</select></label>
<label>URL<input name="url" type="url" required value="${escaped(current?.callbackUrl ?? '')}"></label>
<label>AppKey<input name="appKey" inputmode="numeric" required value="${escaped(current?.app.appKey ?? '')}"></label>
<button>启用 · Switch on</button>
</form>
</html>`;
}

function told(bound: Bound | undefined): string {
  if (!bound) return '';
  if ('token' in bound)
    return `<p class="good" role="status">已启用 · Switched on.<br>access_token: <code>${escaped(bound.token)}</code></p>`;
  return `<p class="bad" role="alert">${escaped(bound.why.zh)}<br>${escaped(bound.why.en)}</p>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
