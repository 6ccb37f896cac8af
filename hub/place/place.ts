import { createRequire } from 'node:module';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Where an address is used (CT-10), as the data has it: in Chinese. */
export interface Place {
  /** Widest first and without blanks: `上海市`, `广东省深圳市`, `美国`. Our own country goes without saying. */
  region: string | null;
  /** `移动`, `电信`, `阿里云`. */
  network: string | null;
}

/** One row of the data, for either kind of address. */
type Row = { region: string } | { cArea: string; aArea: string } | null;

type Package = typeof import('ip2region');
let reader: InstanceType<Package['default']> | undefined;

/** The data is 11 MB: read once, by the first who asks. Throws when it is not there. */
function open() {
  if (!reader) {
    const { default: Reader } = createRequire(import.meta.url)('ip2region') as Package;
    reader = new Reader();
  }
  return reader;
}

/**
 * The region and network of an address, looked up in the data that came with the package: nobody outside is asked. IPv4
 * inside IPv6 counts as IPv4. Null for what is no public address of one machine (private, loopback, reserved, garbage), and
 * where nothing is known. A look costs about 10 µs.
 */
export function placeOf(address: string): Place | null {
  if (!isIP(address)) return null;
  const ip = ipaddr.process(address);
  if (ip.range() !== 'unicast') return null;
  const row = open().searchRaw(ip.toNormalizedString(), false) as Row;
  const place = row && ('region' in row ? fromParts(row.region.split('|')) : fromText(row.cArea, row.aArea));
  return place && (place.region || place.network) ? place : null;
}

/** IPv4: country, area, province, city and network, each `0` where it is not known. */
function fromParts(parts: readonly string[]): Place {
  const [country, , province, city, network] = parts.map((part) => (part === '0' ? '' : part.trim()));
  return { region: regionOf(country!, province!, city!), network: network || null };
}

/** IPv6: a region in one text (`中国广东省广州市番禺区`), and in another who the network belongs to. */
function fromText(area: string, owner: string): Place {
  const region = area.replace(/\s/g, '').replace(/^中国(?=.)/, '');
  const carrier = CARRIERS.find((name) => owner.includes(name));
  return {
    region: /^(全球|局域网|.*保留地址)/.test(region) ? null : region || null,
    network: carrier ?? (/^\p{sc=Han}{2,12}$/u.test(owner) ? owner : null),
  };
}
const CARRIERS = ['电信', '联通', '移动', '铁通', '广电', '教育网', '阿里云', '腾讯云', '华为云'] as const;

/** A municipality is its own province and stands once; abroad the names of provinces are of another alphabet. */
function regionOf(country: string, province: string, city: string): string | null {
  if (country !== '中国') return country || null;
  const within = city.startsWith(province) ? city : `${province}${city}`;
  return within || country;
}
