export const zh = {
  you: '我', bot: '机器人', service: '客服', system: '系统',
  chat: '在线客服', log: '聊天记录', placeholder: '输入消息…', send: '发送', emoji: '表情', attach: '发送图片或文件', drop: '松开即可发送',
  human: '转人工', end: '结束会话', endAsk: '确定结束本次会话吗？', yes: '结束', no: '继续聊', close: '关闭窗口',
  ended: '会话已结束', again: '继续咨询', waiting: '正在为您转接人工客服', position: '前面还有 {n} 位，请稍候', next: '您是下一位，请稍候', leave: '取消排队',
  typing: '正在输入', offline: '网络已断开，正在重新连接…', gone: '该咨询入口已关闭', starting: '正在连接…', older: '查看更早的消息',
  read: '已读', unread: '未读', sending: '发送中', sent: '已发送', failed: '发送失败', retry: '重试', drop1: '删除', cancel: '取消', quote: '引用', unquote: '取消引用',
  recalled: '消息已撤回', image: '图片', video: '视频', voice: '语音', file: '文件', location: '位置', sticker: '表情', expired: '文件已过期', fetching: '正在加载…',
  unsupported: '暂不支持显示此消息', jump: '回到最新消息', fresh: '{n} 条新消息', today: '今天', yesterday: '昨天', download: '下载', enlarge: '查看大图',
  file_empty: '文件是空的', file_too_large: '文件太大，图片不超过 {i}，文件不超过 {f}', file_type_refused: '不支持这种文件', network: '网络不稳定，请重试',
  stale: '上次没有发出', rate_limited: '发送太快了，请稍后再试', refused: '没有发送成功', welcome: '您好，请问有什么可以帮您？',
};
export type Words = typeof zh;
