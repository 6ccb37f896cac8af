/** Ids go into addresses and forms only after they were looked at; int64 has at most 19 digits. */
const ID = /^\d{1,20}$/;

export const isId = (id: string): boolean => ID.test(id);
