/** A session (会话): one episode of service from entry to end, one record even when transferred. */
export const STATES = ['bot', 'waiting', 'serving', 'closed'] as const;
export type State = (typeof STATES)[number];
