import type { WechatAccount } from './accounts.ts';
import type { Component } from './components.ts';
import type { Fields, Wrapping } from './envelope.ts';
import { messaging } from './funcs.ts';
import { aesKeyOf } from './ids.ts';
import type { Platform } from './platform.ts';
import { urls } from './urls.ts';

/** Somebody who listens for an account. */
export interface Receiver {
  url: string;
  wrapping: Wrapping;
  /** WeChat's own handshake, before the first push to an account's own address. */
  account?: WechatAccount;
}
/** Events of the menu come only where menus were granted too. */
const OF_MENUS = new Set(['CLICK', 'VIEW', 'view_miniprogram']);
const MENUS = 15;

/** All of them get every push (wechat.md §1): the account's own server and every platform it is authorised to. */
export function receivers(platform: Platform, account: WechatAccount, openId: string, own: Fields): Receiver[] {
  const { grants, components } = platform;
  const held = components.all().filter((component) => {
    if (!component.url) return false;
    const grant = grants.get(component.appId, account.appId);
    // Whether it was authorised before our last start is forgotten; a platform drops what is not its own.
    if (!grant) return !account.server.url && grants.holders(account.appId).length === 0;
    const has = (func: number) => grant.funcs.includes(func);
    return !grant.revoked && has(messaging(account.kind)) && (!OF_MENUS.has(String(own.Event)) || has(MENUS));
  });
  const all = held.map((component) => throughComponent(platform, component, account, openId));
  if (account.server.url) all.push(direct(platform, account, openId));
  return all;
}

function direct(platform: Platform, account: WechatAccount, openId: string): Receiver {
  const { faults } = platform;
  const { url, token, aesKey } = account.server;
  const mode = faults.on('plainMode') ? 'plain' : faults.on('compatibleMode') ? 'compatible' : 'safe';
  const json = account.kind === 'mini' && !faults.on('miniXml');
  const wrapping = { token, aesKey, receiveId: account.appId, mode, json, openId } as const;
  return {
    url,
    account,
    wrapping: spoilt(platform, { ...wrapping, outer: { ToUserName: account.userName } }, account.server.previousAesKey),
  };
}

/** … in the hands of a platform: its keys, its address. */
export function throughComponent(
  platform: Platform,
  component: Component,
  account: WechatAccount,
  openId: string,
): Receiver {
  const wrapping = ofComponent(platform, component, { ToUserName: account.userName });
  return { url: urls(component).messages(account.appId), wrapping: { ...wrapping, openId } };
}

export function ofComponent(
  platform: Platform,
  { token, aesKey, previousAesKey, appId }: Component,
  outer: Wrapping['outer'],
): Wrapping {
  return spoilt(platform, { token, aesKey, receiveId: appId, mode: 'safe', json: false, outer }, previousAesKey);
}

/** As the switches want it. */
function spoilt({ faults, host }: Platform, wrapping: Wrapping, previousAesKey: string | undefined): Wrapping {
  const old = previousAesKey ?? aesKeyOf(host.seed, 'somebody else', wrapping.receiveId);
  return {
    ...wrapping,
    token: faults.on('badSignature') ? 'anotherToken' : wrapping.token,
    receiveId: faults.on('wrongAppId') ? 'wx0000000000000000' : wrapping.receiveId,
    aesKey: faults.on('oldKey') ? old : wrapping.aesKey,
  };
}
