import type { Key } from '../i18n/index.svelte.ts';

/** Colours offered for a tag (TG-03), each told apart from the others on both grounds; any other can be picked. */
export const PALETTE: readonly { colour: string; name: Key }[] = [
  { colour: '#64748b', name: 'colour.slate' },
  { colour: '#dc2626', name: 'colour.red' },
  { colour: '#ea580c', name: 'colour.orange' },
  { colour: '#ca8a04', name: 'colour.yellow' },
  { colour: '#65a30d', name: 'colour.lime' },
  { colour: '#16a34a', name: 'colour.green' },
  { colour: '#0d9488', name: 'colour.teal' },
  { colour: '#0284c7', name: 'colour.blue' },
  { colour: '#4f46e5', name: 'colour.indigo' },
  { colour: '#9333ea', name: 'colour.purple' },
  { colour: '#db2777', name: 'colour.pink' },
  { colour: '#78716c', name: 'colour.brown' },
];
