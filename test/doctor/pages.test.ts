import { expect, inject, onTestFinished, test } from 'vitest';
import { webApp } from '../../client/web/app.ts';
import { Engine } from '../../client/engine.ts';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import { clientOf } from '../../platform/temporal-client.ts';
import { finding } from '../../domain/doctor/finding.ts';
import { openRegister } from '../../register/register.ts';
import { rows, sql } from '../register/support.ts';
import { boardForAll, Visitor } from '../support/board.ts';
import { exampleFile } from '../support/example.ts';
import { readMetrics, valueOf } from '../support/prometheus.ts';
import { lazyConnection } from '../../platform/temporal-connection.ts';

const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const board = boardForAll(async (rig) => {
  await rig.start(exampleFile('middlesbrough-2016'), { reference: '2016' });
});

const AT = new Date().toISOString();
const FOUND = [
  finding('mail-unreachable', 'the mail server mail.example.org:587 can’t be used: <refused>'),
  finding('inspection-stuck', 'no key "b" (tried 7 times).', 'middlesbrough/2016'),
  finding('inspection-late', '9am', 'middlesbrough/2016'),
  finding('inspection-engine-behind', 'no. 3 and no. 5', 'middlesbrough/2016'),
  finding('inspection-stuck', 'another council’s', 'northbrook/2019'),
];

const OWNER = 'virtual-school-head@middlesbrough.example.org';

test('the health page has what the last look found: all of it with what to do for administrators, their own for others', async () => {
  const { register } = board();
  const administrator = await board().signedIn(ADMINISTRATOR);
  expect(await administrator.text('/health')).toContain('>not yet</dd>');
  await register.looks.keep({ at: AT, findings: [] }, () => true);
  expect(await administrator.text('/health')).toContain('Nothing: all is well.');

  await register.looks.keep({ at: AT, findings: FOUND }, () => true);
  const all = await administrator.text('/health');
  expect(all).toContain('can’t be used: &lt;refused&gt;.');
  expect(all).toContain('Start the mail server, or correct DUECOURSE_SMTP_URL');
  expect(all).toContain('<a class="govuk-link" href="/inspections/middlesbrough/2016">middlesbrough/2016</a>');
  expect(all).toContain('Its clock stands still');
  expect(all).toContain('no key &quot;b&quot; (tried 7 times).');
  expect(all).not.toContain('northbrook');

  const own = await (await board().signedIn(OWNER)).text('/health');
  expect(own).toContain('Its clock stands still');
  expect(own).not.toMatch(/mail server|northbrook|tried 7 times|duecourse recover/);
});

test('metrics count what stands still and what differs, each inspection once, and everything by its code', async () => {
  await board().register.looks.keep({ at: AT, findings: FOUND }, () => true);
  const app = webApp(board().parts);
  const samples = readMetrics(await (await app.request('/metrics')).text());
  expect(valueOf(samples, 'duecourse_inspections_stuck')).toBe(2);
  expect(valueOf(samples, 'duecourse_inspections_diverged')).toBe(1);
  expect(valueOf(samples, 'duecourse_last_look_timestamp_seconds')).toBeCloseTo(Date.parse(AT) / 1000, 2);
  const byCode = new Map(
    samples.filter(({ name }) => name === 'duecourse_findings').map(({ labels, value }) => [labels['code'], value]),
  );
  expect(byCode.get('inspection-stuck')).toBe(2);
  expect(byCode.get('clock-off')).toBe(0);
});

test.each([
  ['worker-missing', 0],
  ['worker-silent', 0],
  ['mail-unreachable', 1],
  // Nobody can see then whether there is one.
  ['engine-unreachable', undefined],
] as const)('of a look that found %s the figure of workers is %s', async (code, up) => {
  await board().register.looks.keep({ at: AT, findings: [finding(code, 'this')] }, () => true);
  const samples = readMetrics(await (await webApp(board().parts).request('/metrics')).text());
  expect(valueOf(samples, 'duecourse_worker_up')).toBe(up);
});

test('the health page says which of engine and worker does not answer', async () => {
  const { parts, register } = board();
  await register.looks.keep({ at: AT, findings: [] }, () => true);
  const signedIn = await board().signedIn(ADMINISTRATOR);
  const row = (html: string, name: string): string | undefined =>
    new RegExp(`<dt[^>]*>\\s*${name}\\s*</dt>\\s*<dd[^>]*>\\s*([^<]*?)\\s*</dd>`).exec(html)?.[1];
  const shown = async (given: Partial<typeof parts> = {}) => {
    const who = new Visitor(webApp({ ...parts, ...given }));
    for (const [name, value] of signedIn.cookies) who.cookies.set(name, value);
    const html = await who.text('/health');
    return [
      row(html, 'The clock of each inspection \\(Temporal\\)'),
      row(html, 'What carries out its work \\(the worker\\)'),
    ];
  };
  expect(await shown()).toEqual(['answers', 'answers']);

  const bringBack = await board().withoutWorker();
  expect(await shown()).toEqual(['answers', 'does not answer: nobody is reminded, and no change is taken']);
  await bringBack();

  const address = '127.0.0.1:1';
  const connection = lazyConnection({ address });
  onTestFinished(() => connection.close());
  const client = clientOf({ connection, namespace: 'none', dataConverter: dataConverterOf([], register.payloads) });
  const engine = new Engine(client, { taskQueue: 'none', address, time: 'skipped' });
  expect(await shown({ engine })).toEqual(['does not answer', 'not asked: it is asked by way of the engine']);
}, 300_000);

test('the morning’s facts have what is about the council’s inspections, and nothing of an old look', async () => {
  const { register } = board();
  await register.looks.keep({ at: AT, findings: FOUND }, () => true);
  expect((await register.morning('middlesbrough', AT)).findings.map(({ code }) => code)).toEqual([
    'inspection-stuck',
    'inspection-late',
    'inspection-engine-behind',
  ]);
  const later = new Date(Date.parse(AT) + 3 * 3_600_000).toISOString();
  expect((await register.morning('middlesbrough', later)).findings).toEqual([]);
});

test('a register that can be read and not written is not ready, and says why; back, and all is well', async () => {
  const { databaseUrl, parts } = board();
  await board().register.looks.keep({ at: AT, findings: [] }, () => true);
  const database = new URL(databaseUrl).pathname.slice(1);
  const ready = async () => {
    const register = openRegister({ url: databaseUrl });
    onTestFinished(() => register.close());
    const answer = await webApp({ ...parts, register }).request('/readyz');
    return { code: answer.status, ...((await answer.json()) as object) };
  };
  expect(await ready()).toEqual({ code: 200, status: 'ready', findings: [] });
  await sql(databaseUrl, `ALTER DATABASE ${database} SET default_transaction_read_only = on`);
  const status = 'the register can be read, and not written';
  expect(await ready()).toEqual({
    ...{ code: 503, status },
    findings: [{ code: 'register-read-only', severity: 'error', what: status }],
  });
  await sql(inject('databaseUrl'), `ALTER DATABASE ${database} RESET default_transaction_read_only`);
  expect(await ready()).toEqual({ code: 200, status: 'ready', findings: [] });
});

test('readiness names what the last look found besides, by its kind alone', async () => {
  const { register, app } = board();
  await register.looks.keep({ at: AT, findings: FOUND }, () => true);
  const answer = await app.request('/readyz');
  const said = await answer.text();
  expect([answer.status, (JSON.parse(said) as { status: string }).status]).toEqual([200, 'ready']);
  const { findings } = JSON.parse(said) as { findings: { code: string }[] };
  expect(findings.map(({ code }) => code)).toEqual([
    'mail-unreachable',
    'inspection-stuck',
    'inspection-late',
    'inspection-engine-behind',
  ]);
  expect(said).not.toMatch(/middlesbrough|northbrook|example\.org/);
  await register.looks.keep({ at: AT, findings: [] }, () => true);
});

test('a look at readiness leaves nothing behind', async () => {
  await board().app.request('/readyz');
  expect(await rows(board().databaseUrl, `SELECT 1 FROM running_process WHERE identity LIKE 'probe%'`)).toEqual([]);
});
