import { OpenAPIHono } from '@hono/zod-openapi';
import { createMiddleware } from 'hono/factory';
import { requestId } from 'hono/request-id';
import { sameOrigin } from './auth.ts';
import { headers } from './headers.ts';
import type { Hub } from './hub.ts';
import { answerError, errorsOf, problem } from './problem.ts';
import { authRoutes } from './routes/auth.ts';
import { live } from './routes/live.ts';
import { me } from './routes/me.ts';
import type { HouseEnv } from './routes/route.ts';
import { sessions } from './routes/sessions.ts';
import { setup } from './routes/setup.ts';
import { visitor } from './routes/visitor.ts';
import { webhooks } from './routes/webhooks.ts';

/** Everything that is served on the one port. Handlers read, call and answer; what goes wrong is answered here. */
export function createApp(hub: Hub) {
  const app = new OpenAPIHono<HouseEnv>({
    defaultHook: (result, c) => {
      if (result.success) return;
      // What a path names cannot be there when the name is not even well formed.
      if (result.target === 'param') return problem(c, 404, 'not_found');
      return problem(c, 400, 'invalid_input', undefined, { errors: errorsOf(result.error) });
    },
  });
  app.onError(answerError);
  app.notFound((c) => problem(c, 404, 'not_found'));
  app.use(requestId(), async (c, next) => {
    c.set('hub', hub);
    await next();
  });
  // Before the rest: what platforms push needs no headers for browsers, and comes a thousand times as often.
  app.route('/', webhooks(hub));
  app.use(headers(hub), wellFormed);
  app.use('/api/*', fromOurPages);
  app.route('/api/auth', authRoutes(hub));
  return app
    .route('/api/v1', setup(hub))
    .route('/api/v1', me(hub))
    .route('/api/v1', sessions(hub))
    .route('/', visitor(hub))
    .route('/', live(hub));
}
/** For `hc<App>('/')`. */
export type App = ReturnType<typeof createApp>;

/** A NUL fits no column of ours and no file name. */
const wellFormed = createMiddleware<HouseEnv>(async (c, next) => {
  if (/%00/.test(c.req.url)) return problem(c, 400, 'nul');
  await next();
});

const fromOurPages = createMiddleware<HouseEnv>(async (c, next) => {
  if (!/^(GET|HEAD|OPTIONS)$/.test(c.req.method) && !sameOrigin(c.req.raw.headers, c.get('hub').publicUrl)) {
    return problem(c, 403, 'cross_site');
  }
  await next();
});
