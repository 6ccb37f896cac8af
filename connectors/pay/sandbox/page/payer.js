/** The payer's page: what can be scanned, one order to pay or to refuse, and the switches. */
const zh = navigator.language.toLowerCase().startsWith('zh');
document.documentElement.lang = zh ? 'zh-CN' : 'en';
/**
 * @typedef {{ ticket: string; merchant: string; description: string; total: number; state: string }} Order
 * @typedef {{ id: string; label: { zh: string; en: string } }} Spec
 */
/**
 * @param {string} inZh
 * @param {string} inEn
 */
const say = (inZh, inEn) => (zh ? inZh : inEn);
const base = '/sandbox/pay';
const main = /** @type {HTMLElement} */ (document.getElementById('main'));
/** @param {number} fen */
const money = (fen) => `¥${(fen / 100).toFixed(2)}`;
/** @type {Record<string, string>} */
const STATES = {
  NOTPAY: say('待支付', 'To be paid'),
  SUCCESS: say('已支付', 'Paid'),
  CLOSED: say('已关闭', 'Closed'),
  REFUND: say('已转入退款', 'Refunded'),
};

/**
 * An element; texts are text nodes: merchants wrote them.
 * @param {string} name
 * @param {Record<string, string | boolean | ((event: Event) => void)>} attributes
 * @param {(Node | string)[]} children
 */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key.slice(2), value);
    else if (value !== false) element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children);
  return element;
}

/** @param {string} ticket */
async function one(ticket) {
  const answer = await fetch(`${base}/orders/${encodeURIComponent(ticket)}`);
  if (!answer.ok)
    return main.replaceChildren(make('p', { role: 'alert' }, say('没有这个订单。', 'There is no such order.')));
  /** @type {Order} */
  const order = await answer.json();
  const open = order.state === 'NOTPAY';
  const pay = async () => {
    await fetch(`${base}/orders/${encodeURIComponent(ticket)}/pay`, { method: 'POST' });
    await one(ticket);
  };
  const refuse = () => {
    status.textContent = say('你取消了支付。', 'You did not pay.');
  };
  const status = make('p', { role: 'status' }, open ? '' : (STATES[order.state] ?? order.state));
  main.replaceChildren(
    make(
      'section',
      { class: 'card' },
      make('h1', {}, say('微信支付（沙盒）', 'WeChat Pay (sandbox)')),
      make('p', {}, order.merchant),
      make('p', { class: 'sum' }, money(order.total)),
      make('p', { class: 'soft' }, order.description),
      status,
      ...(open
        ? [
            make(
              'div',
              { class: 'buttons' },
              make('button', { class: 'primary', id: 'pay', onclick: pay }, say('立即支付', 'Pay now')),
              make('button', { id: 'refuse', onclick: refuse }, say('取消', 'Cancel')),
            ),
          ]
        : []),
    ),
    make('p', {}, make('a', { href: base }, say('全部订单', 'All orders'))),
  );
}

async function all() {
  /** @type {{ items: Order[]; faults: { specs: Spec[]; values: Record<string, boolean> } }} */
  const { items, faults } = await (await fetch(`${base}/orders`)).json();
  const orders = items.map((order) =>
    make(
      'li',
      {},
      make(
        'a',
        { href: `${base}/scan/${order.ticket}` },
        make('span', {}, order.description),
        make('small', {}, STATES[order.state] ?? order.state),
        make('b', {}, money(order.total)),
      ),
    ),
  );
  /** @param {string} id @returns {(event: Event) => void} */
  const flip = (id) => (event) =>
    void fetch(`${base}/control/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ [id]: /** @type {HTMLInputElement} */ (event.target).checked }),
    });
  const switches = faults.specs.map((spec) =>
    make(
      'li',
      {},
      make(
        'label',
        {},
        make('input', { type: 'checkbox', checked: faults.values[spec.id] === true, onchange: flip(spec.id) }),
        say(spec.label.zh, spec.label.en),
      ),
    ),
  );
  main.replaceChildren(
    make(
      'section',
      { class: 'card' },
      make('h1', {}, say('微信用户的手机（沙盒）', 'A WeChat user’s phone (sandbox)')),
      orders.length
        ? make('ul', {}, ...orders)
        : make('p', { class: 'soft' }, say('还没有可扫的订单。', 'Nothing to scan yet.')),
    ),
    make(
      'section',
      { class: 'card' },
      make('h1', {}, say('让它出错', 'Make it misbehave')),
      make('ul', {}, ...switches),
    ),
  );
}

const ticket = /\/scan\/([\w-]+)$/.exec(location.pathname)?.[1];
if (ticket) await one(ticket);
else {
  await all();
  setInterval(() => document.activeElement?.tagName !== 'INPUT' && all(), 3000);
}
