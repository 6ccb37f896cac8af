import type { FileRule } from '../../core/can.ts';
import type { Rating, Sendable } from '../../core/message.ts';
import type { Connector } from '../connector.ts';
import type { PhoneModel, Said } from '../lib/phone/model.ts';

/** What asks a customer to rate, on every channel. */
export const INVITATION: Rating = {
  type: 'rating',
  id: '00000000-0000-4000-8000-0000000000ff',
  text: '请评价 Please rate',
  options: ['很差', '较差', '一般', '满意', '很满意'].map((text, index) => ({ stars: index + 1, text, tags: [] })),
  resolved: null,
  until: null,
};

/** One of everything that the channel promises to carry. */
export function sendables({ can }: Pick<Connector, 'can'>): Sendable[] {
  const list: Sendable[] = [{ type: 'text', text: 'x'.repeat(can.text) }];
  if (can.image) list.push({ type: 'image', media: media('a', can.image, 'image/jpeg') });
  if (can.voice) list.push({ type: 'voice', media: media('b', can.voice, 'audio/mp4') });
  if (can.video) list.push({ type: 'video', media: media('c', can.video, 'video/mp4') });
  if (can.file) list.push({ type: 'file', media: media('d', can.file, 'application/pdf') });
  if (can.location) list.push({ type: 'location', latitude: 31.24, longitude: 121.49 });
  if (can.link) list.push({ type: 'link', title: '标题', text: 'text', url: 'https://example.com/a' });
  if (can.menu) {
    const options = Array.from({ length: can.menu.options }, (_, i) => ({
      id: `option-${i + 1}`,
      text: `${i + 1}`.padEnd(Math.min(can.menu?.text ?? 1, 100), '选'),
    }));
    list.push({ type: 'menu', text: '请选择 Please choose', options });
  }
  if (can.miniProgram) {
    const card = media('e', can.image ?? { types: ['image/jpeg'], bytes: 1 }, 'image/jpeg');
    list.push({ type: 'mini-program', title: '预约', path: 'pages/book?id=1', media: card });
  }
  return list;
}

/** A file of the wished type where the channel takes it, of its own first one otherwise. */
function media(name: string, { types }: FileRule, wished: string) {
  const family = `${wished.split('/')[0]}/*`;
  const taken = types.some((type) => type === wished || type === family || type === '*/*');
  const mime = taken ? wished : (types[0] ?? wished).replace('*/*', wished).replace('*', 'mpeg');
  const ending = mime.split('/')[1]?.replace('jpeg', 'jpg') ?? 'bin';
  return {
    id: `00000000-0000-4000-8000-00000000000${name}`,
    url: `https://hub.example/m/${name}.${ending}`,
    previewUrl: 'https://hub.example/m/still.jpg',
    name: `${name}.${ending}`,
    mime,
    size: 100,
    seconds: 2,
  };
}

/** One of everything but text that a person can say on this phone. */
export function sayables({ sends, menu }: PhoneModel, upload: () => string): Said[] {
  const list: Said[] = [];
  const [sticker] = sends.stickers ?? [];
  if (sticker) list.push({ type: 'sticker', id: sticker.id });
  if (sends.location) list.push({ type: 'location', latitude: 31.24, longitude: 121.49, title: '外滩' });
  for (const type of ['image', 'video', 'voice', 'file'] as const)
    if (sends[type]) list.push({ type, upload: upload(), seconds: 1 });
  const [item] = menu ?? [];
  if (item) list.push({ type: 'action', data: item.data, text: item.label.zh });
  return list;
}
