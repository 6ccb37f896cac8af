import type { Bench } from '../../lib/phone/routes.ts';
import type { ComponentEvents } from './component-events.ts';
import { unauthorise } from './control.ts';
import type { Platform } from './platform.ts';
import type { ReleaseCheck } from './release.ts';
import { verifyServer } from './server.ts';

/** Single acts beside the switches: what happens at WeChat now and then, at once. */
export function actions(platform: Platform, events: ComponentEvents, release: ReleaseCheck): Bench['actions'] {
  const { tokens, grants, medias, components, accounts, changes, log, host } = platform;
  return [
    {
      id: 'expire-tokens',
      label: { zh: '所有令牌立即过期', en: 'End all tokens now' },
      run: () => tokens.expireAll(),
    },
    {
      id: 'rotate-refresh',
      label: { zh: '更换刷新令牌（旧的 61023）', en: 'Change refresh tokens (old: 61023)' },
      run: () => grants.rotate(),
    },
    { id: 'drop-media', label: { zh: '素材全部过期', en: 'End all media' }, run: () => medias.drop() },
    {
      id: 'push-ticket',
      label: { zh: '立即推送 ticket', en: 'Push a ticket now' },
      run: () => {
        for (const component of components.all()) void events.ticket(component);
      },
    },
    {
      id: 'verify',
      label: { zh: '重新校验服务器地址', en: 'Check the addresses again' },
      run: () => {
        for (const account of accounts.all().filter(({ server }) => server.url))
          void verifyServer(account, platform).then(() => changes.publish(account.appId));
      },
    },
    {
      id: 'unauthorise',
      label: { zh: '管理员取消全部授权', en: 'Owners take all accounts back' },
      run: () => {
        for (const { appId } of accounts.all()) unauthorise(platform, events, appId);
      },
    },
    {
      id: 'check-release',
      label: { zh: '全网发布检测（结果在 /release）', en: 'Release check (see /release)' },
      run: () => {
        for (const component of components.all())
          void release.run(component).then((results) => {
            for (const { pair, steps } of results)
              for (const { line, ok, text } of steps)
                log.add({
                  at: host.now(),
                  direction: 'out',
                  method: 'CHECK',
                  path: `${pair} ${line}`,
                  status: ok ? 200 : 500,
                  ms: 0,
                  note: text || undefined,
                });
          });
      },
    },
  ];
}
