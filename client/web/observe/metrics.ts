import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { setTimeout } from 'node:timers/promises';
import type { Figures } from '../../../register/figures.ts';
import type { Register } from '../../../register/register.ts';
import type { Engine } from '../../engine.ts';
import { isLoopback } from '../hosts.ts';
import { isSame } from '../same-secret.ts';
import { clientAddress } from '../security.ts';
import { figuresMetrics } from './figures-metrics.ts';
import { routeOf } from './route-of.ts';
import { workerMetrics } from './worker-metrics.ts';

export interface MetricsParts {
  register: Pick<Register, 'figures'>;
  engine: Pick<Engine, 'answers'>;
  /** Where the worker's own metrics are read, `http://127.0.0.1:9464/metrics`; without it they are left out. */
  workerMetricsUrl?: string;
  /** What whoever reads them has to send; without it they are this machine's alone; `open`: anybody's. */
  metricsToken?: string;
}

/** However often it is asked, the register is not asked more often. */
const FIGURES_LAST_MS = 5000;
/** Prometheus itself gives up after ten seconds. */
const PATIENCE_MS = 6000;
const DURATIONS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Metrics for Prometheus: `measure` goes before every route, `routes` answers GET /metrics. */
export function metricsOf({ register, engine, workerMetricsUrl, metricsToken }: MetricsParts): {
  measure: MiddlewareHandler;
  routes: Hono;
} {
  const requests = new Registry();
  const durations = new Histogram({
    name: 'duecourse_http_request_duration_seconds',
    help: 'How long requests took.',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATIONS_S,
    registers: [requests],
  });
  const figures = figuresOf(register);
  const routes = new Hono().get('/metrics', async (context) => {
    if (!mayRead(context, metricsToken))
      return context.text('Send the token that DUECOURSE_METRICS_TOKEN sets, or ask from this machine.\n', 401, {
        'WWW-Authenticate': 'Bearer',
      });
    const parts = await Promise.all([
      figures().then(figuresMetrics),
      engine.answers().then(engineMetrics),
      requests.metrics(),
      processMetrics().metrics(),
      workerMetricsUrl === undefined ? '' : workerMetrics(workerMetricsUrl),
    ]);
    return context.body(`${parts.filter((part) => part !== '').join('\n')}`, 200, {
      'Content-Type': Registry.PROMETHEUS_CONTENT_TYPE,
    });
  });
  return {
    measure: async (context, next) => {
      const begun = performance.now();
      await next();
      const status = `${Math.floor(context.res.status / 100)}xx`;
      durations.observe(
        { method: context.req.method, route: routeOf(context), status },
        (performance.now() - begun) / 1000,
      );
    },
    routes,
  };
}

/** A proxy on this machine asks for others: what came through one is not from this machine. */
const FORWARDED = ['X-Forwarded-For', 'Forwarded', 'Via', 'X-Real-IP'];

function mayRead(context: Context, token: string | undefined): boolean {
  if (token === 'open') return true;
  if (token === undefined)
    return isLoopback(clientAddress(context)) && FORWARDED.every((name) => context.req.header(name) === undefined);
  return isSame(context.req.header('Authorization') ?? '', `Bearer ${token}`);
}

/** The newest figures, asked for at most every five seconds; undefined where the register does not answer. */
function figuresOf(register: Pick<Register, 'figures'>): () => Promise<Figures | undefined> {
  let asked = Number.NEGATIVE_INFINITY;
  let answer: Promise<Figures | undefined> = Promise.resolve(undefined);
  return () => {
    if (performance.now() - asked >= FIGURES_LAST_MS) {
      asked = performance.now();
      const none = setTimeout(PATIENCE_MS, undefined, { ref: false });
      answer = Promise.race([register.figures(new Date().toISOString()), none]).catch(() => undefined);
    }
    return answer;
  };
}

function engineMetrics(up: boolean): Promise<string> {
  const registry = new Registry();
  const gauge = new Gauge({ name: 'duecourse_engine_up', help: 'Whether the engine answered.', registers: [registry] });
  gauge.set(up ? 1 : 0);
  return registry.metrics();
}

let ofThisProcess: Registry | undefined;

/** Node's own: memory, event loop, garbage collection. There is one process, however many apps it serves. */
function processMetrics(): Registry {
  if (ofThisProcess === undefined) {
    ofThisProcess = new Registry();
    collectDefaultMetrics({ register: ofThisProcess });
  }
  return ofThisProcess;
}
