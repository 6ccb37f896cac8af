import type { Words } from './zh.ts';

export const en: Words = {
  you: 'You', bot: 'Bot', service: 'Support', system: 'System',
  chat: 'Chat', log: 'Messages', placeholder: 'Write a message…', send: 'Send', emoji: 'Emoji', attach: 'Send a picture or file', drop: 'Drop to send',
  human: 'Talk to a person', end: 'End chat', endAsk: 'End this conversation?', yes: 'End chat', no: 'Keep chatting', close: 'Close window',
  ended: 'This conversation has ended', again: 'Continue chatting', waiting: 'Connecting you to a person', position: '{n} ahead of you', next: 'You are next', leave: 'Leave queue',
  typing: 'is typing', offline: 'Connection lost. Reconnecting…', gone: 'This chat is closed', starting: 'Connecting…', older: 'Earlier messages',
  read: 'Read', unread: 'Unread', sending: 'Sending', sent: 'Sent', failed: 'Not sent', retry: 'Try again', drop1: 'Delete', cancel: 'Cancel', quote: 'Quote', unquote: 'Remove quote',
  recalled: 'This message was taken back', image: 'Picture', video: 'Video', voice: 'Voice message', file: 'File', location: 'Location', sticker: 'Sticker', expired: 'The file has expired', fetching: 'Loading…',
  unsupported: 'This message cannot be shown here', jump: 'Go to the latest message', fresh: '{n} new', today: 'Today', yesterday: 'Yesterday', download: 'Download', enlarge: 'Enlarge',
  file_empty: 'The file is empty', file_too_large: 'Too large: pictures up to {i}, files up to {f}', file_type_refused: 'This kind of file is not accepted', network: 'Network trouble, please try again',
  stale: 'Left over from your last visit', rate_limited: 'Too fast, please wait a moment', refused: 'Could not be sent', welcome: 'Hello! How can we help you?',
};
