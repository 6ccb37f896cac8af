import { Hono } from 'hono';
import { phoneRoutes } from '../lib/phone/routes.ts';
import { World } from '../lib/phone/world.ts';
import { Consents } from '../lib/sandbox/consent.ts';
import { Faults } from '../lib/sandbox/faults.ts';
import { ExchangeLog } from '../lib/sandbox/log.ts';
import type { Sandbox, SandboxHost } from '../sandbox.ts';
import type { WebConfig } from './config.ts';
import { SCAN_MS } from './limits.ts';
import { webPhone } from './standin/phone.ts';
import { faults, phoneModel } from './standin/phone-model.ts';
import { webRoutes } from './standin/routes.ts';
import { WebServer } from './standin/server.ts';

const PEOPLE = ['Guest A 甲', 'Guest B 乙'];

/**
 * WhatsApp Web's side: a page for the connector's browser, opened in the place of the real one, and phones. The owner's
 * phone scans what the page shows with the button to scan; nothing of it leaves this machine.
 */
export function whatsappWebSandbox(host: SandboxHost): Sandbox<WebConfig> {
  const server = new WebServer(host);
  const world = new World();
  const mount = new URL(host.url).pathname;
  const switches = new Faults(faults, (values) => world.feed.publish({ type: 'faults', values }));
  const log = new ExchangeLog((exchange) => world.feed.publish({ type: 'exchange', exchange }));
  const consents = new Consents({ mount: host.url, now: host.now, theme: phoneModel.theme });
  const phone = webPhone(server, world, switches, mount, host.now);
  for (const name of PEOPLE) world.putPerson({ id: server.customer(name).pn, name });

  // Every page that waits for a phone can be scanned by one of the owners'.
  const offered = new Set<string>();
  server.seen.subscribe((seen) => {
    if (seen.type !== 'devices') return;
    for (const device of server.waiting()) {
      if (offered.has(device.id)) continue;
      offered.add(device.id);
      consents.page({
        accounts: world.accounts().map(({ id, name }) => ({ id, name })),
        permissions: [],
        title: { zh: '关联设备', en: 'Link a device' },
        app: 'WhatsApp Web',
        ttlMs: SCAN_MS,
        agreed({ account }) {
          const owner = world.accounts().find(({ id }) => id === account);
          if (owner && !device.owner) server.link(device, server.owner(owner.name));
          return host.url;
        },
        refused: () => host.url,
      });
    }
  });

  const app = new Hono();
  app.route('/web', webRoutes(server));
  app.route('/', consents.routes());
  app.route('/', phoneRoutes({ phone, faults: switches, files: server.files, log, mount, actions: [], consents }));
  return {
    name: 'whatsapp-web',
    label: phoneModel.label,
    app,
    hosts: { web: '/web' },
    phone,
    account(name, callbackUrl) {
      const { number } = server.owner(name);
      world.putAccount({ id: number, name, callbackUrl, credentials: {} });
      for (const person of world.people()) world.setChat(number, person.id, { following: true });
      return {};
    },
    close: () => server.close(),
  };
}
