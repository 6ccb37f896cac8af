import { parseArgs } from 'node:util';
import { say } from '../start/say.mjs';
import { Client, type Fetch, Refused } from './client.ts';
import { PARTS, type Part } from './house.ts';
import { type Code, settings, type Tools } from './settings.ts';

const USAGE = say(
  `npm run haina -- settings export [--file house.yaml] [--area routing …]
npm run haina -- settings plan   --file house.yaml [--area …] [--prune]
npm run haina -- settings apply  --file house.yaml [--area …] [--prune]

  --url     the hub, http://localhost:3000 unless told (or HAINA_URL)
  --area    only these: ${PARTS.join(', ')}
  --prune   also delete groups, words and auto replies that the file's lists do not name

  An admin signs in with HAINA_USER and HAINA_PASSWORD, or is asked.
  plan ends with 2 when there is something to change, 0 when not, 1 when something is wrong.`,
  `npm run haina -- settings export [--file house.yaml] [--area routing …]
npm run haina -- settings plan   --file house.yaml [--area …] [--prune]
npm run haina -- settings apply  --file house.yaml [--area …] [--prune]

  --url     海纳的地址，默认 http://localhost:3000（或环境变量 HAINA_URL）
  --area    只处理这些部分：${PARTS.join('、')}
  --prune   同时删除文件列表中没有的技能组、词和自动回复

  管理员用 HAINA_USER 和 HAINA_PASSWORD 登录，未设置时会询问。
  plan 的退出码：2 有修改，0 无修改，1 有错误。`,
);

/** What is around the program. */
export interface World {
  env: Record<string, string | undefined>;
  fetch: Fetch;
  files: Pick<Tools, 'read' | 'write'>;
  out(text: string): void;
  err(text: string): void;
  /** Null where nobody sits at the terminal. */
  ask: { user(): Promise<string>; password(): Promise<string> } | null;
}

/** `haina settings export | plan | apply`. Never throws for what a person can mend; gives the exit code. */
export async function main(args: string[], world: World): Promise<Code> {
  let client: Client | undefined;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        file: { type: 'string', short: 'f' },
        url: { type: 'string' },
        area: { type: 'string', multiple: true },
        prune: { type: 'boolean', default: false },
      },
    });
    const [room, command] = positionals;
    const known = command === 'export' || command === 'plan' || command === 'apply';
    const strange = values.area?.filter((area) => !(PARTS as readonly string[]).includes(area)) ?? [];
    if (room !== 'settings' || !known || positionals.length > 2 || strange.length) return usage(world);
    if (command !== 'export' && !values.file) return usage(world);
    client = new Client(values.url ?? world.env.HAINA_URL ?? 'http://localhost:3000', world.fetch);
    const user = world.env.HAINA_USER ?? (await world.ask?.user());
    const password = world.env.HAINA_PASSWORD ?? (await world.ask?.password());
    if (!user || !password) return usage(world);
    await client.signIn(user, password);
    const parts = new Set<Part>((values.area as Part[] | undefined) ?? PARTS);
    return await settings(
      {
        command,
        file: command === 'export' && values.file === '-' ? null : (values.file ?? null),
        parts,
        prune: values.prune,
      },
      { ...world, ...world.files, client },
    );
  } catch (error) {
    world.err(sentence(error));
    return 1;
  } finally {
    await client?.signOut();
  }
}

function usage(world: World): Code {
  world.err(USAGE);
  return 1;
}

function sentence(error: unknown): string {
  if (error instanceof Refused) {
    const { code, errors, more } = error;
    const where = more.where ? `\n${JSON.stringify(more.where)}` : '';
    const faults = errors.map((fault) => `\n  ${fault.path}: ${fault.message}`).join('');
    if (code === 'version_conflict')
      return say(
        `${more.area}: somebody saved meanwhile (version ${more.version}). Run it again.`,
        `${more.area}：其他人刚刚保存了新版本（${more.version}），请重新运行。`,
      );
    return `${error.message}${faults}${where}`;
  }
  const { code } = error as { code?: string };
  // A wrong option, a file that is not there: the sentence is Node's own and names it.
  if (code?.startsWith('ERR_PARSE_ARGS') || code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
    return (error as Error).message;
  throw error;
}
