import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
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

/** A folder of configuration with this file in it. */
function configurationOf(text: string): string {
  const home = mkdtempSync(join(tmpdir(), 'duecourse-config-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  mkdirSync(join(home, 'duecourse'));
  writeFileSync(join(home, 'duecourse', 'config.yaml'), text, { mode: 0o600 });
  return home;
}

test('where settings can’t be used or nothing runs that is said as a finding, and exits 1', async () => {
  const { variables } = await openWard();
  const unusable: [Record<string, string>, RegExp][] = [
    [{ DUECOURSE_PORT: 'x' }, /DUECOURSE_PORT "x": expected a port number from 1 to 65535/],
    [{ DUECOURSE_PORT: '70000' }, /DUECOURSE_PORT "70000": expected a port number from 1 to 65535/],
    [{ DUECOURSE_PROT: '8080' }, /did you mean DUECOURSE_PORT\?/],
    [{ DUECOURSE_ENCRYPTION_KEYS: 'a' }, /DUECOURSE_ENCRYPTION_KEYS/],
    [{ DUECOURSE_SIGNING_KEY: '/nowhere' }, /DUECOURSE_SIGNING_KEY: expected an Ed25519 private key/],
    [{ TEMPORAL_PROFILE: 'none', TEMPORAL_CONFIG_FILE: '/nowhere' }, /Temporal's configuration can't be used/],
    [{ XDG_CONFIG_HOME: configurationOf('settings: [nonsense') }, /config\.yaml/],
  ];
  for (const [setting, says] of unusable) {
    const { code, out } = await cli(['doctor', '--json'], { ...variables, ...setting });
    const { findings } = JSON.parse(out) as { findings: { code: string; what: string }[] };
    const found = findings.filter((each) => each.code === 'settings-unusable');
    expect([code, found.map(({ what }) => what)]).toEqual([1, [expect.stringMatching(says)]]);
    expect((await cli(['doctor'], { ...variables, ...setting })).out).toMatch(/\[settings-unusable\]/);
  }
  const none = await cli(['doctor'], { DUECOURSE_VAR: variables['DUECOURSE_VAR'] ?? '' });
  expect(none.code).toBe(1);
  expect(none.out).toMatch(/\[register-unreachable\][\s\S]+\[engine-unreachable\]/);
});
