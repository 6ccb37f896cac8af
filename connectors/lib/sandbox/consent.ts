import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Text } from '../../connector.ts';
import { BoundedMap } from './bounded.ts';
import { desktopPage, langOf, phonePage, type Shown } from './consent/pages.ts';

/** Consents remembered, answered ones too: the oldest are forgotten first. */
const KEPT = 200;
/** How long a code may be scanned, in milliseconds, where the platform says nothing. */
const TTL_MS = 10 * 60_000;

/** What a platform asks an account's owner, as its consent page shows it. */
export interface ConsentRequest {
  /** Who may be chosen, and what is asked for; `required` cannot be unticked. */
  accounts: { id: string; name: string; kind?: string }[];
  permissions: { id: string; label: Text; required?: boolean }[];
  /** Where the browser goes after the phone agreed: full address with code and state. Called once. */
  agreed(answer: { account: string; permissions: string[] }): string;
  /** … after the phone refused. */
  refused(): string;
  /** Title of the page. */
  title: Text;
  /** The name of the app that asks. */
  app: string;
  ttlMs?: number;
}

interface Consent {
  id: string;
  request: ConsentRequest;
  until: number;
  state: 'waiting' | 'scanned' | 'agreed' | 'refused';
  /** Where to go on, once answered. */
  url?: string;
  /** Who goes on: the computer that showed the code, or the phone where it was opened there. */
  follows: 'desktop' | 'phone';
}

export interface ConsentOptions {
  /** Where the sandbox is mounted, in full (`SandboxHost.url`): what the QR codes hold. */
  mount: string;
  now: () => number;
  theme: { accent: string; onAccent: string };
}

const answerSchema = z.strictObject({
  account: z.string().min(1).max(200),
  permissions: z.array(z.string().min(1).max(200)).max(200),
});
const TYPES: Record<string, string> = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' };

/**
 * Consent by QR code, as platforms do it: the computer shows a code, the phone that scans it chooses and agrees, and the
 * computer goes on by itself. In memory and bounded; a consent that nobody answered ends by itself.
 */
export class Consents {
  readonly #consents = new BoundedMap<string, Consent>(KEPT);
  readonly #options: ConsentOptions;
  readonly #base: string;
  constructor(options: ConsentOptions) {
    this.#options = options;
    this.#base = pathOf(options.mount);
  }

  /**
   * The platform's page on the computer. `asked`, the browser's request, tells the language (`?lang=`, `Accept-Language`);
   * without it the page finds out by itself.
   */
  page(request: ConsentRequest, asked?: Request): Response {
    const consent = this.#add(request, 'desktop');
    return desktopPage(this.#shown(consent, asked), this.#address(consent));
  }

  /** The same opened on the phone itself (a link instead of a code): the phone decides and goes on. */
  phone(request: ConsentRequest, asked?: Request): Response {
    const { id } = this.#add(request, 'phone');
    const lang = asked && new URL(asked.url).searchParams.get('lang');
    const query = lang ? `?${new URLSearchParams({ lang })}` : '';
    return new Response(null, { status: 303, headers: { location: `${this.#base}/consent/${id}${query}` } });
  }

  /** Open consents, newest first: what the sandbox's phone can "scan". */
  pending(): { id: string; title: Text; app: string; url: string }[] {
    return [...this.#consents.values()]
      .filter((consent) => consent.follows === 'desktop' && this.#isOpen(consent))
      .reverse()
      .map((consent) => ({
        id: consent.id,
        title: consent.request.title,
        app: consent.request.app,
        url: this.#address(consent),
      }));
  }

  /** The phone's page and its answers, what the computer asks, and the files of both. Mount at `/` of the sandbox's app. */
  routes(): Hono {
    const app = new Hono();
    app.get('/consent/pending', (c) => c.json({ items: this.pending() }));
    app.get('/consent/page/theme.css', (c) => {
      const { accent, onAccent } = this.#options.theme;
      return c.body(`:root { --accent: ${accent}; --onAccent: ${onAccent}; }\n`, 200, {
        'content-type': TYPES.css ?? '',
      });
    });
    app.get('/consent/page/:file', async (c) => {
      const [, name, ending = ''] = /^([a-z]+)\.(css|js)$/.exec(c.req.param('file')) ?? [];
      const bytes =
        name && (await readFile(new URL(`./consent/${name}.${ending}`, import.meta.url)).catch(() => undefined));
      if (!bytes) return c.notFound();
      return c.body(new Uint8Array(bytes), 200, {
        'content-type': TYPES[ending] ?? '',
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
      });
    });
    app.get('/consent/:id', (c) => {
      const consent = this.#consents.get(c.req.param('id'));
      if (!consent) return c.json({ code: 'not_found', message: 'No such consent, or it is long over.' }, 404);
      const shown = this.#shown(consent, c.req.raw);
      if (consent.state === 'agreed') return phonePage(shown, 'done');
      if (consent.state === 'refused') return phonePage(shown, 'turnedDown');
      if (!this.#isOpen(consent)) return phonePage(shown, 'late');
      consent.state = 'scanned';
      return phonePage(shown);
    });
    app.get('/consent/:id/state', (c) => {
      const consent = this.#consents.get(c.req.param('id'));
      if (!consent) return c.json({ code: 'not_found', message: 'No such consent, or it is long over.' }, 404);
      const over = consent.url !== undefined;
      const url = consent.follows === 'desktop' ? consent.url : undefined;
      return c.json({ state: over || this.#isOpen(consent) ? consent.state : 'expired', url }, 200, {
        'cache-control': 'no-store',
      });
    });
    app.post('/consent/:id/agree', async (c) => {
      const consent = this.#open(c.req.param('id'));
      if (!consent) return late();
      const answer = answerSchema.safeParse(await c.req.json().catch(() => undefined));
      const { accounts, permissions } = consent.request;
      const known =
        answer.success &&
        accounts.some(({ id }) => id === answer.data.account) &&
        answer.data.permissions.every((id) => permissions.some((permission) => permission.id === id));
      if (!known) return c.json({ code: 'bad_request', message: 'No such account or permission.' }, 400);
      const granted = permissions.filter(({ id, required }) => required || answer.data.permissions.includes(id));
      consent.url = consent.request.agreed({
        account: answer.data.account,
        permissions: granted.map(({ id }) => id),
      });
      consent.state = 'agreed';
      return c.json({ state: consent.state, url: consent.follows === 'phone' ? consent.url : undefined });
    });
    app.post('/consent/:id/refuse', (c) => {
      const consent = this.#open(c.req.param('id'));
      if (!consent) return late();
      consent.url = consent.request.refused();
      consent.state = 'refused';
      return c.json({ state: consent.state, url: consent.follows === 'phone' ? consent.url : undefined });
    });
    return app;
  }

  #add(request: ConsentRequest, follows: Consent['follows']): Consent {
    const until = this.#options.now() + (request.ttlMs ?? TTL_MS);
    const consent: Consent = { id: randomBytes(16).toString('base64url'), request, until, state: 'waiting', follows };
    this.#consents.set(consent.id, consent);
    return consent;
  }

  #isOpen({ url, until }: Consent): boolean {
    return url === undefined && this.#options.now() < until;
  }

  #open(id: string): Consent | undefined {
    const consent = this.#consents.get(id);
    return consent && this.#isOpen(consent) ? consent : undefined;
  }

  #shown({ id, request }: Consent, asked?: Request): Shown {
    return { id, request, base: this.#base, lang: langOf(asked) };
  }

  #address({ id }: Consent): string {
    return `${URL.parse(this.#options.mount)?.origin ?? ''}${this.#base}/consent/${id}`;
  }
}

/** The path of an address or of a path, without a slash at the end. */
const pathOf = (mount: string): string => (URL.parse(mount)?.pathname ?? mount).replace(/\/$/, '');

const late = () =>
  Response.json({ code: 'expired', message: 'Answered already, or its time ran out.' }, { status: 409 });
