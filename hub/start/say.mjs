// Plain JavaScript: boot.mjs runs before anything is installed, on a Node that cannot read TypeScript.

const spoken =
  process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || Intl.DateTimeFormat().resolvedOptions().locale;
// A shell without a language (C, POSIX) is a server's; it says nothing about its reader, and English is the safe guess.
const chinese = /^zh\b|^zh_/i.test(spoken);

/**
 * What the terminal says, in the language of the person's shell.
 * @param {string} en @param {string} zh @returns {string}
 */
export const say = (en, zh) => (chinese ? zh : en);
