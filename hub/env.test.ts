import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SECRETS, variables } from './env/variables.ts';
import { readEnv } from './env.ts';
import { EnvProblems } from './start/problem.ts';
import { openSecretKey } from './start/secretKey.ts';
import { testFolder } from './test/folder.ts';

/** Which variables are complained about, in order. */
function complaints(vars: Record<string, string>): string[] {
  try {
    readEnv(vars);
  } catch (error) {
    if (error instanceof EnvProblems) return error.problems.map((problem) => problem.split(':')[0] ?? '');
    throw error;
  }
  return [];
}

test('nothing needs to be set', () => {
  expect(readEnv({})).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:3000',
    sandbox: true,
    databaseUrl: undefined,
    trustedProxies: [],
    logLevel: 'info',
    production: false,
    maxUploadBytes: 200 * 1024 * 1024,
  });
});

test('an empty value is an absent one', () => {
  expect(readEnv({ PORT: '', DATABASE_URL: ' ', SANDBOX: '' })).toEqual(readEnv({}));
});

test('what is set is taken', () => {
  const env = readEnv({
    PORT: '8080',
    PUBLIC_URL: 'https://chat.example.com/',
    TRUSTED_PROXIES: 'loopback, 10.1.2.3,192.168.0.0/24',
    SANDBOX: '0',
    MAX_UPLOAD_MB: '5',
    DATABASE_URL: 'postgresql://u:p@db/haina',
    LOG_LEVEL: 'warn',
  });
  expect(env).toMatchObject({
    port: 8080,
    publicUrl: 'https://chat.example.com',
    sandbox: false,
    host: '0.0.0.0',
    maxUploadBytes: 5 * 1024 * 1024,
    trustedProxies: ['127.0.0.0/8', '::1/128', '10.1.2.3/32', '192.168.0.0/24'],
  });
});

test('every problem is told at once, and no secret with it', () => {
  const vars = {
    PORT: '70000',
    PUBLIC_URL: 'https://x.example/chat',
    DATABASE_URL: 'mysql://u:hunter2hunter2@db/x',
    LOG_LEVEL: 'loud',
    TRUSTED_PROXIES: '10.0.0.0/40',
    SECRET_KEY: 'hunter2',
    SANDBOX: 'perhaps',
    MAX_UPLOAD_MB: '0',
    NODE_ENV: 'staging',
  };
  expect(complaints(vars).sort()).toEqual(Object.keys(vars).sort());
  expect(() => readEnv(vars)).not.toThrow(/hunter2/);
});

test('the sandbox is off in production and cannot be switched on there', () => {
  expect(readEnv({ NODE_ENV: 'production' })).toMatchObject({ sandbox: false, host: '0.0.0.0' });
  expect(complaints({ NODE_ENV: 'production', SANDBOX: '1' })).toEqual(['SANDBOX']);
  expect(complaints({ NODE_ENV: 'production', SANDBOX: '0' })).toEqual([]);
});

test('hubs that share a database need a key they share, in production', () => {
  const shared = { NODE_ENV: 'production', DATABASE_URL: 'postgres://u:p@db/haina' };
  expect(complaints(shared)).toEqual(['SECRET_KEY']);
  expect(complaints({ ...shared, SECRET_KEY: 'k'.repeat(32) })).toEqual([]);
  expect(complaints({ ...shared, NODE_ENV: 'development' })).toEqual([]);
});

test('secrets may come in files, which must be readable and the only source', () => {
  const file = join(testFolder(), 'token');
  writeFileSync(file, 'a token of some length\n');
  expect(readEnv({ METRICS_TOKEN_FILE: file }).metricsToken).toBe('a token of some length');
  expect(complaints({ METRICS_TOKEN_FILE: `${file}.gone` })).toEqual(['METRICS_TOKEN_FILE']);
  expect(complaints({ METRICS_TOKEN_FILE: file, METRICS_TOKEN: 'another token of some length' })).toEqual([
    'METRICS_TOKEN, METRICS_TOKEN_FILE',
  ]);
});

test('the secret key is made once, for its owner alone', () => {
  const folder = join(testFolder(), 'data');
  const key = openSecretKey(folder);
  expect(key).toMatch(/^[\w-]{43}$/);
  expect(openSecretKey(folder)).toBe(key);
  expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600);
  writeFileSync(join(folder, 'secret.key'), '');
  expect(() => openSecretKey(folder)).toThrow(/restore the file from a backup/);
});

test('.env.example explains every variable, shows the right defaults, and knows no other', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
  const shown = [...example.matchAll(/^#?([A-Z0-9_]+)=(.*)$/gm)].map(
    ([, name, value]) => [name ?? '', value ?? ''] as const,
  );
  expect(shown.map(([name]) => name).sort()).toEqual(Object.keys(variables).sort());
  const withDefaults = shown.filter(([name]) => !/_URL$|_ENDPOINT$|^TRUSTED_PROXIES$/.test(name));
  expect(readEnv(Object.fromEntries(withDefaults))).toEqual(readEnv({}));
  for (const secret of SECRETS) expect(example.slice(0, 900)).toContain(secret);
  // Each is preceded by an explanation in English and in Chinese.
  for (const [name] of shown) {
    const above =
      example
        .split(new RegExp(`^#?${name}=`, 'm'))[0]
        ?.split('\n\n')
        .at(-1) ?? '';
    expect(above, name).toMatch(/^# .*[a-z]{3}/m);
    expect(above, name).toMatch(/^# .*[一-鿿]{2}/m);
  }
});
