/**
 * What a visitor's forms may hold: one source for the door (`connectors/web/schema.ts`) and for the page that asks, which carries every
 * byte of it. Lengths in UTF-16 units.
 */
export const COMMENT = 500;
export const LEFT = 2000;
export const NAME = 100;
/** Digits as people write them: `+86 138-0000-0000`, `(021) 6666 6666`. */
export const PHONE = /^[+()\d][-+().\s\d]{4,39}$/;
export const EMAIL = /^(?=.{3,200}$)[\w.+'-]+@([a-z0-9](-*[a-z0-9])*\.)+[a-z]{2,24}$/i;
