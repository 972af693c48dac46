import { expect, test } from 'vitest';
import { cli } from '../support/cli.ts';
import { openWard } from './ward.ts';

test('duecourse doctor says in a few lines that all is well, or what is not and what to do; programs get it as JSON', async () => {
  const ward = await openWard();
  const stop = await ward.work();
  const id = await ward.start();
  const well = await cli(['doctor'], ward.variables);
  expect(well).toMatchObject({ code: 0, err: '' });
  expect(well.out.split('\n').length).toBeLessThan(10);
  expect(well.out).toMatch(/^All is well\.[\s\S]+PostgreSQL[\s\S]+Temporal[\s\S]+1 open; 1 of 1 asked are the same/);
  const { ok, findings, inspections } = JSON.parse((await cli(['doctor', '--json'], ward.variables)).out) as Record<
    string,
    unknown
  >;
  expect({ ok, findings }).toEqual({ ok: true, findings: [] });
  expect(inspections).toMatchObject([{ inspection: id, alike: 'same' }]);

  await stop();
  const engineGone = { ...ward.variables, TEMPORAL_ADDRESS: '127.0.0.1:1' };
  const ill = await cli(['doctor'], engineGone);
  expect(ill.code).toBe(1);
  expect(ill.out).toMatch(
    /^1 finding\.[\s\S]+error +Temporal can't be reached at 127\.0\.0\.1:1[\s\S]+\[engine-unreachable\]/,
  );
  const said = await cli(['doctor', '--json'], engineGone);
  expect(said.code).toBe(1);
  expect(JSON.parse(said.out)).toMatchObject({
    ok: false,
    findings: [{ code: 'engine-unreachable', severity: 'error' }],
  });
});

test('where settings can’t be used or nothing runs that is said as a finding, and exits 1', async () => {
  const { variables } = await openWard();
  const mistyped = await cli(['doctor', '--json'], { ...variables, DUECOURSE_PORT: 'x' });
  expect([
    mistyped.code,
    (JSON.parse(mistyped.out) as { findings: { code: string }[] }).findings.map(({ code }) => code),
  ]).toEqual([1, ['settings-unusable']]);
  const none = await cli(['doctor'], { DUECOURSE_VAR: variables['DUECOURSE_VAR'] ?? '' });
  expect(none.code).toBe(1);
  expect(none.out).toMatch(/\[register-unreachable\][\s\S]+\[engine-unreachable\]/);
});
