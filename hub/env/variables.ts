import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { say } from '../start/say.mjs';

/** Those that may also come as NAME_FILE, the path of a file that holds the value. */
export const SECRETS = ['DATABASE_URL', 'REDIS_URL', 'SECRET_KEY', 'METRICS_TOKEN', 'S3_SECRET_ACCESS_KEY'] as const;

const whole = (least: number, most: number, fallback: number) =>
  z
    .string()
    .default(String(fallback))
    .refine((text) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: () => say(`must be a whole number from ${least} to ${most}.`, `必须是 ${least} 到 ${most} 之间的整数。`),
    })
    .transform(Number);

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: () => say(`must be one of ${values.join(', ')}.`, `只能是 ${values.join('、')} 之一。`) });

const switched = z
  .string()
  .refine((text) => /^(1|0|true|false|on|off|yes|no)$/i.test(text), {
    error: () => say('must be 1 (on) or 0 (off).', '只能是 1（开）或 0（关）。'),
  })
  .transform((text) => /^(1|true|on|yes)$/i.test(text));

const url = (schemes: readonly string[], example: string) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), {
    // The value is not shown: it may hold a password.
    error: () => say(`must look like ${example}.`, `格式应类似 ${example}。`),
  });

const LOOPBACK = ['127.0.0.0/8', '::1/128'];
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fe80::/10'];

/** Each entry as CIDR ranges; nothing when it is no address. */
function ranges(entry: string): string[] {
  if (entry === 'loopback') return LOOPBACK;
  if (entry === 'private') return [...LOOPBACK, ...PRIVATE];
  if (ipaddr.isValidCIDR(entry)) return [entry];
  return ipaddr.isValid(entry) && !/^\d+$/.test(entry) ? [`${entry}/${entry.includes(':') ? 128 : 32}`] : [];
}

/** Every variable Haina reads, and what it may be. `.env.example` explains each; a test keeps the two together. */
export const variables = {
  NODE_ENV: oneOf(['development', 'production', 'test']).default('development'),
  PORT: whole(1, 65_535, 3000),
  HOST: z.string().optional(),
  PUBLIC_URL: url(['http:', 'https:'], 'https://chat.example.com')
    .refine((text) => !URL.canParse(text) || new URL(text).pathname + new URL(text).search === '/', {
      error: () =>
        say('must be an address without a path: Haina lives at its root.', '不能带路径：海纳只能部署在根路径。'),
    })
    .transform((text) => new URL(text).origin)
    .optional(),
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/haina').optional(),
  DATABASE_POOL: whole(2, 200, 10),
  REDIS_URL: url(['redis:', 'rediss:'], 'redis://:password@host:6379/0').optional(),
  DATA_DIR: z.string().default('.data'),
  SECRET_KEY: z
    .string()
    .min(32, {
      error: () =>
        say(
          'must have at least 32 characters; openssl rand -base64 32 makes one.',
          '至少需要 32 个字符，可用 openssl rand -base64 32 生成。',
        ),
    })
    .optional(),
  SANDBOX: switched.optional(),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((entry) => entry.trim())
        .filter(Boolean),
    )
    .refine((entries) => entries.every((entry) => ranges(entry).length), {
      error: () =>
        say(
          'must be addresses or ranges separated by commas, or the words loopback and private, such as loopback,10.0.0.0/8.',
          '应为以逗号分隔的地址或网段，也可使用 loopback 和 private，例如 loopback,10.0.0.0/8。',
        ),
    })
    .transform((entries) => entries.flatMap(ranges)),
  METRICS_TOKEN: z
    .string()
    .min(16, { error: () => say('must have at least 16 characters.', '至少需要 16 个字符。') })
    .optional(),
  MAX_UPLOAD_MB: whole(1, 2_000, 200),
  S3_ENDPOINT: url(['http:', 'https:'], 'https://s3.eu-central-1.amazonaws.com')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  STOP_SECONDS: whole(1, 300, 25),
};
