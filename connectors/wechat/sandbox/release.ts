import type { WechatAccount } from './accounts.ts';
import type { ComponentEvents } from './component-events.ts';
import type { Component } from './components.ts';
import { funcsOf } from './funcs.ts';
import { openIdOf } from './ids.ts';
import { PAIRS, type Pair } from './pairs.ts';
import type { Platform } from './platform.ts';
import type { Pushes } from './pushes.ts';
import type { Judged } from './verdict.ts';

/** One line of the console (全网发布检测), and why it failed. */
export interface Step {
  line: string;
  ok: boolean;
  text: string;
}
export interface Checked {
  /** AppID of the platform that was checked. */
  component: string;
  /** From 1, as the page numbers them. */
  pair: number;
  ok: boolean;
  steps: Step[];
}

/** How long a message of the send API may take after its push was answered, in milliseconds. */
const API_REPLY_MS = 10_000;
const TEXT = 'TESTCOMPONENT_MSG_TYPE_TEXT';

/** WeChat's check before a platform is released, all five pairs of accounts one after the other (wechat.md §14). */
export class ReleaseCheck {
  readonly #platform: Platform;
  readonly #pushes: Pushes;
  readonly #events: ComponentEvents;
  /** What came of the last run. */
  last: Checked[] = [];
  constructor(platform: Platform, pushes: Pushes, events: ComponentEvents) {
    this.#platform = platform;
    this.#pushes = pushes;
    this.#events = events;
  }

  async run(component: Component, pairs: readonly number[] = PAIRS.map((_, i) => i + 1)): Promise<Checked[]> {
    const results: Checked[] = [];
    for (const pair of pairs) {
      const found = PAIRS[pair - 1];
      if (!found) continue;
      const steps = await this.#pair(component, found);
      results.push({ component: component.appId, pair, ok: steps.every(({ ok }) => ok), steps });
    }
    this.last = results;
    return results;
  }

  async #pair(component: Component, pair: Pair): Promise<Step[]> {
    const { accounts, grants, host, nextId } = this.#platform;
    const official = accounts.putHidden('service', ...pair.official);
    const mini = accounts.putHidden('mini', ...pair.mini);
    const tester = openIdOf(host.seed, 'release check');
    const steps: Step[] = [];
    const note = (line: string, ok: boolean, text = '') => void steps.push({ line, ok, text });
    const thanked = (line: string, { verdict, why }: Judged) => note(line, verdict === 'taken', why);

    thanked('组件ticket正确接收', await this.#events.ticket(component));
    const preAuth = grants.preAuth(component.appId);
    note('生成预授权码', true);
    for (const account of [official, mini]) grants.put(component.appId, account.appId, funcsOf(account.kind));
    const code = grants.code(component.appId, official.appId);
    note('获取授权code', true);
    thanked('授权', await this.#events.authorised(component, official.appId, false, code, preAuth));
    await this.#events.authorised(component, mini.appId, false, grants.code(component.appId, mini.appId), preAuth);

    const say = (account: WechatAccount, own: Record<string, string>) =>
      this.#pushes.only(component, account, tester, own);
    const plain = await say(official, { MsgType: 'text', Content: TEXT, MsgId: nextId() });
    note('返回普通文本消息', plain.passive?.Content === `${TEXT}_callback`, wrong(plain, `${TEXT}_callback`));
    for (const account of [official, mini]) {
      const [ok, text] = await this.#byApi(component, account, tester);
      note(account === mini ? '返回Api文本消息（小程序）' : '返回Api文本消息', ok, text);
    }
    const event = { MsgType: 'event', Event: 'LOCATION', Latitude: '23.1', Longitude: '113.3', Precision: '40.0' };
    const located = await say(official, event);
    note('发送事件消息', located.passive?.Content === 'LOCATIONfrom_callback', wrong(located, 'LOCATIONfrom_callback'));

    for (const account of [official, mini]) {
      const told = await this.#events.unauthorised(component, account.appId);
      grants.revoke(component.appId, account.appId);
      if (account === official) thanked('取消授权', told);
    }
    return steps;
  }

  /** The push must be answered with nothing at all; then the code must be exchanged and a text sent by the API. */
  async #byApi(component: Component, account: WechatAccount, tester: string): Promise<[boolean, string]> {
    const { grants, told, windows, nextId } = this.#platform;
    const code = grants.code(component.appId, account.appId);
    const wanted = `${code}_from_api`;
    windows.open(account, tester, 'message');
    const others: string[] = [];
    let stop: () => void = () => {};
    const sent = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), API_REPLY_MS);
      timer.unref();
      stop = told.subscribe(({ account: { appId }, openId, bubble }) => {
        if (appId !== account.appId || openId !== tester || bubble.type !== 'text') return;
        if (bubble.text !== wanted) return void others.push(bubble.text);
        clearTimeout(timer);
        resolve(true);
      });
    });
    const fields = { MsgType: 'text', Content: `QUERY_AUTH_CODE:${code}`, MsgId: nextId() };
    const back = await this.#pushes.only(component, account, tester, fields);
    if (back.verdict !== 'taken' || !back.empty) {
      stop();
      return [false, back.why ?? '应答不是空串 · the answer was not empty'];
    }
    const ok = await sent;
    stop();
    if (ok) return [true, ''];
    return [
      false,
      others.length
        ? '客服消息内容不符 · the text sent by the API is another one'
        : '没有收到客服消息 · no text was sent by the API',
    ];
  }
}

const wrong = (back: Judged, wanted: string): string =>
  back.passive?.Content === wanted ? '' : (back.why ?? `应为 · wanted ${wanted}`);
