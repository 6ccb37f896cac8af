import { describe, expect, it } from 'vitest';
import { AREAS } from '../../core/settings/index.ts';
import { namesIn, type Teller, tell } from '../src/lib/settings/tell.ts';

/** Says keys as they are, so that a test reads what is said and not how. */
const [sales, vip, ann] = ['1', '2', '3'].map((one) => `00000000-0000-4000-8000-00000000000${one}`) as [
  string,
  string,
  string,
];
const names = new Map([
  [sales, '售前'],
  [vip, 'VIP'],
  [ann, '安'],
]);
const teller: Teller = {
  say: (key, values) => `${key}${values ? JSON.stringify(values) : ''}`,
  list: (list) => list.join('、'),
  name: (id) => names.get(id),
  field: (keys) => keys.at(-1)!,
  value: (value) => (value === null || value === undefined || value === '' ? '∅' : String(value)),
  day: (index) => `day ${index}`,
};
const rule = (more: object) => ({ kind: 'rule', id: vip, name: '贵宾', on: { to: 'group', groupId: sales }, ...more });
const routing = (...rules: object[]) => AREAS.routing.parse({ rules });

describe('the history of a document in words', () => {
  it('a place is fields and entries, ids are names', () => {
    expect(
      tell(
        routing(rule({})),
        routing(rule({ on: { to: 'group', groupId: ann }, when: { tags: { any: [vip] } } })),
        teller,
      ),
    ).toEqual([
      { place: ['rules', '“贵宾”', 'when', 'tags', 'any'], kind: 'set', minus: [], plus: ['VIP'] },
      { place: ['rules', '“贵宾”', 'on', 'groupId'], kind: 'set', before: '售前', after: '安' },
    ]);
  });
  it('a rule that comes or goes is told by its summary, a way that turns as a whole', () => {
    const [added] = tell(routing(), routing(rule({})), teller);
    expect(added).toMatchObject({ kind: 'added', place: ['rules', '“贵宾”'] });
    expect(added!.after).toContain('sum.timed');
    expect(added).not.toHaveProperty('before');
    const [turned] = tell(routing(rule({})), routing(rule({ on: { to: 'leave' } })), teller);
    expect(turned).toMatchObject({ before: expect.stringContaining('售前'), after: 'sum.to.leave' });
  });
  it('a week is told day by day, lists by what left and joined them', () => {
    const hours = (monday: object[], holidays: object[]) =>
      AREAS.hours.parse({ plans: [{ id: vip, name: '白班', week: [monday, [], [], [], [], [], []], holidays }] });
    expect(
      tell(
        hours([{ from: '09:00', to: '12:00' }], [{ from: '2026-10-01', to: '2026-10-07', name: '国庆' }]),
        hours([{ from: '09:00', to: '18:00' }], [{ from: '2027-01-01', to: '2027-01-01' }]),
        teller,
      ),
    ).toEqual([
      { place: ['plans', '“白班”', 'week', 'day 0'], kind: 'set', before: '09:00–12:00', after: '09:00–18:00' },
      {
        place: ['plans', '“白班”', 'holidays'],
        kind: 'set',
        minus: ['2026-10-01–2026-10-07 国庆'],
        plus: ['2027-01-01'],
      },
    ]);
  });
  it('an order that changed is told as an order', () => {
    const other = rule({ id: ann, name: '其他' });
    expect(tell(routing(rule({}), other), routing(other, rule({})), teller)).toEqual([
      { place: ['rules'], kind: 'moved', before: '贵宾 › 其他', after: '其他 › 贵宾' },
    ]);
  });
  it('what is in no document any more is still called by its name', () => {
    expect(
      namesIn(
        { plans: [{ id: vip, name: '白班' }] },
        { tags: [{ id: ann, name: 'a', children: [{ id: sales, name: 'b' }] }] },
      ),
    ).toEqual(
      new Map([
        [vip, '白班'],
        [ann, 'a'],
        [sales, 'b'],
      ]),
    );
  });
});
