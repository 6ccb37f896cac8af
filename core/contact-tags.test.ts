import { describe, expect, it } from 'vitest';
import { retagged, tagGroups } from './contact-tags.ts';
import { ContactTags } from './settings/index.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [vip, normal, big, small, gone] = [1, 2, 3, 4, 9].map(id) as [string, string, string, string, string];
const groups = tagGroups(
  ContactTags.parse({
    groups: [
      { id: id(100), name: '等级', multiple: false, tags: [vip, normal].map((tag, n) => ({ id: tag, name: `t${n}` })) },
      { id: id(101), name: '规模', multiple: true, tags: [big, small].map((tag, n) => ({ id: tag, name: `s${n}` })) },
    ],
  }),
);

describe('tags of a contact', () => {
  it.each([
    ['TG-06: put on', [], { add: [vip] }, [vip]],
    ['twice is once', [vip], { add: [vip] }, [vip]],
    ['taken off', [vip, big], { remove: [vip] }, [big]],
    ['TG-07: of a single-choice group the last one stays', [vip, big], { add: [normal] }, [big, normal]],
    ['TG-07: of a group with several all stay', [big], { add: [small] }, [big, small]],
    ['TG-08: on and off at once', [big, vip], { add: [small], remove: [big] }, [vip, small]],
    ['a tag nobody knows is not put on, and one that went goes', [gone, vip], { add: [id(55)] }, [vip]],
  ] as const)('%s', (_name, current, change, expected) => {
    expect(retagged(current, change, groups)).toEqual(expected);
  });
});
