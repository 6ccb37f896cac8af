import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import packageJson from '../../package.json' with { type: 'json' };
import { folder } from '../files.ts';
import type { Hub } from '../hub.ts';
import { problem } from '../problem.ts';
import type { HouseEnv } from './route.ts';

/** What the API says of itself, made from the very routes that answer. */
export function describe(app: OpenAPIHono<HouseEnv>, hub: Pick<Hub, 'publicUrl'>) {
  app.openAPIRegistry.registerComponent('securitySchemes', 'cookie', {
    type: 'apiKey',
    in: 'cookie',
    name: `${hub.publicUrl.startsWith('https:') ? '__Secure-' : ''}haina.session_token`,
    description: 'Set by `POST /api/auth/sign-in/username` with `{ "username", "password" }`.',
  });
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Haina 海纳',
      version: packageJson.version,
      license: { name: 'MIT' },
      description:
        'Everything the console does. Errors are `application/problem+json` with a stable `code`. Ids are UUIDv7, times ISO 8601 UTC, durations seconds. `x-access` is the least role a route asks for.',
    },
    servers: [{ url: hub.publicUrl }],
  });
}

const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Haina API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="api"></div><script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body>
</html>
`;
const START =
  "SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null, tryItOutEnabled: true });\n";
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** `/api/openapi.json`, and pages to read it with, from our own disk: nothing is asked of anybody else's server. */
export function docs(hub: Hub, app: OpenAPIHono<HouseEnv>) {
  const files = folder(swagger);
  let document: ReturnType<typeof describe> | undefined;
  return new Hono<HouseEnv>()
    .get('/api/openapi.json', (c) => {
      c.header('cache-control', 'no-cache');
      return c.json((document ??= describe(app, hub)));
    })
    .get('/api/docs', (c) => c.html(PAGE, 200, { 'content-security-policy': POLICY, 'cache-control': 'no-cache' }))
    .get('/api/docs/start.js', (c) =>
      c.body(START, 200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' }),
    )
    .get(
      '/api/docs/:file{swagger-ui(-bundle\\.js|\\.css)}',
      async (c) =>
        (await files.serve(c.req.param('file'), c.req.raw, { 'cache-control': 'public, max-age=86400' })) ??
        problem(c, 404, 'not_found'),
    );
}
