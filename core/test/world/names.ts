/** Whom there is in a random organisation. `gone` is an id that stands in a document and nowhere else. */
export const GROUPS = ['g1', 'g2', 'g3'] as const;
export const AGENTS = ['a1', 'a2', 'a3', 'a4'] as const;
export const CUSTOMERS = ['c1', 'c2', 'c3'] as const;
export const TAGS = ['t1', 't2', 't3'] as const;
export type Customer = (typeof CUSTOMERS)[number];
