/** Every word of the page in both languages. `?lang=zh` or `?lang=en` overrules the browser. */
const words = {
  zh: {
    people: '顾客', newPerson: '新顾客名字', add: '添加', account: '官方账号', phone: '手机', bench: '实验台', close: '关闭', cancel: '取消',
    intro: '这里扮演平台和平台上的顾客。在手机里说的话会以真实签名推送给系统，客服的回复会出现在手机上。',
    conversation: '对话', message: '输入消息', more: '更多', stickers: '贴图', send: '发送', menu: '快捷菜单', quoting: '引用',
    image: '图片', video: '视频', voice: '语音文件', file: '文件', location: '位置', preset: '常用地点', placeName: '名称', address: '地址',
    latitude: '纬度', longitude: '经度', custom: '自定义', faults: '故障', log: '请求', details: '账号', logEmpty: '还没有请求。',
    offline: '与沙箱的连接断开，正在重连…', as: '身份：{0}', sending: '发送中', sent: '已送达', failed: '未送达', read: '已读',
    unsent: '已收回一条消息', unsentByMe: '你收回了一条消息', reply: '引用', unsend: '收回', copy: '复制', actions: '消息操作', today: '今天', yesterday: '昨天',
    typing: '正在输入', sticker: '贴图', action: '点按：{0}', unknown: '未知消息：{0}', open: '打开',
    delivery: '推送', api: '接口', accountGroup: '账号', reset: '全部恢复正常', callback: 'Webhook 地址', noCallback: '尚未设置 Webhook 地址，顾客的消息不会送出。',
    credentials: '连接凭据', recordings: '回放录制的事件', replay: '推送', copied: '已复制', empty: '还没有消息。打个招呼吧。',
    tooLong: '最多 {0} 个字符', uploadFailed: '上传失败', failedRequest: '操作失败：{0}', switchLanguage: 'English', out: '推送到系统', in: '系统调用',
    request: '请求内容', response: '应答内容', noAnswer: '无应答', you: '你', friend: '好友', notFriend: '非好友',
  },
  en: {
    people: 'Customers', newPerson: 'New customer', add: 'Add', account: 'Official account', phone: 'Phone', bench: 'Bench', close: 'Close', cancel: 'Cancel',
    intro: 'This plays the platform and the customers on it. What you say on the phone is pushed to the hub with a true signature; what agents answer shows up on the phone.',
    conversation: 'Conversation', message: 'Message', more: 'More', stickers: 'Stickers', send: 'Send', menu: 'Menu', quoting: 'Quoting',
    image: 'Picture', video: 'Video', voice: 'Sound file', file: 'File', location: 'Location', preset: 'Well-known place', placeName: 'Name', address: 'Address',
    latitude: 'Latitude', longitude: 'Longitude', custom: 'Custom', faults: 'Faults', log: 'Requests', details: 'Account', logEmpty: 'No requests yet.',
    offline: 'Lost the sandbox, reconnecting…', as: 'as {0}', sending: 'Sending', sent: 'Delivered', failed: 'Not delivered', read: 'Read',
    unsent: 'A message was taken back', unsentByMe: 'You took back a message', reply: 'Quote', unsend: 'Unsend', copy: 'Copy', actions: 'Message actions', today: 'Today', yesterday: 'Yesterday',
    typing: 'Typing', sticker: 'Sticker', action: 'Tapped: {0}', unknown: 'Unknown message: {0}', open: 'Open',
    delivery: 'Deliveries', api: 'API', accountGroup: 'Account', reset: 'Behave again', callback: 'Webhook address', noCallback: 'No webhook address yet: what customers say goes nowhere.',
    credentials: 'Credentials', recordings: 'Replay a recorded event', replay: 'Deliver', copied: 'Copied', empty: 'No messages yet. Say hello.',
    tooLong: 'At most {0} characters', uploadFailed: 'Upload failed', failedRequest: 'Did not work: {0}', switchLanguage: '中文', out: 'Pushed to the hub', in: 'Called by the hub',
    request: 'Request', response: 'Answer', noAnswer: 'no answer', you: 'You', friend: 'friend', notFriend: 'no friend',
  },
};

const asked = new URLSearchParams(location.search).get('lang') ?? navigator.language;
export const lang = asked.toLowerCase().startsWith('zh') ? 'zh' : 'en';
export const locale = lang === 'zh' ? 'zh-CN' : 'en-GB';

/** @param {keyof typeof words.en} key */
export function t(key, ...values) {
  return values.reduce((text, value, i) => text.replace(`{${i}}`, String(value)), words[lang][key]);
}

/** The right half of a text in both languages. */
export const pick = (text) => text?.[lang] ?? '';

/** Fills in what the page itself holds. */
export function translatePage() {
  document.documentElement.lang = locale;
  for (const element of document.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll('[data-t-label]')) element.setAttribute('aria-label', t(element.dataset.tLabel));
  for (const element of document.querySelectorAll('[data-t-placeholder]')) element.placeholder = t(element.dataset.tPlaceholder);
}
