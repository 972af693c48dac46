import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cachedServer, cachedSqlTool } from '../../platform/embedded/cache.ts';
import { PartMissing } from '../../platform/embedded/part-missing.ts';
import { findClusterPrograms, locateTemporal } from '../../platform/embedded/parts.ts';
import { cliArguments, dynamicConfigFile, dynamicValues } from '../../platform/embedded/temporal-settings.ts';
import { folderForThisTest } from './temporary-folder.ts';

describe('where Temporal comes from', () => {
  test('a server of your own comes before everything', async () => {
    const machine = emptyMachine();
    machine.program('temporal', 'echo "temporal version 1.9.0 (Server 1.32.0)"');
    expect(
      await locate(machine, { TEMPORAL_ADDRESS: 'temporal.example:7233', TEMPORAL_NAMESPACE: 'deadlines' }),
    ).toMatchObject({
      kind: 'external',
      address: 'temporal.example:7233',
      namespace: 'deadlines',
    });
    expect(machine.lines).toEqual(['Temporal: your own server at temporal.example:7233 (TEMPORAL_ADDRESS)']);
  });

  test('so does a Temporal configuration profile', async () => {
    const machine = emptyMachine();
    const file = join(machine.folder, 'temporal.toml');
    writeFileSync(
      file,
      '[profile.default]\naddress = "profile.example:7233"\n\n[profile.other]\naddress = "other.example:7233"\n',
    );
    expect(await locate(machine, { TEMPORAL_CONFIG_FILE: file })).toMatchObject({ address: 'profile.example:7233' });
    expect(await locate(machine, { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'other' })).toMatchObject({
      address: 'other.example:7233',
    });
  });

  test.each(['1.9.0', '1.10.2', '2.0.0'])('the CLI %s on the PATH is taken, before the cache', async (version) => {
    const machine = emptyMachine();
    machine.fillCache();
    machine.program('temporal', `echo "temporal version ${version} (Server 1.32.0, UI 2.40.0)"`);
    expect(await locate(machine)).toEqual({ kind: 'cli', executable: join(machine.folder, 'bin', 'temporal') });
  });

  test.each([
    ['an older CLI', 'echo "temporal version 1.8.9 (Server 1.31.0)"', 'is 1.8, older than 1.9'],
    ['something else of that name', 'echo "hello"', 'does not tell its version'],
    ['a CLI that fails', 'exit 3', 'does not tell its version'],
  ])('%s is passed over, for the cache', async (_what, script, why) => {
    const machine = emptyMachine();
    machine.fillCache();
    machine.program('temporal', script);
    expect(await locate(machine)).toEqual({ kind: 'server', executable: cachedServer(machine.env) });
    expect(machine.lines[0]).toContain(why);
    expect(machine.lines[1]).toContain('from the cache');
  });

  test('an empty file in the cache is no program', async () => {
    const machine = emptyMachine();
    machine.fillCache('');
    await expect(locate(machine)).rejects.toThrow('nothing in the cache');
  });

  test('Go builds it where all else fails, into the cache, in place only when it runs', async () => {
    const machine = emptyMachine();
    const server = '#!/bin/sh\\necho "temporal version 1.32.1"\\n';
    machine.program(
      'go',
      `case "$1" in version) echo "go version go1.26.3 linux/amd64";; install) echo "$@" > "$DUECOURSE_CACHE/asked"; printf '${server}' > "$GOBIN/server"; /bin/chmod +x "$GOBIN/server";; esac`,
    );
    expect(await locate(machine)).toEqual({ kind: 'server', executable: cachedServer(machine.env) });
    expect(machine.read('cache/asked').trim()).toBe('install -ldflags=-s -w go.temporal.io/server/cmd/server@v1.32.1');
    expect(machine.lines.at(-1)).toContain('(built)');
    machine.lines.length = 0;
    await locate(machine);
    expect(machine.lines.at(-1)).toContain('(from the cache)');
  });

  test.each([
    ['an older Go', 'echo "go version go1.25.9 linux/amd64"', 'go is 1.25, older than 1.26'],
    [
      'a Go that can not',
      'case "$1" in version) echo "go version go1.26.0 x/y";; *) echo "no route to proxy" >&2; exit 1;; esac',
      'failed: no route to proxy',
    ],
    [
      'a Go that builds nonsense',
      'case "$1" in version) echo "go version go1.26.0 x/y";; *) echo nonsense > "$GOBIN/server";; esac',
      'does not run here',
    ],
  ])('%s is told', async (_what, script, why) => {
    const machine = emptyMachine();
    machine.program('go', script);
    await expect(locate(machine)).rejects.toThrow(why);
  });

  test('with nothing at all, one message says what was tried and what helps, at once', async () => {
    const machine = emptyMachine();
    const began = performance.now();
    const missing = await locate(machine).catch((error: unknown) => error);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(missing).toBeInstanceOf(PartMissing);
    expect((missing as PartMissing).tried).toEqual([
      'no "temporal" on the PATH',
      `nothing in the cache (${cachedServer(machine.env)})`,
      expect.stringContaining("the SDK's download failed: "),
      'no "go" on the PATH to build the server with',
    ]);
    expect((missing as PartMissing).message).toMatch(/Temporal CLI 1\.9[\s\S]*Go 1\.26[\s\S]*TEMPORAL_ADDRESS/);
  });
});

describe('what a cluster is made of', () => {
  test('the plain server from the cache and its SQL tool, built by Go where it is not there, whatever is on the PATH', async () => {
    const machine = emptyMachine();
    machine.fillCache();
    machine.program('temporal', 'echo "temporal version 1.9.0 (Server 1.32.0)"');
    const tool = '#!/bin/sh\\necho "temporal-sql-tool version 1.32.1"\\n';
    machine.program(
      'go',
      `case "$1" in version) echo "go version go1.26.3 linux/amd64";; install) echo "$@" > "$DUECOURSE_CACHE/asked"; printf '${tool}' > "$GOBIN/sql"; /bin/chmod +x "$GOBIN/sql";; esac`,
    );
    const found = await findClusterPrograms((line) => machine.lines.push(line), machine.env);
    expect(found).toEqual({ server: cachedServer(machine.env), sqlTool: cachedSqlTool(machine.env) });
    expect(machine.read('cache/asked').trim()).toBe(
      'install -ldflags=-s -w go.temporal.io/server/cmd/tools/sql@v1.32.1',
    );
  });

  test('where there is no Go, what is missing is named, and what helps', async () => {
    const machine = emptyMachine();
    machine.fillCache();
    const missing = await findClusterPrograms(() => undefined, machine.env).catch((error: unknown) => error);
    expect(missing).toBeInstanceOf(PartMissing);
    expect((missing as PartMissing).message).toMatch(
      /SQL tool 1\.32\.1[\s\S]*no "go" on the PATH[\s\S]*install Go 1\.26/,
    );
  });
});

describe('how the server is told', () => {
  const settings = { timeSkipping: false, fast: false, durable: true };

  test('clocks of their own only where they are wanted', () => {
    expect(dynamicValues(settings)['frontend.WorkflowTimeSkippingEnabled']).toBe(false);
    expect(dynamicValues({ ...settings, timeSkipping: true })).toMatchObject({
      'frontend.WorkflowTimeSkippingEnabled': true,
      'frontend.WorkflowTimeSkippingMaxSkipPerSession': 1_000_000,
      'history.workflowIdReuseMinimalInterval': '0s',
    });
    expect(dynamicConfigFile(dynamicValues({ ...settings, fast: true }))).toContain(
      'history.timerProcessorMaxTimeShift:\n  - value: 1ms\n',
    );
  });

  test('the CLI gets the same, as JSON, and a database that reaches the disk', () => {
    const args = cliArguments({ ...settings, timeSkipping: true, fast: true }, 20_001, 'duecourse', '/var/t.db').join(
      ' ',
    );
    expect(args).toContain(
      'server start-dev --headless --ip 127.0.0.1 --port 20001 --namespace duecourse --db-filename /var/t.db',
    );
    expect(args).toContain('--sqlite-pragma journal_mode=wal --sqlite-pragma synchronous=2');
    expect(args).toContain('--dynamic-config-value frontend.WorkflowTimeSkippingEnabled=true');
    expect(args).toContain('--dynamic-config-value history.timerProcessorMaxTimeShift="1ms"');
  });
});

/** A machine with an empty PATH and an empty cache, and no way to the download: a proxy that is not there. */
function emptyMachine() {
  const folder = folderForThisTest();
  mkdirSync(join(folder, 'bin'));
  const env = {
    PATH: join(folder, 'bin'),
    HOME: folder,
    DUECOURSE_CACHE: join(folder, 'cache'),
    HTTPS_PROXY: 'http://127.0.0.1:9',
  };
  const write = (file: string, text: string) => {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, 0o755);
  };
  return {
    folder,
    env,
    lines: [] as string[],
    program: (name: string, script: string) => write(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`),
    fillCache: (text = '#!/bin/sh\n') => write(cachedServer(env), text),
    read: (file: string) => readFileSync(join(folder, file), 'utf8'),
  };
}

function locate(machine: ReturnType<typeof emptyMachine>, more: Record<string, string> = {}) {
  return locateTemporal((line) => machine.lines.push(line), { ...machine.env, ...more });
}
