import { OpenAPIHono } from '@hono/zod-openapi';
import { createMiddleware } from 'hono/factory';
import { requestId } from 'hono/request-id';
import { routePath } from 'hono/route';
import { sameOrigin } from './auth.ts';
import { headers } from './headers.ts';
import type { Hub } from './hub.ts';
import { answerError, errorsOf, problem } from './problem.ts';
import { alerts } from './routes/alerts.ts';
import { apps } from './routes/apps.ts';
import { auditTrail } from './routes/audit.ts';
import { authRoutes } from './routes/auth.ts';
import { autoReplies } from './routes/auto-replies.ts';
import { calendar } from './routes/calendar.ts';
import { cashier, payNotifications } from './routes/cashier.ts';
import { channelGroups } from './routes/channel-groups.ts';
import { channels } from './routes/channels.ts';
import { connect } from './routes/connect.ts';
import { connectors } from './routes/connectors.ts';
import { contactCare } from './routes/contact-care.ts';
import { contacts } from './routes/contacts.ts';
import { deskSettings } from './routes/desk-settings.ts';
import { docs } from './routes/docs.ts';
import { groups } from './routes/groups.ts';
import { health } from './routes/health.ts';
import { leaveMessages } from './routes/leave-messages.ts';
import { live } from './routes/live.ts';
import { me } from './routes/me.ts';
import { mediaFiles, uploads } from './routes/media.ts';
import { members } from './routes/members.ts';
import { merchants } from './routes/merchants.ts';
import { parked } from './routes/parked.ts';
import { payments } from './routes/payments.ts';
import type { HouseEnv } from './routes/route.ts';
import { routing } from './routes/routing.ts';
import { sandboxPage } from './routes/sandbox.ts';
import { sessionActs } from './routes/session-acts.ts';
import { sessionCare } from './routes/session-care.ts';
import { sessions } from './routes/sessions.ts';
import { settings } from './routes/settings.ts';
import { settingsHistory } from './routes/settings-history.ts';
import { setup } from './routes/setup.ts';
import { pages } from './routes/static.ts';
import { transfers } from './routes/transfers.ts';
import { visitor } from './routes/visitor.ts';
import { webhooks } from './routes/webhooks.ts';
import { words } from './routes/words.ts';
import { sandboxesOf } from './sandboxes.ts';

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
  app.use(async (c, next) => {
    c.set('hub', hub);
    await next();
  });
  // Before the rest: platforms look at none of the headers below, and here every microsecond counts.
  app.route('/', webhooks(hub));
  app.route('/', payNotifications(hub));
  app.use(requestId(), timed, headers(hub), wellFormed);
  app.use('/api/*', fromOurPages);

  // What is no part of the described API.
  app.route('/', health(hub));
  app.route('/', live(hub));
  app.route('/', mediaFiles(hub));
  app.route('/', connect(hub));
  app.route('/', cashier(hub));
  app.route('/api/auth', authRoutes(hub));
  app.route('/', docs(hub, app));
  app.route('/', sandboxPage(sandboxesOf(hub)));
  for (const [name, { app: sandbox }] of sandboxesOf(hub)) app.route(`/sandbox/${name}`, sandbox);

  const api = app
    .route('/api/v1', setup(hub))
    .route('/api/v1', me(hub))
    .route('/api/v1', sessions(hub))
    .route('/api/v1', sessionActs(hub))
    .route('/api/v1', transfers(hub))
    .route('/api/v1', sessionCare(hub))
    .route('/api/v1', routing(hub))
    .route('/api/v1', deskSettings(hub))
    .route('/api/v1', leaveMessages(hub))
    .route('/api/v1', payments(hub))
    .route('/api/v1', merchants(hub))
    .route('/api/v1', contactCare(hub))
    .route('/api/v1', contacts(hub))
    .route('/api/v1', members(hub))
    .route('/api/v1', groups(hub))
    .route('/api/v1', connectors(hub))
    .route('/api/v1', apps(hub))
    .route('/api/v1', channelGroups())
    .route('/api/v1', channels(hub))
    .route('/api/v1', autoReplies(hub))
    .route('/api/v1', words(hub))
    .route('/api/v1', settings(hub))
    .route('/api/v1', settingsHistory(hub))
    .route('/api/v1', calendar())
    .route('/api/v1', alerts(hub))
    .route('/api/v1', parked(hub))
    .route('/api/v1', uploads(hub))
    .route('/api/v1', auditTrail(hub))
    .route('/', visitor(hub));
  // Last: it answers every address that nobody else wants.
  app.route('/', pages(hub));
  return api;
}
/** For `hc<App>('/')` in programs built on Haina. @public */
export type App = ReturnType<typeof createApp>;

const timed = createMiddleware<HouseEnv>(async (c, next) => {
  const begun = performance.now();
  await next();
  // Without an index: the route that answered, not the last of those that would have.
  c.get('hub').metrics.requests.observe(
    { method: c.req.method, route: routePath(c), status: String(c.res.status) },
    (performance.now() - begun) / 1000,
  );
});

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
