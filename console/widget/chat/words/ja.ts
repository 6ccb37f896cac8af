import type { Words } from './zh.ts';

export const ja: Words = {
  you: '自分', bot: 'ボット', service: 'サポート', system: 'システム',
  chat: 'チャット', log: 'メッセージ', placeholder: 'メッセージを入力…', send: '送信', emoji: '絵文字', attach: '画像・ファイルを送る', drop: 'ドロップして送信',
  human: '担当者につなぐ', end: 'チャットを終了', endAsk: 'このチャットを終了しますか？', yes: '終了する', no: '続ける', close: 'ウィンドウを閉じる',
  ended: 'チャットは終了しました', again: '続けて相談する', waiting: '担当者におつなぎしています', position: 'あと {n} 名お待ちです', next: '次にご案内します', leave: '順番待ちをやめる',
  typing: '入力中', offline: '接続が切れました。再接続しています…', gone: 'このチャットは現在ご利用いただけません', starting: '接続しています…', older: '以前のメッセージ',
  read: '既読', unread: '未読', sending: '送信中', sent: '送信済み', failed: '送信できませんでした', retry: '再送信', drop1: '削除', cancel: 'キャンセル', quote: '引用', unquote: '引用を取り消す',
  recalled: 'メッセージの送信が取り消されました', image: '画像', video: '動画', voice: '音声', file: 'ファイル', location: '位置情報', sticker: 'スタンプ', expired: 'ファイルの有効期限が切れました', fetching: '読み込み中…',
  unsupported: 'このメッセージは表示できません', jump: '最新のメッセージへ', fresh: '新着 {n} 件', today: '今日', yesterday: '昨日', download: 'ダウンロード', enlarge: '拡大',
  file_empty: 'ファイルが空です', file_too_large: 'サイズが大きすぎます（画像 {i}、ファイル {f} まで）', file_type_refused: 'この形式のファイルは送信できません', network: '通信が不安定です。もう一度お試しください',
  stale: '前回送信されませんでした', rate_limited: '送信が速すぎます。少しお待ちください', refused: '送信できませんでした', welcome: 'こんにちは。ご用件をお聞かせください。',
};
