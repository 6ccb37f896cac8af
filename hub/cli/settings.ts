import { say } from '../start/say.mjs';
import { apply } from './apply.ts';
import type { Client } from './client.ts';
import { exported } from './export.ts';
import { type Part, readHouse } from './house.ts';
import { judge } from './judge.ts';
import { type Plan, plan } from './plan.ts';
import { planText, wrongText } from './print.ts';
import { resolve, type Wanted } from './resolve.ts';
import { readYaml } from './yaml.ts';

/** What a command needs of the world. */
export interface Tools {
  client: Client;
  read(file: string): string;
  write(file: string, text: string): void;
  out(text: string): void;
  err(text: string): void;
}
export interface Wish {
  command: 'export' | 'plan' | 'apply';
  file: string | null;
  parts: ReadonlySet<Part>;
  prune: boolean;
}
/** 0: done, or nothing to do; 1: something is wrong; 2: a plan with changes. */
export type Code = 0 | 1 | 2;

/** Writes the house down, says what a file would change, or changes it. */
export async function settings(wish: Wish, tools: Tools): Promise<Code> {
  if (wish.command === 'export') {
    const text = await exported(tools.client, wish.parts);
    if (wish.file) tools.write(wish.file, text);
    else tools.out(text);
    return 0;
  }
  const file = wish.file!;
  const yaml = readYaml(tools.read(file));
  if ('wrong' in yaml) {
    for (const { line, column, text } of yaml.wrong) tools.err(`${file}:${line}:${column}: ${text}`);
    return 1;
  }
  const house = await readHouse(tools.client, wish.parts);
  const understood = resolve(yaml.read.value, wish.parts, house);
  if ('wrong' in understood) {
    for (const said of understood.wrong) tools.err(wrongText(file, yaml.read, said));
    return refused(tools);
  }
  const { wanted } = understood;
  const made = plan(house, wanted, wish.prune);
  const { errors, warnings } = await judge(tools.client, house, wanted, made);
  for (const said of warnings) tools.err(`${say('warning', '提醒')}: ${wrongText(file, yaml.read, said)}`);
  for (const said of errors) tools.err(wrongText(file, yaml.read, said));
  if (errors.length) return refused(tools);
  tools.out(planText(made));
  if (wish.command === 'plan') return todo(made) ? 2 : 0;
  await carryOut(tools, house, wanted, made);
  return 0;
}

const todo = (made: Plan): boolean => made.changes.length > 0 || Object.keys(made.documents).length > 0;

async function carryOut(tools: Tools, house: Parameters<typeof apply>[1], wanted: Wanted, made: Plan): Promise<void> {
  if (!todo(made)) return;
  await apply(tools.client, house, wanted, made);
  tools.out(say('Done.', '已完成。'));
}

function refused(tools: Tools): Code {
  tools.err(say('Nothing was changed.', '未作任何修改。'));
  return 1;
}
