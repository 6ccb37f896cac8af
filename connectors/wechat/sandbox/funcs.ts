import type { Text } from '../../connector.ts';
import type { Kind } from './ids.ts';

/** Permission sets of the platforms here (wechat.md §13), in WeChat's words. */
export const FUNCS: { id: number; mini: boolean; label: Text }[] = [
  { id: 1, mini: false, label: { zh: '消息管理', en: 'Message management' } },
  { id: 2, mini: false, label: { zh: '用户管理', en: 'User management' } },
  { id: 3, mini: false, label: { zh: '账号服务', en: 'Account services' } },
  { id: 11, mini: false, label: { zh: '素材管理', en: 'Material management' } },
  { id: 15, mini: false, label: { zh: '菜单管理', en: 'Menu management' } },
  { id: 17, mini: true, label: { zh: '获取小程序码', en: 'Mini-program codes' } },
  { id: 19, mini: true, label: { zh: '小程序客服管理', en: 'Mini-program customer service' } },
];

export const funcsOf = (kind: Kind): number[] =>
  FUNCS.filter(({ mini }) => mini === (kind === 'mini')).map(({ id }) => id);

/** The set without which an account's messages neither come nor go. */
export const messaging = (kind: Kind): number => (kind === 'mini' ? 19 : 1);
