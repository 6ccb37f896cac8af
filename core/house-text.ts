/** What the house itself says to a customer when the organisation wrote nothing of its own. */
const TEXTS = {
  welcome: {
    zh: '您好，欢迎咨询，请问有什么可以帮您？',
    en: 'Hello and welcome. How can we help?',
    ja: 'お問い合わせありがとうございます。ご用件をお聞かせください。',
  },
  menu: { zh: '请选择您要咨询的内容：', en: 'What is it about?', ja: 'ご用件をお選びください。' },
  greeting: {
    zh: '您好，您的消息已收到，我们会尽快为您处理。',
    en: 'Thank you, we have your message and will see to it.',
    ja: 'メッセージを受け取りました。順次ご対応いたします。',
  },
  queued: {
    zh: '正在为您转接人工客服，请稍候。',
    en: 'Connecting you to a person, one moment please.',
    ja: '担当者におつなぎしています。少々お待ちください。',
  },
  busy: {
    zh: '客服正忙，请稍候，我们会按顺序为您接通。',
    en: 'Everybody is busy right now. We will connect you as soon as it is your turn.',
    ja: 'ただいま担当者の手が空いておりません。順番におつなぎしますので、お待ちください。',
  },
  noAgent: {
    zh: '当前没有客服在线，已为您排队，客服上线后会尽快回复您。您可以先写下问题。',
    en: 'Nobody is online right now. You are in the queue and will be answered as soon as somebody is back. You can write your question here.',
    ja: '現在対応できる担当者がおりません。順番待ちに入りましたので、担当者が戻り次第ご返信します。ご用件をお書きください。',
  },
  still: {
    zh: '您仍在排队，请稍候。',
    en: 'You are still in the queue, one moment please.',
    ja: '引き続き順番待ちの状態です。',
  },
  place: {
    zh: '您排在第 {position} 位。',
    en: 'You are number {position} in the queue.',
    ja: '現在 {position} 番目です。',
  },
  wait: {
    zh: '预计等待时间：{wait}。',
    en: 'Estimated wait: {wait}.',
    ja: '待ち時間の目安：{wait}。',
  },
  offHours: {
    zh: '现在是非工作时间，没有人工客服在线。',
    en: 'We are closed right now.',
    ja: 'ただいま営業時間外です。',
  },
  opens: {
    zh: '人工客服将于 {hours} 上线。',
    en: 'Somebody will be here again {hours}.',
    ja: '次の受付開始は {hours} です。',
  },
  nobody: { zh: '当前没有客服在线。', en: 'Nobody is online right now.', ja: '現在対応できる担当者がおりません。' },
  full: {
    zh: '当前客服均在服务中，暂时无法接通。',
    en: 'Everybody is busy and cannot take more conversations right now.',
    ja: 'ただいま担当者が全員対応中のため、おつなぎできません。',
  },
  leave: {
    zh: '请直接留言，写下您的问题和联系方式，我们会尽快联系您。',
    en: 'Please leave a message: write your question and how to reach you, and we will get back to you.',
    ja: 'ご用件とご連絡先をお書きください。折り返しご連絡いたします。',
  },
  leftMessage: {
    zh: '您的留言已收到，我们会尽快与您联系。',
    en: 'We have your message and will get back to you.',
    ja: 'メッセージを承りました。折り返しご連絡いたします。',
  },
  botStays: {
    zh: '现在由智能助手为您服务，请直接描述您的问题。',
    en: 'Our assistant is looking after you right now. Please describe your question.',
    ja: 'ただいま自動応答でご案内しています。ご質問をお書きください。',
  },
  left: { zh: '您已退出排队。', en: 'You have left the queue.', ja: '順番待ちを終了しました。' },
  closed: {
    zh: '本次会话已结束，感谢您的咨询。',
    en: 'This conversation has ended. Thank you.',
    ja: 'この会話は終了しました。ありがとうございました。',
  },
  rated: {
    zh: '感谢您的评价。',
    en: 'Thank you for your rating.',
    ja: '評価いただきありがとうございました。',
  },
  ratedBefore: {
    zh: '您已经评价过了，感谢您的反馈。',
    en: 'You have rated already. Thank you.',
    ja: 'すでに評価をいただいています。ありがとうございました。',
  },
  rateOver: {
    zh: '评价已超过有效时间，无法提交。',
    en: 'This rating is closed; it can no longer be given.',
    ja: '評価の受付期間は終了しました。',
  },
  rateLater: {
    zh: '客服接待后即可评价。',
    en: 'You can rate once somebody has served you.',
    ja: '担当者の対応後に評価いただけます。',
  },
  taken: { zh: '客服正在为您服务。', en: 'Somebody is with you now.', ja: '担当者がご対応いたします。' },
  takenBy: {
    zh: '客服 {agent} 正在为您服务。',
    en: '{agent} is with you now.',
    ja: '{agent} がご対応いたします。',
  },
  moved: {
    zh: '您的会话已转接至 {group}。',
    en: 'Your conversation has been passed on to {group}.',
    ja: '{group} におつなぎしました。',
  },
  requeued: {
    zh: '正在为您重新安排客服。',
    en: 'We are looking for somebody else for you.',
    ja: '別の担当者をお探ししています。',
  },
  joined: { zh: '{agent} 加入了会话。', en: '{agent} has joined.', ja: '{agent} が参加しました。' },
  parted: { zh: '{agent} 离开了会话。', en: '{agent} has left.', ja: '{agent} が退出しました。' },
  leaveOption: { zh: '留言', en: 'Leave a message', ja: '伝言を残す' },
  quitOption: { zh: '退出排队', en: 'Leave the queue', ja: '順番待ちをやめる' },
} as const;

export type HouseText = keyof typeof TEXTS;
export type HouseLanguage = 'zh' | 'en' | 'ja';

/** The house speaks three languages; whatever else a customer speaks, English. Nothing known: Chinese. */
export function houseLanguage(tag: string | null | undefined): HouseLanguage {
  const primary = tag?.slice(0, 2).toLowerCase();
  return primary === 'ja' ? 'ja' : primary === 'zh' || !primary ? 'zh' : 'en';
}

/** The organisation's own wording, unless it is blank; else the house's. `{name}` is replaced where `values` has it. */
export function houseText(
  key: HouseText,
  language: HouseLanguage,
  own = '',
  values: Record<string, string | number> = {},
): string {
  return (own.trim() ? own : TEXTS[key][language]).replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}
