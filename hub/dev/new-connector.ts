import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * `npm run new:connector NAME`: writes `connectors/NAME` with a contract suite that runs at once, red where the author
 * must fill in, and registers it. connectors/README.md tells the rest.
 */
const USAGE = `npm run new:connector -- NAME
  NAME   small letters, digits and dashes: telegram, qq-bot`;
const HERE = fileURLToPath(new URL('../../', import.meta.url));
const TEMPLATE = new URL('./connector/', import.meta.url);

/** Writes the folder and the registry's lines below `root`. Gives the files, relative. Throws a text for the person. */
export function newConnector(name: string, root: string): string[] {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 31) throw new Error(USAGE);
  const folder = join(root, 'connectors', name);
  if (existsSync(folder) || name === 'lib' || name === 'contract')
    throw new Error(`connectors/${name} is there already.`);
  const words = name.split('-');
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  const type = words.map(capital).join('');
  const identifier = type.charAt(0).toLowerCase() + type.slice(1);
  const names = { name, identifier, Type: type, Name: words.map(capital).join(' '), snake: words.join('_') };
  const fill = (text: string) => text.replace(/\{\{(\w+)\}\}/g, (_, key: keyof typeof names) => names[key]);

  const files: string[] = [];
  const write = (path: string, text: string) => {
    writeFileSync(join(root, path), text);
    files.push(path);
  };
  mkdirSync(join(folder, 'fixtures'), { recursive: true });
  for (const file of readdirSync(TEMPLATE).sort()) {
    const text = fill(readFileSync(new URL(file, TEMPLATE), 'utf8'));
    const own = file.replace(/\.txt$/, '');
    write(`connectors/${name}/${own === 'test.ts' ? `${name}.test.ts` : own}`, text);
  }
  write(`connectors/${name}/fixtures/.gitkeep`, '');

  const registry = (file: string, add: (text: string) => string) => {
    const path = `connectors/${file}`;
    write(path, add(readFileSync(join(root, path), 'utf8')));
  };
  registry('index.ts', (text) =>
    imported(text, `import { ${identifier} } from './${name}/index.ts';`).replace(
      /\[([^\]]*?),?\s*\](\.map\(|\s+as )/,
      (_, list: string, after: string) => `[${list}, ${identifier}]${after}`,
    ),
  );
  registry('replays.ts', (text) => {
    const key = name.includes('-') ? `'${name}'` : name;
    return imported(text, `import { ${identifier}Replay } from './${name}/replay.ts';`).replace(
      /,?\s*\};\s*$/,
      `,\n  ${key}: ${identifier}Replay,\n};\n`,
    );
  });
  return files;
}

/** With one more import, after the last. */
function imported(text: string, line: string): string {
  const last = [...text.matchAll(/^import .*;$/gm)].at(-1);
  if (!last) return `${line}\n${text}`;
  const end = last.index + last[0].length;
  return `${text.slice(0, end)}\n${line}${text.slice(end)}`;
}

const next = (name: string) => `
connectors/${name} is there and registered. Its suite runs, and is red where you fill in:

  npm run test:unit -- --project connectors connectors/${name}

  1. fixtures/*.json   real bodies with names, ids and numbers replaced; event-unknown.json of a kind we do not know
  2. config.ts, ways.ts, index.ts   the connect form and the way in, in Chinese and English
  3. signature.ts      how the platform proves that it is the platform; for Meta's, connectors/lib/graph has it and more
  4. inbound.ts        its kinds, in our words
  5. limits.ts         what it carries, its windows
  6. errors.ts, send.ts, and in ${name}.test.ts what it answers: good, and everything else
  7. a stand-in when all that is green: sandbox.ts, one line in connectors/sandboxes.ts; begin with messenger/sandbox

grep -rn "FILL IN" connectors/${name} finds the places; connectors/README.md tells the afternoon.`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const [name = ''] = process.argv.slice(2);
    const files = newConnector(name, HERE);
    const biome = join(HERE, 'node_modules/@biomejs/biome/bin/biome');
    const code = files.filter((file) => file.endsWith('.ts'));
    spawnSync(process.execPath, [biome, 'check', '--write', ...code], { cwd: HERE, stdio: 'ignore' });
    console.log(files.map((file) => `+ ${file}`).join('\n') + next(name));
  } catch (error) {
    console.error(`✗ ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
