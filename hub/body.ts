import type { HonoRequest } from 'hono';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { readJson } from '../connectors/lib/json.ts';

export const MIB = 1_048_576;

/**
 * Reads a request's body as far as `limit` bytes and not one further, whatever its headers promise. Throws 413
 * (`body_too_large`).
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new HTTPException(413);
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge();
  if (!request.body) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body) {
    size += part.length;
    // Leaving the loop cancels the stream.
    if (size > limit) throw tooLarge();
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts, size));
}

/** The same, in one read where the length is told: the parser of HTTP lets no body be longer than that. */
export async function readBytes(request: HonoRequest, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const length = Number(request.header('content-length') ?? Number.NaN);
  return length <= limit ? new Uint8Array(await request.arrayBuffer()) : await readBody(request.raw, limit);
}

/**
 * The door for JSON: bounded, UTF-8, no NUL, no half characters, no endless nesting. What PostgreSQL cannot keep or
 * nobody can write out again does not get in (400 with a code of its own), so no schema behind it needs to ask.
 */
export const jsonBody = (limit: number) =>
  createMiddleware(async (c, next) => {
    if (/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
      const bytes = await readBody(c.req.raw, limit);
      readJson(bytes);
      c.req.bodyCache.text = Promise.resolve(Buffer.from(bytes).toString('utf8')) as never;
    }
    await next();
  });
