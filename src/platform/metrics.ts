import { createServer, type Server } from 'node:http';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** The figures that a running server tells, for Prometheus. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requestSeconds: new Histogram({
      name: 'soyamate_http_request_seconds',
      help: 'Time from the last header to the end of the answer.',
      labelNames: ['operation', 'status'] as const,
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    frames: new Counter({
      name: 'soyamate_frames_total',
      help: 'WebSocket frames handled, by op.',
      labelNames: ['op', 'outcome'] as const,
      registers,
    }),
    sockets: new Gauge({ name: 'soyamate_sockets', help: 'Open authenticated WebSockets.', registers }),
    pushes: new Counter({
      name: 'soyamate_pushes_total',
      help: 'Pushes that left the queue or were tried, by what became of them and why.',
      labelNames: ['outcome', 'reason'] as const,
      registers,
    }),
    mails: new Counter({
      name: 'soyamate_mails_total',
      help: 'Letters handed to the mail server, and tries that failed.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    /** A figure that is read when it is asked for, by the values of one label. */
    gauges(name: string, help: string, label: string, read: () => Promise<ReadonlyMap<string, number>>) {
      return new Gauge({
        name,
        help,
        labelNames: [label],
        registers,
        async collect() {
          const values = await read().catch(() => new Map<string, number>());
          this.reset();
          for (const [value, figure] of values) this.set({ [label]: value }, figure);
        },
      });
    },
    /** A figure that is read when it is asked for. */
    gauge(name: string, help: string, read: () => number | Promise<number>) {
      return new Gauge({
        name,
        help,
        registers,
        async collect() {
          // The other figures are told when this one cannot be had, as while the database is away.
          this.set(await Promise.resolve(read()).catch(() => Number.NaN));
        },
      });
    },
  };
}

/** Serves `/metrics` on a port of its own, so that a proxy in front of the API cannot expose it by mistake. */
export function serveMetrics({ registry }: Metrics, host: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}
