/** An id goes into an address or a request only after it was looked at. */
const OPEN_ID = /^[A-Za-z0-9_-]{6,64}$/;

export const isOpenId = (id: string): boolean => OPEN_ID.test(id);
