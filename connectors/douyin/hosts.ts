/** Where Douyin lives; its files lie on other hosts, whose addresses it tells. */
export const HOSTS = { api: 'https://open.douyin.com' } as const;
