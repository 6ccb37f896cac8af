import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { SECRETS, variables } from './env/variables.ts';
import { EnvProblems } from './start/problem.ts';
import { say } from './start/say.mjs';
import { openSecretKey } from './start/secretKey.ts';

const schema = z.object(variables);

/** The environment, read once at the start and handed on from there; nobody else reads process.env. */
export type Env = Readonly<ReturnType<typeof readEnv>> & { readonly secretKey: string };

/**
 * Reads the environment without touching anything but the files its `*_FILE` variables name.
 * @param vars such as process.env; an empty value counts as absent, as in a compose file
 * @throws EnvProblems with all of them at once
 */
export function readEnv(vars: Record<string, string | undefined>) {
  const problems: string[] = [];
  const given = withSecretFiles(vars, problems);
  const parsed = schema.safeParse(given);
  if (!parsed.success)
    problems.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  problems.push(...contradictions(given));
  if (!parsed.success || problems.length) throw new EnvProblems(problems);
  const env = parsed.data;
  const production = env.NODE_ENV === 'production';
  const sandbox = env.SANDBOX ?? !production;
  return {
    production,
    port: env.PORT,
    /** Visitors made up in the sandbox are for this machine; a hub without it is there to be reached. */
    host: env.HOST ?? (sandbox ? '127.0.0.1' : '0.0.0.0'),
    /** Where we are reachable from outside, without a slash at the end. */
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    databaseUrl: env.DATABASE_URL,
    /** Connections of one hub to PostgreSQL. */
    databasePool: env.DATABASE_POOL,
    redisUrl: env.REDIS_URL,
    /** Absolute. */
    dataDir: resolve(env.DATA_DIR),
    secretKey: env.SECRET_KEY,
    sandbox,
    logLevel: env.LOG_LEVEL,
    /** Addresses and ranges whose X-Forwarded-For is believed, in CIDR notation. */
    trustedProxies: env.TRUSTED_PROXIES,
    metricsToken: env.METRICS_TOKEN,
    maxUploadBytes: env.MAX_UPLOAD_MB * 1024 * 1024,
    /** Where files are kept instead of DATA_DIR; undefined: there. */
    s3: env.S3_ENDPOINT
      ? {
          endpoint: env.S3_ENDPOINT,
          bucket: env.S3_BUCKET!,
          region: env.S3_REGION,
          accessKeyId: env.S3_ACCESS_KEY_ID!,
          secretAccessKey: env.S3_SECRET_ACCESS_KEY!,
        }
      : undefined,
    /** How long running work may take after a stop was asked for. Seconds. */
    stopSeconds: env.STOP_SECONDS,
  };
}

/**
 * The environment of this process, completed by the file `.env` in the working folder (what is set already wins) and
 * by the secret key kept in DATA_DIR, which the first start makes.
 * @throws EnvProblems, StartProblem when DATA_DIR cannot be written to
 */
export function loadEnv(): Env {
  try {
    process.loadEnvFile();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT')
      throw new EnvProblems([
        say(
          `.env: the file cannot be read (${code}); correct its permissions.`,
          `.env：无法读取该文件（${code}），请更正文件权限。`,
        ),
      ]);
  }
  const env = readEnv(process.env);
  return { ...env, secretKey: env.secretKey ?? openSecretKey(env.dataDir) };
}

/** Secrets may come in files, as container platforms hand them out: NAME_FILE holds the path, the file the value. */
function withSecretFiles(vars: Record<string, string | undefined>, problems: string[]) {
  const given = Object.fromEntries(Object.entries(vars).filter(([, value]) => value?.trim()));
  for (const name of SECRETS) {
    const path = given[`${name}_FILE`];
    if (!path) continue;
    if (given[name]) {
      const both = `${name}, ${name}_FILE`;
      problems.push(say(`${both}: both are set; keep one of them.`, `${both}：两者都已设置，请只保留一个。`));
    }
    try {
      given[name] = readFileSync(path, 'utf8').trim();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      problems.push(
        say(
          `${name}_FILE: the file ${path} cannot be read (${code}); correct the path or the file's permissions.`,
          `${name}_FILE：无法读取文件 ${path}（${code}），请更正路径或文件权限。`,
        ),
      );
    }
  }
  return given;
}

/** What is wrong in combination only. */
function contradictions(given: Record<string, string | undefined>): string[] {
  const problems: string[] = [];
  const needed = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'];
  const missing = needed.filter((name) => !given[name]);
  if (missing.length && missing.length < needed.length)
    problems.push(
      ...missing.map((name) =>
        say(
          `${name}: an object store needs ${needed.join(', ')}; set it, or none of them.`,
          `${name}：使用对象存储需同时设置 ${needed.join('、')}；请补上，或全部不设。`,
        ),
      ),
    );
  if (given.NODE_ENV !== 'production') return problems;
  if (given.SANDBOX && /^(1|true|on|yes)$/i.test(given.SANDBOX))
    problems.push(
      say(
        'SANDBOX: it lets anybody play a customer and is refused with NODE_ENV=production; remove one of the two.',
        'SANDBOX：沙盒允许任何人扮演客户，不能与 NODE_ENV=production 同时使用，请去掉其中一个。',
      ),
    );
  if (given.DATABASE_URL && !given.SECRET_KEY && !given.SECRET_KEY_FILE)
    problems.push(
      say(
        'SECRET_KEY: with DATABASE_URL in production every hub needs the same key; set it (openssl rand -base64 32 makes one) and keep it with your backups.',
        'SECRET_KEY：生产环境使用 DATABASE_URL 时，所有实例必须使用同一个密钥；请设置它（可用 openssl rand -base64 32 生成），并与备份一起保存。',
      ),
    );
  return problems;
}
