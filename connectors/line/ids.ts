/**
 * Ids go into addresses only after they were looked at: some releases of the SDK put them in unencoded, and an id with
 * `../` in it would have reached another endpoint (line.md section 14).
 */
const USER = /^U[0-9a-f]{32}$/;
const CONVERSATION = /^[UCR][0-9a-f]{32}$/;
const MESSAGE = /^\d{1,30}$/;

export const isUser = (id: string): boolean => USER.test(id);
export const isConversation = (id: string): boolean => CONVERSATION.test(id);
export const isMessage = (id: string): boolean => MESSAGE.test(id);
