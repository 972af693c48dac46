import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { openRegister } from '../../register/register.ts';
import { webApp } from '../../client/web/app.ts';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { freePorts } from '../../platform/embedded/ports.ts';
import { ownDatabase } from '../register/support.ts';
import { type BoardRig, boardForAll, signInLink } from '../support/board.ts';
import { breakableWay } from '../support/breakable-way.ts';
import { runProgram } from '../support/cli.ts';
import { digestOf, TRY } from '../support/digests.ts';
import { startOf } from '../support/facts.ts';
import { readMetrics, type Sample, valueOf } from '../support/prometheus.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';

const WORKER = fileURLToPath(new URL('../../dist/worker/main.js', import.meta.url));
/** The register is asked for its figures every five seconds at most. */
const SOON = { timeout: 10_000, interval: 250 };
const director = { id: 'a director', role: 'director' };
const today = localDate(new Date().toISOString());

const board = boardForAll(() => Promise.resolve());

async function metrics(app: BoardRig['app'] = board().app): Promise<Sample[]> {
  const answer = await app.request('http://board.example.org/metrics');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('Content-Type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return readMetrics(await answer.text());
}

async function figures(): Promise<Record<string, number | undefined>> {
  const samples = await metrics();
  return Object.fromEntries(
    [
      ['open', 'inspections_open'],
      ['overdue', 'milestones_overdue'],
      ['soon', 'milestones_due_soon'],
      ['held', 'milestones_held'],
    ].map(([name = '', metric]) => [name, valueOf(samples, `duecourse_${metric}`)]),
  );
}

describe('what is in hand', () => {
  let id: InspectionRef = 'none/none';

  beforeAll(async () => {
    const due = { late: -10, 'late-as-well': -1, soon: 2, 'soon-as-well': 6, later: 40 };
    const given = startOf({
      reference: `metrics-${randomBytes(4).toString('hex')}`,
      report: { received: '2030-01-11' },
      actions: Object.entries(due).map(([name, days]) => ({
        id: name,
        title: `Action ${name}`,
        owner: 'head-of-service',
        due: addDays(today, days),
      })),
    });
    id = await board().engine.start(given);
    const { seq } = await board().engine.view(id);
    await board().register.reached('anyborough', id.split('/')[1] ?? '', seq, 20_000);
  });

  test('is counted as it was started, and again after each change', async () => {
    await expect.poll(figures, SOON).toEqual({ open: 1, overdue: 2, soon: 2, held: 0 });

    const command = board().engine.command.bind(board().engine);
    await command(id, 'complete', { milestone: 'improvement-actions/late', on: today }, director);
    await expect.poll(figures, SOON).toEqual({ open: 1, overdue: 1, soon: 2, held: 0 });

    const hold = { reason: 'a review', reviewOn: addDays(today, 20) };
    await command(id, 'hold', { milestone: 'improvement-actions/soon', ...hold }, director);
    await command(id, 'hold', { milestone: 'improvement-actions/late-as-well', ...hold }, director);
    await expect.poll(figures, SOON).toEqual({ open: 1, overdue: 0, soon: 1, held: 2 });

    const officer = { id: 'an officer', role: 'democratic-services' };
    await command(id, 'complete', { milestone: 'plan-submission/written-action-plan', on: today }, officer);
    await command(
      id,
      'close',
      { reason: 'the test is over', homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
      officer,
    );
    await expect.poll(figures, SOON).toEqual({ open: 0, overdue: 0, soon: 0, held: 0 });
  });

  test('mails are counted as they arrived, those that could not be delivered, and how long the oldest waits', async () => {
    const { mail, register } = board();
    const mails = async () => {
      const samples = await metrics();
      return {
        sent: valueOf(samples, 'duecourse_mails_total', { state: 'sent' }),
        undeliverable: valueOf(samples, 'duecourse_mails_total', { state: 'undeliverable' }),
        claimed: valueOf(samples, 'duecourse_mails_waiting', { state: 'claimed' }),
      };
    };
    // Whoever started the inspection was mailed at once.
    await expect.poll(() => mail.arrived()).toBeGreaterThan(0);
    await expect.poll(mails, SOON).toEqual({ sent: mail.arrived(), undeliverable: 0, claimed: 0 });
    expect(valueOf(await metrics(), 'duecourse_mail_queue_age_seconds')).toBe(0);

    const at = new Date(Date.now() - 90_000).toISOString();
    await register.claim(digestOf({ id: 'waits' }), '<waits@duecourse>', at, TRY);
    await register.claim(digestOf({ id: 'fails' }), '<fails@duecourse>', at, TRY);
    await register.settle('fails', 'undeliverable', '550 no such mailbox', new Date().toISOString(), TRY);
    await expect.poll(mails, SOON).toEqual({ sent: mail.arrived(), undeliverable: 1, claimed: 1 });
    const age = valueOf(await metrics(), 'duecourse_mail_queue_age_seconds') ?? 0;
    expect(age).toBeGreaterThanOrEqual(90);
    expect(age).toBeLessThan(130);
  });
});

test('requests are timed by their route, never by an address that may hold a secret', async () => {
  await board().start('examples/middlesbrough-2016.yaml');
  const who = board().visitor();
  const link = new URL(await signInLink(who, board().mail, 'democratic-services@middlesbrough.example.org'));
  await who.post(link.pathname, {});
  for (let turn = 0; turn < 3; turn++) await who.get('/?q=a-secret-word&owner=director');
  await who.get('/wp-login.php');
  await who.get('/api/v1/inspections/middlesbrough/none-such');
  const answer = await board().app.request('http://board.example.org/metrics');
  const text = await answer.text();
  for (const secret of [
    link.pathname.split('/')[2] ?? '',
    'a-secret-word',
    'wp-login',
    'middlesbrough',
    'none-such',
    '@',
  ])
    expect(text).not.toContain(secret);
  const samples = readMetrics(text);
  const timed = (method: string, route: string, status: string) =>
    valueOf(samples, 'duecourse_http_request_duration_seconds_count', { method, route, status });
  expect(timed('GET', '/', '2xx')).toBe(3);
  expect(timed('POST', '/sign-in/:token', '3xx')).toBe(1);
  expect(timed('GET', '/api/v1/inspections/:authority/:reference', '4xx')).toBe(1);
  expect(timed('GET', 'none', '4xx')).toBe(1);
  expect(valueOf(samples, 'duecourse_http_request_duration_seconds_sum', { route: '/' })).toBeGreaterThan(0);
  expect(valueOf(samples, 'process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
});

test('the register out of reach: that it is, and no old figures; back, and they are there again', async () => {
  const way = await breakableWay(await ownDatabase());
  const register = openRegister({ url: way.url });
  onTestFinished(() => register.close());
  await register.migrate();
  const app = webApp({ ...board().parts, register });
  const up = async () => valueOf(await metrics(app), 'duecourse_register_up');
  expect(await up()).toBe(1);
  expect((await app.request('/readyz')).status).toBe(200);
  way.cut();
  await expect.poll(up, SOON).toBe(0);
  const samples = await metrics(app);
  expect(samples.filter(({ name }) => /duecourse_(milestones|inspections|mails?)_/.test(name))).toEqual([]);
  expect(valueOf(samples, 'duecourse_http_request_duration_seconds_count', { route: '/metrics' })).toBeGreaterThan(1);
  const ready = await app.request('/readyz');
  expect([ready.status, await ready.json()]).toEqual([
    503,
    {
      status: 'the register can’t be reached',
      findings: [{ code: 'register-unreachable', severity: 'error', what: 'the register can’t be reached' }],
    },
  ]);
  expect((await app.request('/healthz')).status).toBe(200);
  way.mend();
  await expect.poll(up, SOON).toBe(1);
  expect((await app.request('/readyz')).status).toBe(200);
});

test('a worker’s own metrics are passed on; one that is silent is said to be', async () => {
  const [port = 0] = await freePorts(1);
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-observed-'));
  const worker = runProgram(WORKER, [], {
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: inject('temporalNamespace'),
    DATABASE_URL: await ownDatabase(),
    DUECOURSE_VAR: folder,
    DUECOURSE_TASK_QUEUE: 'observed-worker',
    DUECOURSE_WORKER_METRICS: `127.0.0.1:${port}`,
  });
  onTestFinished(async () => {
    worker.process.kill('SIGKILL');
    await worker.ended;
    rmSync(folder, { recursive: true, force: true });
  });
  const app = webApp({ ...board().parts, workerMetricsUrl: `http://127.0.0.1:${port}/metrics` });
  await worker.says('task queue observed-worker');
  const own = async () =>
    (await metrics(app)).filter(
      ({ name, labels }) => name.startsWith('temporal_') && labels['task_queue'] === 'observed-worker',
    ).length;
  await expect.poll(own, { timeout: 20_000 }).toBeGreaterThan(0);
  expect(valueOf(await metrics(app), 'duecourse_worker_metrics_up')).toBe(1);

  worker.process.kill('SIGTERM');
  expect(await worker.ended).toBe(0);
  const after = await metrics(app);
  expect(valueOf(after, 'duecourse_worker_metrics_up')).toBe(0);
  expect(after.filter(({ name }) => name.startsWith('temporal_'))).toEqual([]);
  // Where no worker's address is set, nothing is said of one.
  expect(valueOf(await metrics(), 'duecourse_worker_metrics_up')).toBeUndefined();
});
