/** Words of the tag pickers; the desk and the settings use them. */
export const words = {
  'tags.session': '会话标签',
  'tags.contact': '客户标签',
  'tags.search': '搜索标签',
  'tags.choose': '选择标签',
  'tags.done': '完成',
  'tags.remove': '去掉标签“{name}”',
  'tags.under': '“{name}”的下级',
  'tags.single': '单选',
  'tags.none.session': '还没有会话标签。管理员可在“设置 › 标签”中添加。',
  'tags.none.contact': '还没有客户标签。管理员可在“设置 › 标签”中添加。',
  'tags.none.found': '没有相符的标签',
  'tags.more': '还有 {n} 个，请输入更多文字缩小范围',
};
