const key = (sessionId: string) => `haina.draft.${sessionId}`;

/** What was begun and not sent, kept on this machine for each session. */
export const drafts = {
  read(sessionId: string): string {
    try {
      return localStorage.getItem(key(sessionId)) ?? '';
    } catch {
      return '';
    }
  },
  write(sessionId: string, text: string): void {
    try {
      if (text) localStorage.setItem(key(sessionId), text);
      else localStorage.removeItem(key(sessionId));
    } catch {
      // Full or forbidden: then it lives as long as the page.
    }
  },
};
