/** Stands in for the bridge that WeChat puts into its pages: only where a sandbox merchant is paid. */
const zh = navigator.language.toLowerCase().startsWith('zh');
const base = '/sandbox/pay';

/** @typedef {(said: { err_msg: string }) => void} Done */
/**
 * @param {unknown} parameters
 * @param {Done} done
 */
async function pay(parameters, done) {
  const answer = await fetch(`${base}/bridge`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  });
  const order = await answer.json();
  if (!answer.ok) return done(order);
  const dialog = document.createElement('dialog');
  const title = document.createElement('h2');
  title.textContent = zh ? '微信支付（沙盒）' : 'WeChat Pay (sandbox)';
  const sum = document.createElement('p');
  sum.textContent = `¥${(order.total / 100).toFixed(2)} · ${order.merchant}`;
  const yes = document.createElement('button');
  yes.id = 'bridge-pay';
  yes.textContent = zh ? '输入密码并支付' : 'Pay';
  const no = document.createElement('button');
  no.id = 'bridge-cancel';
  no.textContent = zh ? '取消' : 'Cancel';
  /** @param {string} word */
  const end = (word) => {
    dialog.close();
    dialog.remove();
    done({ err_msg: `get_brand_wcpay_request:${word}` });
  };
  yes.addEventListener('click', async () => {
    const paid = await fetch(`${base}/orders/${order.ticket}/pay`, { method: 'POST' });
    end(paid.ok ? 'ok' : 'fail');
  });
  no.addEventListener('click', () => end('cancel'));
  dialog.addEventListener('cancel', () => end('cancel'));
  dialog.append(title, sum, yes, ' ', no);
  document.body.append(dialog);
  dialog.showModal();
}

Object.assign(window, {
  WeixinJSBridge: {
    /**
     * @param {string} name
     * @param {unknown} parameters
     * @param {Done} done
     */
    invoke(name, parameters, done) {
      if (name === 'getBrandWCPayRequest') void pay(parameters, done);
    },
  },
});
document.dispatchEvent(new Event('WeixinJSBridgeReady'));
