import assert from 'node:assert/strict';
import { Client } from '@temporalio/client';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cli, runCli } from '../support/cli.ts';
import { ownPlace } from '../support/place.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

// As an operator does it: the commands, a worker's process, and inspections whose clocks somebody has ended in the engine.

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'duecourse-recover-'));
const ends: (() => Promise<void>)[] = [];
let here: Record<string, string> = {};
const REFERENCES = ['r1', 'r2', 'r3', 'r4', 'r5', 'r6'];

afterAll(async () => {
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});

beforeAll(async () => {
  here = await ownPlace(folder, (end) => ends.unshift(end));
  const source = join(folder, 'source');
  cpSync(EXAMPLES, source, { recursive: true, filter: (path) => !/every-key|\/[a-z-]+-20\d\d\.yaml$/.test(path) });
  const example = readFileSync(join(EXAMPLES, 'middlesbrough-2016.yaml'), 'utf8');
  for (const reference of REFERENCES)
    writeFileSync(
      join(source, `${reference}.yaml`),
      example.replace(/^( *)reference: .*$/m, (_line, indent: string) => `${indent}reference: '${reference}'`),
    );
  const imported = await cli(['import', source, '--as', 'democratic-services'], here);
  assert.equal(imported.code, 0, imported.err);
});

async function endClocks(references: readonly string[]): Promise<void> {
  const connection = await openConnection({ address: here['TEMPORAL_ADDRESS'] ?? '' });
  const client = new Client({ connection, namespace: here['TEMPORAL_NAMESPACE'] ?? '' });
  for (const reference of references)
    await client.workflow.getHandle(`inspection/middlesbrough/${reference}`).terminate('a slip');
  await connection.close();
}

const recoveries = async (reference: string): Promise<{ actor: object; text: string }[]> => {
  const { out } = await cli(['history', `middlesbrough/${reference}`, '--json'], here);
  return (JSON.parse(out) as { kind: string; actor: object; text: string }[]).filter(
    ({ kind }) => kind === 'clock-recovered',
  );
};

const WELL = '0: Every inspection is the same in register and engine.\n';

/** Lifecycles that have just been started answer once their worker comes to them. */
async function lookedAt(): Promise<string> {
  const { code, out } = await cli(['recover', '--all', '--dry-run'], here);
  return `${code}: ${out}`;
}

test('it looks, asks, mends, and says nothing more once it has', async () => {
  await expect.poll(() => lookedAt(), { timeout: 60_000 }).toBe(WELL);
  await endClocks(['r1']);
  const looked = await cli(['recover', '--all', '--dry-run'], here);
  expect([looked.code, looked.out]).toEqual([
    1,
    expect.stringMatching(
      /^differs +middlesbrough\/r1: It is open in the register, up to entry \d+, and has ended in the engine \(terminated\)\. Its clock starts again from the register/,
    ),
  ]);
  const refused = await cli(['recover', 'middlesbrough/r1'], here);
  expect([refused.code, refused.err]).toEqual([expect.any(Number), expect.stringContaining('--yes')]);
  expect(refused.code).not.toBe(0);
  expect(await recoveries('r1')).toEqual([]);
  const done = await cli(['recover', 'middlesbrough/r1', '--yes', '--by', 'ops', '--json'], here);
  expect([done.code, JSON.parse(done.out)]).toEqual([
    0,
    [expect.objectContaining({ outcome: 'recovered', remedy: 'clock', said: expect.any(String) as string })],
  ]);
  await expect
    .poll(() => recoveries('r1'), { timeout: 20_000 })
    .toMatchObject([
      { actor: { id: 'ops', role: 'operator' }, text: expect.stringContaining('(terminated)') as string },
    ]);
  expect((await cli(['recover', 'middlesbrough/r1'], here)).out).toMatch(/^same +middlesbrough\/r1: The same in both/);
  expect((await cli(['register', 'verify'], here)).code).toBe(0);
});

test.each([
  [[], /name the inspections.*or say --all/],
  [['--all', 'middlesbrough/r1'], /name the inspections.*or say --all/],
  [['nonsense'], /is not the name of an inspection/],
])('%j is no call', async (args, why) => {
  const { code, err } = await cli(['recover', ...args], here);
  expect([code, err]).toEqual([2, expect.stringMatching(why)]);
});

test('killed in the middle, it is run again: each clock was brought back once', async () => {
  await endClocks(REFERENCES);
  const running = runCli(['recover', '--all', '--yes'], here);
  await running.says('2 of 6', 60_000);
  running.process.kill('SIGKILL');
  await running.ended;
  const again = await cli(['recover', '--all', '--yes'], here);
  expect([again.code, again.err]).toEqual([0, expect.any(String)]);
  await expect.poll(() => lookedAt(), { timeout: 60_000 }).toBe(WELL);
  for (const reference of REFERENCES)
    await expect
      .poll(async () => (await recoveries(reference)).length, { timeout: 20_000 })
      .toBe(reference === 'r1' ? 2 : 1);
  expect((await cli(['register', 'verify'], here)).code).toBe(0);
});
