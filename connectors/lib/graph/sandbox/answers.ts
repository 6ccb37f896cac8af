import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

export interface Failure {
  status?: ContentfulStatusCode;
  code: number;
  message: string;
  /** `error_data`, where the product has some. */
  data?: Record<string, unknown>;
  subcode?: number;
}

/** An error as the Graph API shapes it. */
export function fail(c: Context, { status = 400, code, message, data, subcode }: Failure): Response {
  return c.json(
    {
      error: {
        message: `(#${code}) ${message}`,
        type: 'OAuthException',
        code,
        ...(subcode !== undefined && { error_subcode: subcode }),
        ...(data && { error_data: data }),
        fbtrace_id: randomBytes(8).toString('base64url'),
      },
    },
    status,
  );
}

export const FAILURES = {
  token: { status: 401, code: 190, message: 'Invalid OAuth access token.' },
  missing: {
    code: 100,
    subcode: 33,
    message:
      'Unsupported request. Object does not exist, cannot be loaded due to missing permissions, or does not support this operation.',
  },
  permission: { status: 403, code: 10, message: 'Application does not have permission for this action' },
  down: { status: 503, code: 2, message: 'Service temporarily unavailable' },
  unknown: { status: 500, code: 1, message: 'An unknown error has occurred.' },
} as const satisfies Record<string, Failure>;
