import { createInterface } from 'node:readline/promises';

/** Asks in the terminal. */
export async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}

/** Asks for something nobody should read over a shoulder: what is typed is not shown. Ctrl-C gives an empty answer. */
export async function askHidden(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.resume();
  let text = '';
  try {
    for await (const typed of stdin as AsyncIterable<string>) {
      for (const letter of typed) {
        if (letter === '\r' || letter === '\n') return text;
        if (letter === '\u0003' || letter === '\u0004') return '';
        text = letter === '\u007f' || letter === '\b' ? text.slice(0, -1) : text + letter;
      }
    }
    return text;
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}
