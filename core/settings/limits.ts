/** TG-01…TG-03. Apart from the schemas, so that a page that only counts does not carry them. */
export const TAG_LIMITS = { levels: 10, first: 30, all: 1000 } as const;
