import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/**
 * What Prometheus reads at `/metrics`. A registry of its own, so that two hubs in one process (tests) do not meet. Labels
 * are names of ours, never ids: their number is bounded by the code.
 */
export class Metrics {
  readonly registry = new Registry();
  /** `route` is the pattern, `/api/v1/sessions/:id`. Seconds. */
  readonly requests = this.#histogram('haina_http_request_seconds', 'Time to answer a request', [
    'method',
    'route',
    'status',
  ]);
  /** `kind`: webhook, or that of an event; `outcome`: ok, duplicate, parked, bad_signature, or the code of a bad request. */
  readonly inbound = this.#counter('haina_inbound_total', 'What came in from platforms', [
    'connector',
    'kind',
    'outcome',
  ]);
  /** `outcome`: sent, failed, retried, uncertain. */
  readonly outbound = this.#counter('haina_outbound_messages_total', 'Messages handed to platforms', [
    'connector',
    'outcome',
  ]);
  /** `of`: member, visitor. */
  readonly sockets = this.#gauge('haina_live_sockets', 'Open live connections', ['of']);
  /** `outcome`: done, failed. */
  readonly jobs = this.#counter('haina_jobs_total', 'Jobs run', ['name', 'outcome']);
  /** `outcome`: ready, expired, failed, later. */
  readonly media = this.#counter('haina_media_fetched_total', 'Files fetched from platforms', ['connector', 'outcome']);

  /** `system`: with the process's own figures (memory, event loop, garbage collection). */
  constructor(system = false) {
    if (system) collectDefaultMetrics({ register: this.registry });
  }

  #counter<L extends string>(name: string, help: string, labelNames: L[]) {
    return new Counter<L>({ name, help, labelNames, registers: [this.registry] });
  }
  #gauge<L extends string>(name: string, help: string, labelNames: L[]) {
    return new Gauge<L>({ name, help, labelNames, registers: [this.registry] });
  }
  #histogram<L extends string>(name: string, help: string, labelNames: L[]) {
    const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    return new Histogram<L>({ name, help, labelNames, buckets, registers: [this.registry] });
  }
}
