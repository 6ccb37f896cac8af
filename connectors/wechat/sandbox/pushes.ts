import type { WechatAccount } from './accounts.ts';
import type { Component } from './components.ts';
import { type Fields, wrap } from './envelope.ts';
import { passiveBubble } from './passive.ts';
import type { Platform } from './platform.ts';
import { ofComponent, type Receiver, receivers, throughComponent } from './receivers.ts';
import { urls } from './urls.ts';
import { type Judged, judge, judgeEvent } from './verdict.ts';

/** What the customer sees when nobody answered as one must (wechat.md §6). */
export const FAULT = {
  official: '该公众号提供的服务出现故障，请稍后再试',
  mini: '该小程序客服暂时无法提供服务，请稍后再试',
};
/** Events somebody waits for an answer to; nobody is told of a fault after the others. */
const AWAITED = new Set(['CLICK', 'SCAN', 'subscribe', 'user_enter_tempsession']);

/** Brings what customers say and do to everybody who listens for the account, and shows what comes of it. */
export class Pushes {
  readonly #platform: Platform;
  readonly #verify: (account: WechatAccount) => Promise<boolean>;
  constructor(platform: Platform, verify: (account: WechatAccount) => Promise<boolean>) {
    this.#platform = platform;
    this.#verify = verify;
  }

  /** `done` hears whether everybody took it; nobody there: nobody took it. */
  send(account: WechatAccount, openId: string, own: Fields, done: (taken: boolean) => void = () => {}): void {
    const { host, faults } = this.#platform;
    const CreateTime = Math.floor(host.now() / 1000);
    const fields = { ToUserName: account.userName, FromUserName: openId, CreateTime, ...own };
    const all = faults.on('webhookOff') ? [] : receivers(this.#platform, account, openId, own);
    if (all.length === 0) {
      done(false);
      return;
    }
    void Promise.all(all.map((receiver) => this.#push(receiver, fields, account, openId))).then((judged) => {
      const taken = judged.every(({ verdict }) => verdict === 'taken');
      if (!taken) this.#fault(account, openId, fields);
      done(taken);
    });
  }

  /** An event of the platform itself; gives what came back in the end. */
  async event(component: Component, own: Fields): Promise<Judged> {
    if (!component.url) return { verdict: 'again', why: 'no address' };
    const { appId } = component;
    const fields = { AppId: appId, CreateTime: Math.floor(this.#platform.host.now() / 1000), ...own };
    const wrapping = ofComponent(this.#platform, component, { AppId: appId });
    return this.#deliver({ url: urls(component).events, wrapping }, fields, judgeEvent);
  }

  /** A push to one platform alone, without the customer's phone: the release check's. */
  async only(component: Component, account: WechatAccount, openId: string, own: Fields): Promise<Judged> {
    const CreateTime = Math.floor(this.#platform.host.now() / 1000);
    const fields = { ToUserName: account.userName, FromUserName: openId, CreateTime, ...own };
    const receiver = throughComponent(this.#platform, component, account, openId);
    return this.#deliver(receiver, fields, (back) => judge(back, receiver.wrapping, account.userName, openId));
  }

  async #push(receiver: Receiver, fields: Fields, account: WechatAccount, openId: string): Promise<Judged> {
    const { wrapping } = receiver;
    if (receiver.account && !receiver.account.server.verified && !(await this.#verify(receiver.account)))
      return { verdict: 'again', why: 'the address failed the check' };
    let shown = false;
    return this.#deliver(receiver, fields, (back) => {
      const judged = judge(back, wrapping, account.userName, openId);
      if (!judged.passive || judged.verdict !== 'taken') return judged;
      const bubble = passiveBubble(judged.passive, account, this.#platform);
      if (typeof bubble === 'string') return { verdict: 'never', why: bubble };
      // A push delivered twice may be answered twice; the customer gets one of them.
      if (bubble && !shown) this.#platform.tell({ account, openId, bubble });
      shown = true;
      return judged;
    });
  }

  #deliver(
    { url, wrapping }: Receiver,
    fields: Fields,
    read: (answer: Parameters<typeof judgeEvent>[0]) => Judged,
  ): Promise<Judged> {
    const { courier, host, log } = this.#platform;
    return new Promise((resolve) => {
      let last: Judged = { verdict: 'again' };
      courier.deliver({
        url,
        make: () => {
          const { query, body, clear } = wrap(fields, wrapping, host.now());
          const headers = { 'content-type': wrapping.json ? 'application/json' : 'text/xml' };
          return {
            url: `${url}${url.includes('?') ? '&' : '?'}${query}`,
            body: new TextEncoder().encode(body),
            headers: { ...headers, 'user-agent': 'Mozilla/4.0', pragma: 'no-cache' },
            note: clear === body ? undefined : clear,
          };
        },
        judge: (answer) => {
          last = read(answer);
          const note = last.why;
          if (note && answer.status === 200)
            log.add({ at: host.now(), direction: 'out', method: 'POST', path: url, status: 200, ms: 0, note });
          return last.verdict;
        },
        done: (taken) => resolve(taken || last.verdict !== 'taken' ? last : { verdict: 'again', why: 'given up' }),
      });
    });
  }

  #fault(account: WechatAccount, openId: string, { MsgType, Event }: Fields): void {
    if (account.hidden || (MsgType === 'event' && !AWAITED.has(String(Event)))) return;
    const { world, host, nextId } = this.#platform;
    const text = FAULT[account.kind === 'mini' ? 'mini' : 'official'];
    const bubble = { type: 'text', text } as const;
    world.put(account.appId, openId, { id: nextId(), who: 'account', at: host.now(), bubble });
  }
}
