import { describe, expect, it } from 'vitest';
import { placeOf } from './place.ts';
import { terminalOf } from './terminal.ts';

describe('CT-10: the region of an address', () => {
  it.each([
    ['202.96.209.5', '上海市', '电信'],
    ['211.136.112.50', '上海市', '移动'],
    ['202.96.128.86', '广东省广州市', '电信'],
    ['202.106.0.20', '北京市', '联通'],
    ['221.7.1.20', '新疆乌鲁木齐市', '联通'],
    ['223.5.5.5', '浙江省杭州市', '阿里云'],
    ['114.114.114.114', '江苏省南京市', null],
    ['1.36.0.1', '香港', '电讯盈科'],
    ['8.8.8.8', '美国', 'Level3'],
    // The data knows the province as `Baden-Wurttemberg`, which belongs in no Chinese name.
    ['82.165.0.1', '德国', null],
    ['240e:47d:c20:1627:30a3:ba0d:a5e6:ec19', '广东省广州市番禺区', '电信'],
    ['2408:8206::1', '北京市东城区', '联通'],
    ['2409:8000::1', '北京市', '移动'],
    ['2001:da8:8000::1', '上海市', '上海交通大学'],
    ['2408:8000:1::1', '中国', '联通'],
    ['2a00:1450::1', '爱尔兰', null],
  ])('%s is in %s, network %s', (address, region, network) => {
    expect(placeOf(address)).toEqual({ region, network });
  });

  it('takes IPv4 inside IPv6 as IPv4', () => {
    expect(placeOf('::ffff:202.96.209.5')).toEqual({ region: '上海市', network: '电信' });
    expect(placeOf('::ffff:ca60:d105')).toEqual({ region: '上海市', network: '电信' });
  });

  it.each([
    ...['127.0.0.1', '10.1.2.3', '192.168.1.1', '172.16.0.1', '100.64.0.1', '169.254.1.1', '0.0.0.0'],
    ...['255.255.255.255', '224.0.0.1', '::', '::1', 'fe80::1', 'fc00::1', '2001:db8::1', '::ffff:10.0.0.1'],
    ...['', 'x', '256.1.1.1', '1.2.3', '1.2.3.4, 5.6.7.8', '1.2.3.4:80', ':::', '2001:4860:4860::8888'],
  ])('knows nothing of %s', (address) => {
    expect(placeOf(address)).toBeNull();
  });

  it('answers for every first and second part of an address without a blank or a word for nothing', () => {
    for (let part = 0; part < 65_536; part += 97) {
      const place = placeOf(`${part >> 8}.${part & 255}.77.1`);
      for (const word of [place?.region, place?.network]) if (word) expect(word).toMatch(/^(?!0$|内网)\S(.*\S)?$/);
      expect(place?.region ?? '').not.toMatch(/^(上海|北京|天津|重庆).*\1/);
    }
  });
});

describe('A-60: what somebody writes with', () => {
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
  it.each([
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/130.0.0.0 Safari/537.36`,
      'desktop',
      'Windows',
      'Chrome 130',
    ],
    [
      `Mozilla/5.0 (Windows NT 6.1; Win64; x64) ${webkit} Chrome/109.0.0.0 Safari/537.36`,
      'desktop',
      'Windows 7',
      'Chrome 109',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
      ...(['desktop', 'macOS', 'Safari 17'] as const),
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
      ...(['mobile', 'iOS 18.1', 'Safari 18'] as const),
    ],
    [
      `Mozilla/5.0 (Linux; Android 14; X1; wv) ${webkit} Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.47 WeChat/arm64`,
      ...(['mobile', 'Android 14', 'WeChat 8'] as const),
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'desktop', 'Linux', 'Firefox 128'],
  ])('%s', (userAgent, device, os, browser) => {
    expect(terminalOf(userAgent)).toEqual({ device, os, browser });
  });

  it.each([undefined, '', '  ', 'curl/8.1', 'x', '<b>', 'x'.repeat(100_000)])('reads nothing into %s', (userAgent) => {
    expect(terminalOf(userAgent)).toBeNull();
  });
});
