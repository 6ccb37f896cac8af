import { expect, it } from 'vitest';
import { type Known, nickname } from './nickname.ts';

const known: Known = {
  name: '妮妮',
  region: '上海市宝山区',
  network: '移动',
  at: Date.parse('2023-12-01T00:30:00+08:00'),
};
const [region, network, date] = [true, true, true];
const none = { region: false, network: false, date: false };
const shown = (show: object, of: Partial<Known> = {}) =>
  nickname({ ...known, ...of }, { ...none, ...show }, 'Asia/Shanghai');

// The first four stand in the seeds as they stand here.
it.each([
  [{ region }, {}, '上海市宝山区妮妮'],
  [{ network }, {}, '移动妮妮'],
  [{ date }, {}, '妮妮20231201'],
  [{ region, network, date }, {}, '上海市宝山区移动客户20231201'],
  [{}, {}, '妮妮'],
  [{ region, network }, {}, '上海市宝山区移动妮妮'],
  [{ region, date }, {}, '上海市宝山区妮妮20231201'],
  [{ region, network, date }, { region: null }, '移动客户20231201'],
  [{ region, network }, { region: '', network: undefined }, '妮妮'],
  [{}, { name: null }, '客户'],
  [{ region }, { name: '  ' }, '上海市宝山区客户'],
  [{ region, date }, { name: 'Anna', region: 'Berlin' }, 'Berlin Anna 20231201'],
  [{ region, date }, { name: 'Anna' }, '上海市宝山区Anna 20231201'],
])('SS-16: %o of %o is %s', (show, of, expected) => {
  expect(shown(show, of)).toBe(expected);
});

it('SS-16: the day is that of the organisation, not of the server', () => {
  expect(nickname(known, { ...none, date }, 'Europe/Berlin')).toBe('妮妮20231130');
});
