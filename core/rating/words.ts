import type { HouseLanguage } from '../house-text.ts';

/** What an invitation says where the organisation wrote nothing of its own. Stars: one to five. */
export const WORDS: Record<
  HouseLanguage,
  { guide: string; stars: readonly string[]; solved: string; yes: string; no: string; tags: string }
> = {
  zh: {
    guide: '请对本次服务进行评价：',
    stars: ['非常不满意', '不满意', '一般', '满意', '非常满意'],
    solved: '您的问题是否已解决？',
    yes: '已解决',
    no: '未解决',
    tags: '请选择评价标签后再提交。',
  },
  en: {
    guide: 'How was our service?',
    stars: ['Very poor', 'Poor', 'Fair', 'Good', 'Very good'],
    solved: 'Was your question solved?',
    yes: 'Yes',
    no: 'No',
    tags: 'Please choose what fits before you send your rating.',
  },
  ja: {
    guide: '今回の対応はいかがでしたか。',
    stars: ['とても不満', '不満', '普通', '満足', 'とても満足'],
    solved: 'ご用件は解決しましたか。',
    yes: '解決した',
    no: '解決していない',
    tags: '当てはまる項目を選んでから送信してください。',
  },
};
