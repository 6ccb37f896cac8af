import { inject } from 'vitest';
import { withClient } from './postgres/login.ts';
// With it comes what `inject('database')` gives, for programs that check this file alone.
import type { TestServer } from './testDatabase.ts';

const clones: string[] = [];
let number = 0;

/**
 * A fresh database with every migration applied, for one test or one file; dropped when the file has ended.
 * @returns its URL, of a role that owns it
 */
export async function cloneDatabase(): Promise<string> {
  const { url, adminUrl }: TestServer = inject('database');
  const name = `t_${process.pid}_${++number}`;
  await withClient(adminUrl, (client) =>
    client.query(`create database ${name} template haina owner haina strategy file_copy`),
  );
  clones.push(name);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}

/** Drops what this file's tests cloned, connected or not. Called by the setup file after each test file. */
export async function dropClones(): Promise<void> {
  const names = clones.splice(0);
  if (!names.length) return;
  await withClient(inject('database').adminUrl, async (client) => {
    for (const name of names) await client.query(`drop database if exists ${name} with (force)`);
  });
}
