import { ApiError, api, type Fault } from '../api.ts';
import { merge, same } from './merge.ts';
import type { Area, Doc, Finding, Meanwhile, Settings } from './shapes.ts';

/** How long the hub is not asked for findings after the last change, milliseconds. */
const PAUSE = 500;

/**
 * One area's document on a screen: read once, edited as `draft`, saved whole with the version it was read at. Who saves
 * second is told and loses nothing. Bind fields to `draft`; the rest is for Page.svelte and Spot.svelte.
 */
export class SettingsDocument<A extends Area> {
  readonly area: A;
  /** What is edited; null until loaded. */
  draft: Settings[A] | null = $state(null);
  /** What the hub has. */
  saved: Settings[A] | null = $state.raw(null);
  version = $state(0);
  updatedAt: string | null = $state(null);
  by: Meanwhile['by'] = $state.raw(null);
  /** Of the draft as it was last checked. */
  findings: Finding[] = $state.raw([]);
  /** What the last save was refused for; paths within the document. */
  faults: Fault[] = $state.raw([]);
  /** Somebody saved since this was read. */
  conflict: Meanwhile | null = $state.raw(null);
  /** Why it could not be read or saved. */
  trouble: unknown = $state.raw(null);
  busy = $state(false);
  readonly dirty = $derived(this.draft !== null && !same(this.draft, this.saved));
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(area: A) {
    this.area = area;
  }
  get path(): string {
    return `/settings/${this.area}`;
  }

  /** Reads the document; what was edited is dropped. Never throws: see `trouble`. */
  async load(): Promise<void> {
    await this.#asking(async () => this.take(await api.get<Doc<A>>(this.path)));
  }
  /** The document as the hub just gave it: after a load, a save, a rollback. */
  take(doc: Doc<A>): void {
    this.saved = doc.document;
    this.draft = structuredClone(doc.document);
    this.#learn(doc);
    this.findings = doc.findings ?? [];
    this.faults = [];
    this.conflict = null;
  }
  /** True when the hub has taken it. */
  async save(): Promise<boolean> {
    return this.#asking(async () => {
      this.faults = [];
      const document = $state.snapshot(this.draft);
      this.take(await api.put<Doc<A>>(this.path, { version: this.version, document }));
    });
  }
  /** Back to what the hub has. */
  undo(): void {
    this.draft = structuredClone(this.saved);
    this.faults = [];
    this.trouble = null;
  }
  /** Conflict: theirs as it is. */
  async showTheirs(): Promise<void> {
    await this.load();
  }
  /** Conflict: my changes on top of theirs, to be looked at and saved. */
  async keepMine(): Promise<void> {
    await this.#asking(async () => {
      const theirs = await api.get<Doc<A>>(this.path);
      const draft = merge(this.saved, $state.snapshot(this.draft) as Settings[A] | null, theirs.document);
      this.take(theirs);
      this.draft = draft;
    });
  }
  /** Something under settings changed: read again, or tell whoever is editing. */
  async heard(): Promise<void> {
    if (this.busy || !this.saved) return;
    const now = await api.get<Doc<A>>(this.path).catch(() => null);
    if (!now || now.version <= this.version || this.busy) return;
    if (this.dirty) this.conflict = { version: now.version, updatedAt: now.updatedAt, by: now.by };
    else this.take(now);
  }
  /** Asks what the hub makes of the draft, after a pause. Called by the page whenever the draft changes. */
  check(): void {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    this.#timer = setTimeout(async () => {
      const document = $state.snapshot(this.draft);
      const answer = await api.post<{ findings: Finding[] }>(`${this.path}/check`, { document }).catch(() => null);
      // A draft that is not finished (an empty name) is refused; the last answer stands until it is.
      if (answer && turn === this.#turn) this.findings = answer.findings;
    }, PAUSE);
  }
  /** Faults at a path or below it. */
  wrongAt(path: string): Fault[] {
    return this.faults.filter((one) => isAt(one.path, path));
  }
  /** Findings at a path or below it. */
  foundAt(path: string): Finding[] {
    return this.findings.filter((one) => isAt(one.path, path));
  }

  #learn(doc: Meanwhile): void {
    this.version = doc.version;
    this.updatedAt = doc.updatedAt ?? null;
    this.by = doc.by ?? null;
  }
  async #asking(act: () => Promise<void>): Promise<boolean> {
    this.busy = true;
    this.trouble = null;
    clearTimeout(this.#timer);
    this.#turn++;
    try {
      await act();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === 'version_conflict') this.conflict = meanwhile(error.more);
      else this.trouble = error;
      this.faults = error.errors.map((one) => ({ ...one, path: one.path.replace(/^document\.?/, '') }));
      return false;
    } finally {
      this.busy = false;
    }
  }
}

const isAt = (path: string, at: string) => path === at || path.startsWith(`${at}.`);

function meanwhile(more: Record<string, unknown>): Meanwhile {
  const by = more.by as Meanwhile['by'] | undefined;
  return { version: Number(more.version), updatedAt: (more.at as string | undefined) ?? null, by: by ?? null };
}
