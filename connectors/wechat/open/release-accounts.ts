/**
 * WeChat's own test accounts, five pairs of an official account and a mini-program; it takes one pair at random when a
 * platform is submitted for release (全网发布; channels/wechat.md §14). AppID and original id.
 */
const PAIRS: readonly (readonly [appId: string, ghId: string])[] = [
  ['wx570bc396a51b8ff8', 'gh_3c884a361561'],
  ['wxd101a85aa106f53e', 'gh_8dad206e9538'],
  ['wx9252c5e0bb1836fc', 'gh_c0f28a78b318'],
  ['wxc39235c15087f6f3', 'gh_905ae9d01059'],
  ['wx8e1097c5bc82cde9', 'gh_3f222ed8d140'],
  ['wx7720d01d4b2a4500', 'gh_393666f1fdf4'],
  ['wx14550af28c71a144', 'gh_26128078e9ab'],
  ['wx05d483572dcd5d8b', 'gh_39abb5d4e1b7'],
  ['wxa35b9c23cfe664eb', 'gh_2b3713f184a6'],
  ['wx5910277cae6fd970', 'gh_7818dcb60240'],
];

const appIds = new Set(PAIRS.map(([appId]) => appId));
const ghIds = new Set(PAIRS.map(([, ghId]) => ghId));

export const releaseAccounts = PAIRS;
/** By its AppID, as authorisation events name it. */
export const isReleaseAppId = (appId: string | undefined): boolean => appId !== undefined && appIds.has(appId);
/** By its original id, as messages name it. */
export const isReleaseGhId = (ghId: unknown): boolean => typeof ghId === 'string' && ghIds.has(ghId);
