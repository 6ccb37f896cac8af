import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';

/**
 * A hub of cardboard for looking at the console: `node console/test/fake.ts`, then http://localhost:4180. SESSIONS sets
 * how many there are. It keeps everything in memory and answers without checking.
 */
const port = Number(process.env.PORT ?? 4180);
const build = join(import.meta.dirname, '..', 'build');
const many = Number(process.env.SESSIONS ?? 60);
const uuid = (kind: number, n: number) => `0199aaaa-000${kind}-7000-8000-${n.toString(16).padStart(12, '0')}`;
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

const can = {
  web: { text: 4000, image: { types: ['image/png', 'image/jpeg'], bytes: 20e6 }, file: { types: ['*/*'], bytes: 50e6 }, link: true, location: true, quote: true, recall: 60, receipts: 'read', typing: 'both' },
  line: { text: 5000, image: { types: ['image/png', 'image/jpeg'], bytes: 10e6 }, link: true, location: true, quote: true, typing: 'out', window: { quota: 'push' } },
};
const both = (zh: string, en: string) => ({ zh, en });
const members = ['林晚', '周启明', 'Amara Okoye', '何静', 'Jonas Weber'].map((name, n) => ({
  id: uuid(1, n), name, username: `user${n}`, email: n ? null : 'owner@example.com', avatar: null, role: ['owner', 'supervisor', 'agent', 'agent', 'admin'][n], status: ['online', 'busy', 'online', 'away', 'invisible'][n],
  connected: n < 4, cap: 8, serving: [3, 5, 2, 0, 1][n], groupIds: [uuid(2, n % 2)], disabled: false,
}));
const me = members[0]!;
const preferences = { language: null, theme: 'system', sendWith: 'enter', sound: true, desktop: false };
const groups = ['售前咨询', '售后服务'].map((name, n) => ({ id: uuid(2, n), name, memberIds: members.filter((one) => one.groupIds.includes(uuid(2, n))).map((one) => one.id), waiting: n + 1, createdAt: ago(9e6) }));
const style = { background: '#0c6a86', foreground: '#ffffff', size: 'medium', bottom: 24, right: 24, width: 400, height: 640, mobileHeight: 100, title: '晨光家居', announcement: '', logo: null, language: 'auto', human: true, end: true };
const channels = [
  { id: uuid(3, 0), connector: 'web', name: '官网', key: 'k3n9x2', enabled: true, groupId: null, sandbox: false, config: {}, style, health: { state: 'ok', code: null, text: null, lastInboundAt: ago(40) }, callbackUrl: null, chatUrl: 'http://localhost:4180/chat/k3n9x2', snippet: '<script src="http://localhost:4180/widget.js" data-key="k3n9x2" async></script>', createdAt: ago(8e6) },
  { id: uuid(3, 1), connector: 'line', name: 'LINE 日本站', key: 'p8d1qq', enabled: true, groupId: uuid(2, 1), sandbox: true, config: { channelId: '1650000001', channelSecret: true, accessToken: true }, style: null, health: { state: 'attention', code: 'token_rejected', text: 'Authentication failed. Confirm that the access token in the authorization header is valid.', lastInboundAt: ago(4000) }, callbackUrl: 'http://localhost:4180/webhooks/line/p8d1qq', chatUrl: null, snippet: null, createdAt: ago(7e6) },
];
const connectors = [
  { name: 'web', label: both('网页聊天', 'Web chat'), fields: [], can: can.web, hasCheck: false, sandbox: null },
  { name: 'line', label: both('LINE 官方账号', 'LINE official account'), can: can.line, hasCheck: true, sandbox: { url: '/sandbox/line' }, fields: [
    { key: 'channelId', label: both('频道 ID（Channel ID）', 'Channel ID'), help: both('LINE Developers 控制台 → 频道 → Basic settings。', 'LINE Developers console → your channel → Basic settings.'), secret: false, required: false, placeholder: '1234567890' },
    { key: 'channelSecret', label: both('频道密钥（Channel secret）', 'Channel secret'), help: both('32 位十六进制，用于校验签名。', '32 hexadecimal characters; proves that webhooks come from LINE.'), secret: true, required: true, placeholder: null },
    { key: 'accessToken', label: both('频道访问令牌', 'Channel access token'), help: null, secret: true, required: false, placeholder: null },
  ] },
];
const names = ['陈思远', '王雪', 'Tanaka Yui', '李建国', 'Sophie Martin', '黄婷婷', 'Diego Ruiz', '赵一鸣', '孙倩', 'Noah Fischer', '吴桐', '佐藤 健'];
const lasts = ['请问这款沙发还有灰色的吗？', '订单 20931 什么时候发货', 'ありがとうございます！', '好的，那我再看看', 'Could you resend the invoice?', '尺寸是多少？', 'Perfect, thanks', '我要退货，怎么操作', '[图片]', 'Is it available in Berlin?', '人工', '価格を教えてください'];

const sessions = Array.from({ length: many }, (_, n) => {
  const state = n % 9 === 3 ? 'waiting' : n % 9 === 7 ? 'bot' : n > 40 && n % 5 === 0 ? 'closed' : 'serving';
  const agent = state === 'serving' ? members[n % 4 === 1 ? 1 : n % 7 === 6 ? 2 : 0]! : null;
  return {
    id: uuid(4, n), state, seq: 60, channel: (({ id, connector, name }) => ({ id, connector, name }))(channels[n % 3 === 2 ? 1 : 0]!), contact: { id: uuid(5, n), name: names[n % names.length]! + (n >= names.length ? ` ${n}` : ''), avatar: null },
    groupId: uuid(2, n % 2), agent: agent && { id: agent.id, name: agent.name, avatar: null }, unread: state === 'waiting' ? 2 : n === 0 ? 0 : n % 5 === 2 ? 3 : 0,
    last: { text: lasts[n % lasts.length]!, type: 'text', author: n % 4 === 3 ? 'agent' : 'visitor', at: ago(n * 130 + 20) }, openedAt: ago(n * 130 + 900), waitingSince: state === 'waiting' ? ago(n * 20) : null, servedSince: agent ? ago(n * 130 + 700) : null,
    unansweredSince: n % 5 === 2 && agent ? ago(n * 70) : null, closedAt: state === 'closed' ? ago(n * 100) : null, endedBy: state === 'closed' ? 'visitor' : null, position: state === 'waiting' ? 1 + Math.floor(n / 9) : null, readSeq: 58,
  };
});
type Row = (typeof sessions)[number];
const agentAuthor = { type: 'agent', id: me.id, name: me.name };
const visitorAuthor = { type: 'visitor', id: null, name: null };
const base = { delivery: 'sent', error: null, recalledAt: null, editedAt: null, quote: null, hits: [] as unknown[] };
const script = (row: Row): Record<string, unknown>[] => {
  const rows: Record<string, unknown>[] = Array.from({ length: 40 }, (_, n) => ({ ...base, seq: 2 + n, author: n % 3 === 2 ? agentAuthor : visitorAuthor, content: { type: 'text', text: n % 3 === 2 ? `我来看一下（第 ${n} 条）` : `之前的消息 ${n}，用来测试向上翻页。` }, at: ago(90_000 - n * 60), delivery: n % 3 === 2 ? 'read' : 'sent' }));
  const add = (seq: number, author: unknown, content: unknown, at: number, more = {}) => rows.push({ ...base, seq, author, content, at: ago(at), ...more });
  add(45, visitorAuthor, { type: 'text', text: '你好，请问这款沙发还有灰色的吗？链接：https://example.com/sofa/2041?ref=home。' }, 820);
  add(46, { type: 'bot', id: null, name: null }, { type: 'text', text: '您好，欢迎光临晨光家居！输入“人工”可转接客服。' }, 818);
  add(47, visitorAuthor, { type: 'text', text: '人工' }, 790);
  add(48, { type: 'system', id: null, name: null }, { type: 'text', text: '正在为您转接人工客服，您前面还有 1 位。' }, 789);
  add(51, agentAuthor, { type: 'text', text: '您好，我是林晚。灰色目前有现货，预计 3 天内送达。' }, 640, { delivery: 'read' });
  add(52, agentAuthor, { type: 'link', title: '云朵三人沙发 · 浅灰', text: '可拆洗布套，附赠两只抱枕', url: 'https://example.com/sofa/2041' }, 632, { delivery: 'read' });
  add(53, visitorAuthor, { type: 'image', media: { url: '/favicon.svg', name: '客厅.png', width: 260, height: 180 } }, 500);
  add(54, visitorAuthor, { type: 'text', text: '这样的客厅合适吗？不合适我就投诉退款了', }, 480, { hits: [{ kind: 'reminder', word: '投诉', start: 14, end: 16 }] });
  add(55, agentAuthor, { type: 'text', text: '很合适！宽度 2.1 米，靠墙放刚好。' }, 300, { delivery: 'delivered', quote: { id: `${row.id.slice(0, -4)}0054`, author: row.contact.name, text: '这样的客厅合适吗？不合适我就投诉退款了' } });
  add(56, agentAuthor, { type: 'file', media: { url: '/favicon.svg', name: '云朵沙发-尺寸与保养说明.pdf', size: 1_482_000, mime: 'application/pdf' } }, 240);
  add(57, agentAuthor, { type: 'text', text: '这条没有送到' }, 200, { delivery: 'failed', error: { code: 'unreachable', text: 'The user has blocked the account.' } });
  add(58, visitorAuthor, { type: 'sticker', id: '11537', text: '开心' }, 90);
  add(59, visitorAuthor, { type: 'unsupported', what: 'flex', text: '优惠券' }, 60);
  add(60, visitorAuthor, { type: 'location', latitude: 31.2304, longitude: 121.4737, title: '人民广场', address: '上海市黄浦区人民大道 185 号' }, 20);
  return rows.map((one) => ({ id: `${row.id.slice(0, -4)}${String(one.seq).padStart(4, '0')}`, sessionId: row.id, ...one }));
};
const talks = new Map<string, Record<string, unknown>[]>();
const talkOf = (row: Row) => talks.get(row.id) ?? (talks.set(row.id, script(row)), talks.get(row.id)!);
const event = (seq: number, type: string, actor: unknown, at: number, data = {}) => ({ seq, type, at: ago(at), actor, data });
const events = () => [event(1, 'opened', visitorAuthor, 90_100), event(44, 'opened', visitorAuthor, 821), event(49, 'waiting', visitorAuthor, 789, { groupId: uuid(2, 0) }), event(50, 'served', agentAuthor, 700, { how: 'accepted' })];
const detailOf = (row: Row) => ({
  ...row, can: can[row.channel.connector as 'web'], window: row.channel.connector === 'line' ? { until: null, sends: null, quota: true } : null,
  may: { reply: row.agent?.id === me.id && row.state === 'serving', accept: row.state === 'waiting', transfer: row.state === 'serving' || row.state === 'waiting', end: row.agent?.id === me.id && row.state === 'serving' },
});
const contacts = new Map<string, Record<string, unknown>>();
const contactOf = (id: string) => {
  const row = sessions.find((one) => one.contact.id === id)!;
  const made = contacts.get(id) ?? { ...row.contact, phone: '138 0013 8000', email: null, company: '晨光家居', remark: '老客户，喜欢浅色系。', fields: { 会员等级: '金卡' }, createdAt: ago(5e6), identities: [{ id: uuid(6, 1), channelId: row.channel.id, connector: row.channel.connector, channelName: row.channel.name, externalId: 'U4af4980629', name: row.contact.name, reachable: true, lastSeenAt: ago(60), more: {} }] };
  contacts.set(id, made);
  return made;
};
const replies = [
  { id: uuid(7, 0), name: '欢迎语', type: 'welcome', enabled: true, channelIds: [], keywords: [], replies: [{ type: 'text', text: '您好，欢迎光临！输入“人工”可转接客服。' }], mode: 'all', order: 0 },
  { id: uuid(7, 1), name: '发货时间', type: 'keyword', enabled: true, channelIds: [channels[0]!.id], keywords: [{ text: '发货', match: 'contains' }, { text: '物流', match: 'contains' }, { text: '到哪了', match: 'equals' }], replies: [{ type: 'text', text: '下单后 48 小时内发货。' }, { type: 'link', title: '查询物流', url: 'https://example.com/track' }], mode: 'random', order: 1 },
];
let words = ['r', '人工', '转人工', '垃圾', '骗子', '投诉', '退款', '媒体曝光'].map((text, n) => ({ id: uuid(8, n), kind: ['forced-human', 'forced-human', 'forced-human', 'forbidden', 'forbidden', 'reminder', 'sensitive', 'sensitive'][n], text, match: n < 1 ? 'equals' : 'contains', groupId: null }));
const documents: Record<string, { version: number; document: unknown }> = {
  reception: { version: 3, document: { mode: 'bot', fallback: '', queued: '', noAgent: '', closing: '', silentKeyword: true, showAgentName: true, dispatcher: '' } },
  routing: { version: 1, document: { rules: [], fallbackGroupId: null } },
};
const alerts = [{ id: uuid(9, 0), kind: 'reminder', at: ago(480), sessionId: sessions[0]!.id, channelId: null, member: null, text: '这样的客厅合适吗？不合适我就投诉退款了', words: ['投诉'], seen: false }, { id: uuid(9, 1), kind: 'channel', at: ago(3000), sessionId: null, channelId: channels[1]!.id, member: null, text: 'LINE 日本站：访问令牌被拒绝', words: [], seen: true }];
const parked = [{ id: uuid(9, 5), channelId: channels[1]!.id, connector: 'line', at: ago(7200), error: 'TypeError: cannot read properties of undefined', bytes: 1834, attempts: 1, replayedAt: null }];

const screens = new Set<WebSocket>();
const tell = (frame: unknown) => screens.forEach((one) => one.send(JSON.stringify(frame)));
let seq = 100;
const speak = (row: Row, message: Record<string, unknown>) => {
  const whole = { ...base, seq: ++seq, sessionId: row.id, at: new Date().toISOString(), ...message } as Record<string, unknown>;
  talkOf(row).push(whole);
  row.seq = seq;
  row.last = { text: (whole.content as { text?: string }).text ?? '', type: (whole.content as { type: string }).type, author: (whole.author as { type: string }).type, at: whole.at as string };
  if (row.last.author === 'visitor') row.unread++;
  tell({ type: 'session', session: row });
  tell({ type: 'message', message: whole });
  return whole;
};
class Problem extends Error { status: number; body: unknown; constructor(status: number, code: string, more = {}) { super(code); this.status = status; this.body = { status, code, title: code, type: '', ...more }; } }

function answer(method: string, path: string, query: URLSearchParams, body: Record<string, any>): unknown {
  const at = (pattern: RegExp) => pattern.exec(path)?.slice(1);
  let part: string[] | undefined;
  const view = query.get('view');
  if (path === '/setup') return { needsOwner: process.env.SETUP === '1', sandbox: true };
  if (path === '/me') { const { preferences: wish, ...rest } = body; Object.assign(preferences, wish); Object.assign(me, rest); return { member: me, organisation: { id: uuid(0, 0), name: '晨光家居' }, preferences, sandbox: true }; }
  if (path === '/sessions/counts') { const open = sessions.filter((one) => one.state !== 'closed'); const mine = open.filter((one) => one.agent?.id === me.id); return { mine: mine.length, waiting: open.filter((one) => one.state === 'waiting').length, all: open.length, unread: mine.reduce((sum, one) => sum + one.unread, 0) }; }
  if (path === '/sessions') {
    const q = query.get('q');
    const found = sessions.filter((one) => (view === 'closed' ? one.state === 'closed' : one.state !== 'closed') && (view !== 'mine' || one.agent?.id === me.id) && (view !== 'waiting' || one.state === 'waiting') && (!q || one.contact.name.includes(q) || one.last.text.includes(q)) && (!query.get('channelId') || one.channel.id === query.get('channelId')));
    const from = Number(query.get('cursor') ?? 0);
    return { items: found.slice(from, from + 100), next: from + 100 < found.length ? String(from + 100) : null };
  }
  if ((part = at(/^\/sessions\/([^/]+)(?:\/(\w+))?(?:\/([^/]+)\/(\w+))?$/))) {
    const row = sessions.find((one) => one.id === part![0]);
    if (!row) throw new Problem(404, 'not_found');
    const [, act, messageId, verb] = part;
    if (messageId) {
      const message = talkOf(row).find((one) => one.id === messageId)!;
      if (verb === 'recall') Object.assign(message, { content: null, recalledAt: new Date().toISOString() });
      if (verb === 'retry') Object.assign(message, { delivery: 'sent', error: null });
      return message;
    }
    if (act === 'messages' && method === 'POST') {
      const text = body.content.text as string | undefined;
      if (text?.includes('垃圾')) throw new Problem(422, 'forbidden_word', { hits: [{ word: '垃圾', start: text.indexOf('垃圾'), end: text.indexOf('垃圾') + 2 }] });
      const quoted = talkOf(row).find((one) => one.id === body.quoteId);
      const sent = speak(row, { id: body.id, author: agentAuthor, content: body.content, quote: quoted ? { id: quoted.id, author: row.contact.name, text: (quoted.content as any)?.text ?? '' } : null });
      setTimeout(() => tell({ type: 'message', message: Object.assign(sent, { delivery: 'read' }) }), 900);
      if (text?.startsWith('/')) {
        setTimeout(() => tell({ type: 'typing', sessionId: row.id, by: 'visitor', name: null, text: '好的，那' }), 600);
        setTimeout(() => speak(row, { id: crypto.randomUUID(), author: visitorAuthor, content: { type: 'text', text: `好的，收到 ${text.slice(1)}` } }), 2000);
      }
      return sent;
    }
    if (act === 'messages') {
      const all = talkOf(row);
      const until = Number(query.get('before') ?? 1e9);
      const older = all.filter((one) => (one.seq as number) < until);
      const page = older.slice(-(Number(query.get('limit') ?? 50) > 20 ? 20 : 20));
      const first = page[0]?.seq as number;
      return { messages: page, events: events().filter((one) => one.seq >= (older.length > page.length ? first : 0) && one.seq < until), before: older.length > page.length ? first : null };
    }
    if (act === 'accept') Object.assign(row, { state: 'serving', agent: { id: me.id, name: me.name, avatar: null }, servedSince: new Date().toISOString(), waitingSince: null, position: null, seq: ++seq });
    if (act === 'end') Object.assign(row, { state: 'closed', closedAt: new Date().toISOString(), endedBy: 'agent', seq: ++seq });
    if (act === 'transfer') Object.assign(row, { agent: members.find((one) => one.id === body.memberId) ?? null, state: body.groupId ? 'waiting' : 'serving', seq: ++seq });
    if (act === 'seen') row.unread = 0;
    if (method === 'POST') tell({ type: 'session', session: row });
    return detailOf(row);
  }
  if ((part = at(/^\/contacts\/([^/]+)\/sessions$/))) return { items: sessions.filter((one) => one.contact.id === part![0]).concat(sessions.slice(45, 47)), next: null };
  if ((part = at(/^\/contacts\/([^/]+)$/))) { if (body.email === 'x') throw new Problem(400, 'invalid_input', { errors: [{ path: 'email', message: 'bad' }] }); return Object.assign(contactOf(part[0]!), body); }
  const list = { members, groups, channels, connectors, 'auto-replies': replies, alerts, parked }[path.split('/')[1]!] as Record<string, any>[] | undefined;
  if (list) {
    const [, , id, act] = path.split('/');
    const one = id ? list.find((item) => item.id === id) : undefined;
    if (act === 'check') return { points: [{ ok: true, what: both('访问令牌有效', 'The access token works'), mend: null }, { ok: false, what: both('回调地址尚未设置', 'The webhook URL is not set'), mend: both('在 LINE Developers → Messaging API 中粘贴上面的回调地址并开启 Use webhook。', 'Paste the callback URL above under Messaging API and turn on “Use webhook”.') }] };
    if (method === 'GET') return one ?? { items: list, next: null };
    if (method === 'DELETE') { list.splice(list.indexOf(one!), 1); return {}; }
    if (method === 'PATCH' && one) return Object.assign(one, body, body.config && { config: { ...one.config, ...body.config } });
    if (id === 'seen' || id === 'order') return {};
    if (method === 'POST' && !id) { const made = { ...channels[0], ...members[3], waiting: 0, order: 9, createdAt: ago(0), ...body, id: crypto.randomUUID() }; list.push(made); return made; }
    return {};
  }
  if (path === '/words/try') return { hits: words.flatMap((word) => { const start = body.text.indexOf(word.text); return start < 0 ? [] : [{ kind: word.kind, word: word.text, start, end: start + word.text.length }]; }) };
  if (path === '/words' && method === 'POST') { const fresh = body.words.filter((one: any) => !words.some((word) => word.text === one.text && word.kind === body.kind)); words = [...words, ...fresh.map((one: any) => ({ id: crypto.randomUUID(), kind: body.kind, match: 'contains', groupId: null, ...one }))]; return { added: fresh.length, skipped: body.words.length - fresh.length }; }
  if (path.startsWith('/words') && method === 'DELETE') { words = words.filter((one) => (query.get('kind') ? one.kind !== query.get('kind') : !path.endsWith(one.id))); return {}; }
  if (path === '/words') { const found = words.filter((one) => one.kind === query.get('kind') && one.text.includes(query.get('q') ?? '')); return { items: found, next: null, total: found.length }; }
  if ((part = at(/^\/settings\/(\w+)$/))) { const doc = documents[part[0]!]!; if (method === 'PUT') documents[part[0]!] = { version: doc.version + 1, document: body.document }; return documents[part[0]!]; }
  if (path === '/media') return { id: crypto.randomUUID(), url: '/favicon.svg', previewUrl: null, mime: 'image/png', size: 1234, name: 'image.png', width: 200, height: 160 };
  throw new Problem(404, 'not_found');
}

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html', '.svg': 'image/svg+xml', '.json': 'application/json' };
const server = createServer(async (request, response) => {
  const url = new URL(request.url!, 'http://localhost');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (url.pathname.startsWith('/api/')) {
    const json = request.headers['content-type']?.includes('json') && chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : {};
    try {
      const value = url.pathname.startsWith('/api/auth') ? {} : answer(request.method!, url.pathname.slice('/api/v1'.length), url.searchParams, json);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem(500, 'internal');
      if (!(error instanceof Problem)) console.error(error);
      response.writeHead(problem.status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem.body));
    }
    return;
  }
  const file = join(build, extname(url.pathname) ? url.pathname : 'index.html');
  const text = await readFile(file).catch(() => null);
  if (text) response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(text);
  else response.writeHead(404).end();
});
new WebSocketServer({ server, path: '/live' }).on('connection', (socket) => {
  screens.add(socket);
  socket.on('close', () => screens.delete(socket));
  socket.on('message', () => {});
  socket.send(JSON.stringify({ type: 'ready', memberId: me.id, hub: 'fake' }));
});
server.listen(port, () => console.log(`http://localhost:${port}`));
